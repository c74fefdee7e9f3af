"""Questions to the managers: opened, joined, and ended by payment or undo (section 5)."""

from __future__ import annotations

from bot.casework import escalation_news, record
from bot.casework.escalation_opening import Asked, add_all, join, known_of
from bot.casework.escalation_runs import chase_deadlines, escalate_overdue
from bot.turn import Desk
from sop.escalation import (
    ALIVE,
    OFFERED,
    REQUESTS,
    UNDECIDED,
    Decision,
    Escalation,
    EscalationReason,
    EscalationState,
    moved,
)
from sop.escalation_timing import may_be_cancelled
from storage import escalations, invoices, payments

__all__ = [
    "Asked",
    "cancel",
    "cancel_about",
    "cancel_settled",
    "chase_deadlines",
    "escalate_overdue",
    "open_escalation",
    "withdraw_of_outcome",
]


async def open_escalation(desk: Desk, new: Asked) -> Escalation:
    """This function will ask the managers, or add to what they are asked already, and tell them."""
    if new.payer_id is not None:
        await payments.lock(desk.db, new.payer_id)
    known = await known_of(desk, new)
    if known is not None:
        return await join(desk, known, new)
    opened = await escalations.get(desk.db, (await add_all(desk, [new]))[0])
    if await _belongs_in_list(desk, opened):
        await escalation_news.show_list(desk)
    else:
        await escalation_news.tell_managers(desk, opened.id, outcome_id=new.outcome_id)
    return opened


async def cancel_settled(desk: Desk, payer_id: int) -> int:
    """This function will end the payer's questions none of whose invoices is open any more: he has paid."""
    ended = 0
    settled = await escalations.settled(desk.db, payer_id)
    for one in settled:
        if may_be_cancelled(one):
            await cancel(desk, one)
            ended += 1
        elif one.next_call_on is not None:
            await escalations.change(desk.db, one.id, next_call_on=None)
            await escalation_news.redraw(desk, one.id)
    await _redraw_rest(desk, payer_id, {one.id for one in settled})
    await _propose_release(desk, payer_id)
    return ended


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back the questions a tap has asked, as long as nobody decided (undo)."""
    for one in await escalations.of_outcome(desk.db, outcome_id):
        if one.state in UNDECIDED:
            await cancel(desk, one)


async def cancel_about(desk: Desk, reason: EscalationReason, subject_id: int) -> None:
    """This function will end the questions about one promise, request or claim that has settled by itself."""
    for one in await escalations.alive_about(desk.db, reason, [subject_id]):
        await cancel(desk, one)


async def cancel(desk: Desk, one: Escalation) -> None:
    """This function will end a question without a decision; its message stays, without buttons."""
    ended = moved(one, EscalationState.CANCELLED)
    await escalations.change(desk.db, one.id, state=ended.state, next_call_on=None)
    await record.note(desk, "escalation_cancelled", payer_id=one.payer_id, escalation=one.id)
    await escalation_news.redraw(desk, one.id)


async def _redraw_rest(desk: Desk, payer_id: int, settled: set[int]) -> None:
    """A part was paid: the questions that stay show what is left."""
    for one in await escalations.of_payer(desk.db, payer_id):
        if (one.state in ALIVE or one.next_call_on is not None) and one.id not in settled:
            await escalation_news.redraw(desk, one.id)


async def _propose_release(desk: Desk, payer_id: int) -> None:
    """Deliveries that waited for payment may go out again: proposed to the managers once everything is paid (5)."""
    held_at = await escalations.delivery_held_at(desk.db, payer_id)
    if held_at is None or await invoices.open_of(desk.db, payer_id):
        return
    his = [
        one for one in await escalations.of_payer(desk.db, payer_id) if Decision.HOLD_DELIVERY in OFFERED[one.reason]
    ]
    if his:
        await escalation_news.tell_managers(desk, his[-1].id)


async def _belongs_in_list(desk: Desk, opened: Escalation) -> bool:
    """Whether so many requests wait that one more message a request would bury them."""
    if opened.reason not in REQUESTS:
        return False
    waiting = [one for one in await escalations.undecided(desk.db) if one.reason in REQUESTS]
    return len(waiting) > desk.policy.escalation.list_above
