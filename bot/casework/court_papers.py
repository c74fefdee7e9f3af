"""The file for a small claim or for the lawyer: which papers are there, which are missing. (5; 004)"""

from __future__ import annotations

from bot.casework import cases, errands
from bot.casework.errands import NewErrand
from bot.render import label_named
from bot.turn import Turn
from sop.case import Case
from sop.errand import ErrandKind
from sop.escalation import Escalation
from sop.last_resort import CaseFile, FileList, Paper, check_small_claim, file_list
from sop.ledger import Invoice
from sop.letter import LetterState
from sop.money import Money
from storage import case_papers


async def small_claim(turn: Turn, one: Escalation, about: tuple[Invoice, ...]) -> None:
    """This function will prepare a small claim. Raises SmallClaimTooLarge, and then nothing is decided."""
    check_small_claim(Money.total(each.balance for each in about), policy=turn.policy)
    await order_file(turn, one)


async def order_file(turn: Turn, one: Escalation) -> None:
    """This function will order the file of the case: an errand of the managers, with the list of its papers."""
    case = await cases.load(turn, one.payer_id or 0)
    note = _as_note(await _listed(turn, case), turn.company.language)
    new = NewErrand(payer_id=case.payer_id, kind=ErrandKind.COURT_FILE, subject_id=one.id, note=note)
    await errands.order(turn, new)


async def _listed(turn: Turn, case: Case) -> FileList:
    known = await case_papers.known_of(turn.db, case.payer_id)
    return file_list(
        CaseFile(
            has_contract_clause=known.has_clause,
            has_address=known.has_address,
            contacts=known.contacts,
            promises=len(case.promises),
            letters_sent=frozenset(kind for kind, state in known.letters if state is LetterState.SENT),
        )
    )


def _as_note(listed: FileList, language: str) -> str:
    there, missing = _names(listed.there, language), _names(listed.missing, language)
    return label_named("court_file_note", language, {"there": there, "missing": missing})


def _names(some: tuple[Paper, ...], language: str) -> list[str]:
    return [label_named(f"paper_{one.value}", language, {}) for one in some]
