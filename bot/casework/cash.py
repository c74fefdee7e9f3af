"""Cash taken by a collector or a sales person: the customer rests, finance is asked, managers when it is late (3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.casework import escalation_news, notices, outcomes, papers, record, redrawing, taking
from bot.casework.escalations import Asked, open_escalation
from bot.casework.notices import Post
from bot.casework.taking import Taking
from bot.events import FileSent
from bot.reply import Screen
from bot.screens.cash import TakenFacts, cash_screen, cash_subject
from bot.turn import Desk, Turn
from sop.attachment import AttachmentKind
from sop.cash import CashReceipt, ReceiptNumberTaken, goes_to_manager, withdrawn
from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome
from storage import cash, customers, invoices, payments, people, recalls
from storage.cash import NewCash
from storage.holds import NewHold
from storage.outbox import URGENT

RESTS = taking.reason_of(HoldKind.CASH_IN_HAND)


async def take(turn: Turn, taken: Taking, sent: FileSent) -> int:
    """This function will record cash with its receipt, let it rest and tell everybody; gives the outcome's number.

    Raises ReceiptNumberTaken.
    """
    amount, number = taken.facts.amount or Money.ZERO, taken.facts.number or ""
    payer_id, shares = taken.work.card.payer_id, taking.shares_of(taken, amount)
    said = {"amount": amount, "number": number, "invoices": list(shares)}
    outcome_id = await outcomes.note_outcome(turn, taken.work, Outcome.CASH_TAKEN, **said)
    new = NewCash(
        payer_id=payer_id,
        amount=amount,
        number=number,
        taken_by_id=turn.actor.id,
        shares=shares,
        photo_id=await papers.keep(turn, sent, AttachmentKind.CASH_RECEIPT, payer_id=payer_id),
        outcome_id=outcome_id,
    )
    cash_id = await cash.add(turn.db, new, now=turn.now)
    if cash_id is None:  # two at the same moment
        raise ReceiptNumberTaken(number=number)
    hold = NewHold(payer_id=payer_id, kind=HoldKind.CASH_IN_HAND, outcome_id=outcome_id)
    await taking.rest(turn, taken, hold, shares)
    told = {"invoice_ids": list(shares), "amount": amount, "paid_on": turn.today, "ticket": number}
    await taking.write(turn, taken, "customer/T28", outcome_id, **told)
    await ask_finance(turn, cash_id)
    return outcome_id


async def check_number(desk: Desk, number: str) -> None:
    """This function will accept a receipt number that stands on no other cash. Raises ReceiptNumberTaken."""
    if await cash.is_number_taken(desk.db, number):
        raise ReceiptNumberTaken(number=number)


async def ask_finance(desk: Desk, cash_id: int) -> None:
    """This function will ask finance whether it has the cash; whoever took it is not asked about his own money."""
    receipt = await cash.get(desk.db, cash_id)
    drawn = await shown(desk, receipt)
    post = Post(urgency=URGENT, outcome_id=receipt.outcome_id)
    for person in await notices.confirmers(desk, but=receipt.taken_by_id):
        await notices.tell(desk, person, drawn, post)


async def shown(desk: Desk, receipt: CashReceipt) -> Screen:
    """This function will draw cash as it is now, with the photo of its receipt."""
    his = await customers.of_payer(desk.db, receipt.payer_id)
    facts = TakenFacts(
        payer=his[0].name,
        by=(await people.get(desk.db, receipt.taken_by_id)).name,
        taken_at=receipt.taken_at.astimezone(ZoneInfo(desk.company.zone)),
        invoices=await invoices.listed(desk.db, list(receipt.shares)),
        most_invoices=desk.policy.desk.invoices_on_card,
    )
    return replace(cash_screen(receipt, facts), attachment_id=receipt.photo_id)


async def redraw(desk: Desk, cash_id: int) -> None:
    """This function will bring every message about cash up to date."""
    await redrawing.everywhere(desk, cash_subject(cash_id), await shown(desk, await cash.get(desk.db, cash_id)))


def taken_on(desk: Desk, receipt: CashReceipt) -> date:
    """This function will give the company's day on which the cash was taken: that day the customer has paid."""
    return receipt.taken_at.astimezone(ZoneInfo(desk.company.zone)).date()


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back the cash a tap recorded (undo). Raises CashAnswered once finance has it."""
    for known in await cash.of_outcome(desk.db, outcome_id):
        await payments.lock(desk.db, known.payer_id)  # finance at the same moment: one of the two wins
        receipt = await cash.get(desk.db, known.id, for_update=True)
        await cash.change(desk.db, receipt.id, state=withdrawn(receipt).state, closed_at=desk.now)
        await recalls.give_back_chase(desk.db, receipt.payer_id, reason=RESTS, now=desk.now)
        await redraw(desk, receipt.id)


async def chase_deposits(desk: Desk) -> int:
    """This function will tell the managers of cash not deposited by 10:00 of the next working day, daily."""
    zone = desk.company.zone
    late = [
        one
        for one in await cash.waiting(desk.db)
        if goes_to_manager(one, now=desk.now, zone=zone, calendar=desk.calendar, policy=desk.policy)
    ]
    for receipt in late:
        await to_managers(desk, receipt)
    return len(late)


async def to_managers(desk: Desk, receipt: CashReceipt) -> None:
    """This function will ask the managers where cash is; told before, they get the same question as a new message."""
    is_first = receipt.told_on is None
    await cash.change(desk.db, receipt.id, told_on=desk.day_in(None))
    asked = Asked(
        reason=EscalationReason.DEPOSIT_MISSING,
        payer_id=receipt.payer_id,
        invoice_ids=tuple(receipt.shares),
        subject_id=receipt.id,
    )
    opened = await open_escalation(desk, asked)
    if not is_first:
        await escalation_news.tell_managers(desk, opened.id)
    await record.note(desk, "deposit_missing", payer_id=receipt.payer_id, cash=receipt.id, amount=receipt.amount)
