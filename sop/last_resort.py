"""The end of the line: goods back with consent, a small claim, the lawyer. What each needs first. (sop 5; 001, 004)"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from sop.escalation import EscalationRefused
from sop.letter import LetterKind
from sop.money import Money
from sop.policy import Policy


class Paper(Enum):
    """What a judge or a lawyer asks for."""

    INVOICES = "invoices"
    DELIVERY_PROOF = "delivery_proof"  # signed invoice or delivery note: only people know where it is
    CONTRACT = "contract"  # the clause the customer agreed to
    ADDRESS = "address"  # where he is summoned; small claims need the same court district
    CONTACT_LOG = "contact_log"
    PROMISES = "promises"
    LETTERS = "letters"  # all three warnings sent: without them courts see a formal defect


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """What the books know of a case."""

    has_contract_clause: bool
    has_address: bool
    contacts: int
    promises: int
    letters_sent: frozenset[LetterKind]


@dataclass(frozen=True, kw_only=True, slots=True)
class FileList:
    """The papers that are there and those still to be found."""

    there: tuple[Paper, ...]
    missing: tuple[Paper, ...]


class SmallClaimTooLarge(EscalationRefused):
    """The law takes no more than so much as a small claim (Perma 4/2019); the lawyer's way is open."""

    message: ClassVar[str] = "manager/refused_small_claim"


WARNINGS = frozenset({LetterKind.SP1, LetterKind.SP2, LetterKind.SP3})


def check_small_claim(amount: Money, *, policy: Policy) -> None:
    """This function will refuse a small claim above the law's amount. Raises SmallClaimTooLarge."""
    most = policy.escalation.small_claim_up_to
    if amount > most:
        raise SmallClaimTooLarge(amount=amount, most=most)


def file_list(known: CaseFile) -> FileList:
    """This function will say which papers are there; the signed delivery note must always be looked for."""
    have = {
        Paper.INVOICES: True,
        Paper.DELIVERY_PROOF: False,
        Paper.CONTRACT: known.has_contract_clause,
        Paper.ADDRESS: known.has_address,
        Paper.CONTACT_LOG: known.contacts > 0,
        Paper.PROMISES: known.promises > 0,
        Paper.LETTERS: known.letters_sent >= WARNINGS,
    }
    return FileList(
        there=tuple(one for one, is_there in have.items() if is_there),
        missing=tuple(one for one, is_there in have.items() if not is_there),
    )
