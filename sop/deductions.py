"""A shortfall that looks like a tax deduction is asked about with its document, not chased. (sop 8)"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused

WHOLE = 10_000  # basis points


class Deduction(Enum):
    """What the customer may have kept back, and the document that explains it."""

    PPH_22 = "pph_22"
    PPH_23 = "pph_23"
    WAPU_PPN = "wapu_ppn"
    RETURN = "return"  # goods sent back, the note not posted yet


class DeductionState(Enum):
    ASKED = "asked"  # the document is wanted; nobody is chased for it
    DOCUMENTED = "documented"  # the document is here, the credit note posted
    REJECTED = "rejected"  # it is owed after all


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptBack:
    """A part of an invoice that the customer kept back; `kind` none: several fit, nobody has said which."""

    id: int
    payer_id: int
    invoice_id: int
    payment_id: int | None
    kind: Deduction | None
    amount: Money
    state: DeductionState
    asked_at: datetime
    document_number: str | None = None
    paper_id: int | None = None
    credit_note_id: int | None = None


class DeductionClosed(Refused):
    """The document is here already, or it was no deduction."""

    message: ClassVar[str] = "finance/refused_deduction_closed"


def closed(one: KeptBack, to: DeductionState) -> KeptBack:
    """This function will end the question of a deduction. Raises DeductionClosed when it was ended before."""
    if one.state is not DeductionState.ASKED:
        raise DeductionClosed(state=one.state.value)
    return replace(one, state=to)


def fitting(amount: Money, shortfall: Money, *, policy: Policy) -> tuple[Deduction, ...]:
    """This function will list the deductions a shortfall could be, of an invoice of so much (with or without PPN).

    Income tax is counted on the price before PPN; an invoice may bear none, so both bases are tried. PPN itself is
    kept back by state buyers, alone or together with PPh 22.
    """
    if shortfall <= Money.ZERO:
        return ()
    terms = policy.payments
    before_tax = Money(amount.sen * WHOLE // (WHOLE + terms.ppn_basis_points))
    ppn = amount - before_tax
    kept = {
        Deduction.PPH_22: [_of(before_tax, terms.pph22_basis_points), _of(amount, terms.pph22_basis_points)],
        Deduction.PPH_23: [_of(before_tax, terms.pph23_basis_points), _of(amount, terms.pph23_basis_points)],
        Deduction.WAPU_PPN: [ppn, ppn + _of(before_tax, terms.pph22_basis_points)],
    }
    return tuple(
        kind for kind, sums in kept.items() if any(_near(shortfall, one, terms.deduction_slack) for one in sums)
    )


def _of(amount: Money, basis_points: int) -> Money:
    return Money(amount.sen * basis_points // WHOLE)


def _near(one: Money, other: Money, slack: Money) -> bool:
    return bool(other) and -slack <= one - other <= slack
