"""A dispute nobody has answered: who finds out is reminded on the promised day, the managers daily after it (004)."""

from __future__ import annotations

from datetime import date

from bot.casework import dispute_answers, disputes, notices
from bot.casework.notices import Post
from bot.reply import screen
from bot.turn import Desk
from sop.dispute import Dispute, DisputeCause, goes_to_managers, is_to_be_reminded
from storage import disputes as stored
from storage.outbox import URGENT

MOST_LISTED = 20


async def chase(desk: Desk) -> int:
    """This function will remind of what is due, once a working day, and let go of what was paid."""
    gone, today = await dispute_answers.let_go_of_paid(desk), desk.day_in(None)
    if desk.local(None).time() < desk.policy.desk.digest_at or not desk.calendar.is_open(today):
        return gone
    due = [one for one in await stored.holding(desk.db) if is_to_be_reminded(one, today=today)]
    for dispute in due:
        await stored.change(desk.db, dispute.id, told_on=today)
        if dispute.cause is not DisputeCause.INVOICE_NOT_RECEIVED:  # an errand of the collector, reminded of as such
            await disputes.ask(desk, dispute, Post(urgency=URGENT, key=f"dispute:{dispute.id}:{today.isoformat()}"))
    await _to_managers(desk, [one for one in due if goes_to_managers(one, today=today)], today=today)
    return gone + len(due)


async def _to_managers(desk: Desk, late: list[Dispute], *, today: date) -> None:
    if not late:
        return
    listed = [await disputes.facts_of(desk, one) for one in late[:MOST_LISTED]]
    lines = [
        {
            "number": one.dispute.id,
            "payer": one.payer,
            "invoice": one.invoice.number,
            "cause": one.dispute.cause,
            "amount": one.dispute.part_of(one.invoice.balance),
            "days_late": 0 if one.dispute.answer_by_on is None else (today - one.dispute.answer_by_on).days,
        }
        for one in listed
    ]
    told = screen("manager/disputes_late", on=today, disputes=lines, others=len(late) - len(listed))
    await notices.tell_managers(desk, told, Post(key=f"disputes_late:{today.isoformat()}"))
