"""A payment taken back: everything is as if it had never come, and everybody who heard of it hears of this (section 8).

Nobody reverses silently: it is journalled with who and why, and above the policy's amount the managers are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.buttons import OpenCard
from bot.casework import (
    credits,
    escalations,
    kept_back,
    letters,
    notices,
    record,
    reopening,
    settlement,
    thanks,
    unassigned,
)
from bot.casework.notices import Post, ToCustomer
from bot.reply import screen, tap
from bot.turn import Turn
from sop.case import Case
from sop.deductions import DeductionState
from sop.follow_up import FollowUp
from sop.money import Money
from sop.payment import AlreadyReversed, Payment, ReversalReason, is_told_to_managers
from storage import credits as stored_credits
from storage import deductions as stored_deductions
from storage import invoices, payments, people, recalls, releases
from storage.outbox import URGENT

REVERSED = "payment_reversed"


async def reverse(turn: Turn, payment_id: int, reason: ReversalReason) -> Payment:
    """This function will take a payment back, once, and draw the consequences. Raises AlreadyReversed and NotFound."""
    payment = await payments.get(turn.db, payment_id)
    await payments.lock(turn.db, payment.payer_id)
    shares = await payments.reverse(turn.db, payment_id, by_id=turn.actor.id, reason=reason.value, now=turn.now)
    if shares is None:
        raise AlreadyReversed()
    details = {"payment": payment_id, "amount": payment.amount, "reason": reason}
    await record.note(turn, REVERSED, payer_id=payment.payer_id, **details)
    await _undo_what_it_earned(turn, payment)
    was_thanked = await recalls.recall_key(turn.db, thanks.key_of(payment_id), reason=REVERSED)
    settled = await settlement.draw(turn, payment.payer_id)
    card = await _reopen(turn, settled.after, shares)
    await _tell(turn, settled.after, payment, card)
    if was_thanked:
        await _correct(turn, settled.after, payment, shares)
    return await payments.get(turn.db, payment_id)


async def _undo_what_it_earned(turn: Turn, payment: Payment) -> None:
    """The discount it earned, the deduction it left to be proved, and the question what it pays."""
    for note in await stored_credits.of_payment(turn.db, payment.id):
        await credits.unbook(turn, note.id, reason=REVERSED)
    for kept in await stored_deductions.of_payment(turn.db, payment.id):
        if kept.state is DeductionState.ASKED:
            await kept_back.drop(turn, kept)
    await unassigned.end_hold(turn, payment.payer_id)
    await unassigned.redraw_reversed(turn, await payments.get(turn.db, payment.id))


async def _reopen(turn: Turn, after: Case, shares: Mapping[int, Money]) -> FollowUp | None:
    """The invoices move as they are due today: a card where one of them reached a step, the managers from H+4 on."""
    reached = [one.id for one in after.invoices if one.id in shares and one.id in after.steps]
    if not reached or settlement.rests(after):
        return None
    if await releases.reopen_overdue(turn.db, reached, today=after.today):
        await escalations.escalate_overdue(turn, after.today, since=after.today)
    return await reopening.reopen_card(turn, after.payer_id, reason="why_payment_reversed")


async def _tell(turn: Turn, after: Case, payment: Payment, card: FollowUp | None) -> None:
    values: dict[str, Any] = {
        "payer": after.name,
        "amount": payment.amount,
        "paid_on": payment.paid_on,
        "left": after.exposure.total,
    }
    row = () if card is None else (tap("open_card", OpenCard(card.id)),)
    for person_id in await invoices.collectors_of(turn.db, after.payer_id):
        person = await people.get(turn.db, person_id)
        await notices.tell(turn, person, screen("finance/reversal_told", row, **values), Post(urgency=URGENT))
    if is_told_to_managers(payment.amount, policy=turn.policy):
        reason = (await payments.get(turn.db, payment.id)).reversal_reason
        told = screen("manager/payment_reversed", by=turn.actor.name, reason=reason, **values)
        await notices.tell_managers(turn, told, Post(urgency=URGENT))


async def _correct(turn: Turn, after: Case, payment: Payment, shares: Mapping[int, Money]) -> None:
    """He was thanked already: he is told, with an apology and without any demand."""
    named = await invoices.listed(turn.db, sorted(shares))
    facts = {
        "amount": payment.amount,
        "paid_on": payment.paid_on,
        "balance": Money.total(one.balance for one in named) if named else after.exposure.total,
    }
    officer = await letters.officer_of(turn, after)
    values = letters.values_for(turn, after, officer=officer, invoices=named or after.invoices, **facts)
    letter = ToCustomer(payer_id=payment.payer_id, message="customer/payment_corrected", values=values)
    await notices.write_customer(turn, letter, Post(key=f"{REVERSED}:{payment.id}"))
