"""What a payer's record says of his money beside the balances: credit, questions, parts kept back (section 8)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import DocumentReceived, RejectDeduction, ShowPayments, ShowPlacing, UseCredit
from bot.reply import Rows, Tap, tap
from bot.turn import Turn
from sop.case import Case
from sop.deductions import DeductionState, KeptBack
from sop.money import Money
from sop.people import CONFIRMERS
from sop.placing import Unplaced
from storage import deductions, unplaced


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyOnRecord:
    """Credit that pays nothing yet, money that is asked about, and what was kept back, with what can be done."""

    credit: Money
    asked: Money
    kept_back: Money
    rows: Rows


async def of_payer(turn: Turn, case: Case) -> MoneyOnRecord:
    """This function will load it for one reader: finance takes decisions, a collector brings documents."""
    left = await unplaced.of_payer(turn.db, case.payer_id)
    kept = await deductions.of_payer(turn.db, case.payer_id, DeductionState.ASKED)
    rows: Rows = ()
    if not turn.in_group:
        rows = (*(_of_finance(turn, case, left)), *(_answers(one) for one in kept))
    return MoneyOnRecord(
        credit=Money.total(one.rest for one in left if not one.is_asked),
        asked=Money.total(one.rest for one in left if one.is_asked),
        kept_back=Money.total(one.amount for one in kept),
        rows=rows,
    )


def _of_finance(turn: Turn, case: Case, left: tuple[Unplaced, ...]) -> Rows:
    if turn.actor.role not in CONFIRMERS:
        return ()
    asked = tuple((tap("which_invoices", ShowPlacing(one.id)),) for one in left if one.is_asked)
    has_credit = bool(case.invoices) and any(not one.is_asked for one in left)
    use = ((tap("use_credit", UseCredit(case.payer_id)),),) if has_credit else ()
    return (*asked, *use, (tap("show_payments", ShowPayments(case.payer_id)),))


def _answers(one: KeptBack) -> tuple[Tap, ...]:
    return tap("document_received", DocumentReceived(one.id)), tap("not_a_deduction", RejectDeduction(one.id))
