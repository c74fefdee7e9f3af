"""Finance's answer about cash: it has it, or not; and a manager's, that the entry was mistaken (section 3)."""

from __future__ import annotations

from bot.buttons import OpenCard
from bot.casework import cash as drawing
from bot.casework import escalations, notices, payments, record, reopening
from bot.casework.notices import Post
from bot.casework.payments import Received
from bot.reply import Screen, screen, tap
from bot.screens.cash import cash_subject
from bot.turn import Turn
from sop.cash import CashReceipt, CashState, answered
from sop.escalation import EscalationReason
from sop.payment import PaymentSource
from sop.people import Role
from storage import cash, holds, invoices, payers, people
from storage import payments as stored_payments
from storage.outbox import URGENT


async def answer(turn: Turn, cash_id: int, to: CashState) -> CashReceipt:
    """This function will answer cash once and draw the consequences.

    Raises OnlyFinance, OwnMoney, OnlyManager and CashAnswered.
    """
    known = await cash.get(turn.db, cash_id)
    await stored_payments.lock(turn.db, known.payer_id)  # an undo at the same moment: one of the two wins
    receipt = await cash.get(turn.db, cash_id, for_update=True)
    after = answered(receipt, to, await notices.answerer(turn, reported_by_id=receipt.taken_by_id))
    closed_at = None if to is CashState.NOT_RECEIVED else turn.now
    await cash.change(turn.db, cash_id, state=after.state, closed_by_id=turn.actor.id, closed_at=closed_at)
    await record.note(turn, f"cash_{to.value}", payer_id=receipt.payer_id, cash=cash_id, amount=receipt.amount)
    if to is CashState.DEPOSITED:
        await _deposited(turn, receipt)
    elif to is CashState.NOT_RECEIVED:
        await _not_received(turn, after)
    else:
        await _mistaken(turn, receipt)
    await drawing.redraw(turn, cash_id)
    return await cash.get(turn.db, cash_id)


async def _deposited(turn: Turn, receipt: CashReceipt) -> None:
    """Posted as paid on the day it was taken, to the invoices it was taken for as far as they are still open."""
    await _end(turn, receipt)
    still_open = [one.id for one in await invoices.open_of(turn.db, receipt.payer_id) if one.id in receipt.shares]
    received = Received(
        payer_id=receipt.payer_id,
        amount=receipt.amount,
        paid_on=drawing.taken_on(turn, receipt),
        source=PaymentSource.DEPOSIT,
        reference=cash_subject(receipt.id),
        posted_by_id=turn.actor.id,
        invoice_ids=tuple(still_open),
        captured_at=receipt.taken_at,
    )
    posted = await payments.post(turn, received)
    await cash.change(turn.db, receipt.id, payment_id=posted.payment_id)
    await _tell_taker(turn, receipt, "collector/cash_deposited")


async def _not_received(turn: Turn, receipt: CashReceipt) -> None:
    """The customer has paid and rests on; where the money is, is asked inside the company."""
    await drawing.to_managers(turn, receipt)
    drawn = await drawing.shown(turn, receipt)
    for person in await people.with_roles(turn.db, Role.MANAGER, Role.ADMIN):
        if person.id not in (turn.actor.id, receipt.taken_by_id):
            await notices.tell(turn, person, drawn, Post(urgency=URGENT))
    await _tell_taker(turn, receipt, "collector/cash_not_received")


async def _mistaken(turn: Turn, receipt: CashReceipt) -> None:
    """No cash was ever taken: the invoices move again, and the collector's card of today is there."""
    await _end(turn, receipt)
    card = await reopening.reopen_card(turn, receipt.payer_id, reason="why_cash_mistaken")
    await _tell_taker(turn, receipt, "collector/cash_mistaken", card_id=card.id)


async def _end(turn: Turn, receipt: CashReceipt) -> None:
    if receipt.outcome_id is not None:
        await holds.end_of_outcome(turn.db, receipt.outcome_id, now=turn.now)
    await escalations.cancel_about(turn, EscalationReason.DEPOSIT_MISSING, receipt.id)


async def _tell_taker(turn: Turn, receipt: CashReceipt, message: str, *, card_id: int | None = None) -> None:
    names = await payers.names(turn.db, [receipt.payer_id])
    row = () if card_id is None else (tap("open_card", OpenCard(card_id)),)
    told: Screen = screen(message, row, payer=names[receipt.payer_id], amount=receipt.amount, number=receipt.number)
    await notices.tell(turn, await people.get(turn.db, receipt.taken_by_id), told, Post(urgency=URGENT))
