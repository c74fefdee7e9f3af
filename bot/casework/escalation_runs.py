"""What a run finds for the managers: payers at H+4, and questions nobody has answered in time (sections 2, 5).

Many at once are one list: a first import may find thousands, and a group must stay readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.casework import escalation_facts, escalation_news, record
from bot.casework.escalation_opening import Asked, add_all, join, reopened
from bot.casework.notices import Post
from bot.turn import Desk
from sop.escalation import Escalation, EscalationReason, EscalationState
from sop.escalation_timing import (
    Arrival,
    Shown,
    brought_up,
    deadline_of,
    goes_up,
    next_level_of,
    reminds,
    shown,
)
from sop.hold import Use
from sop.ladder import Step
from storage import escalations, follow_ups
from storage.outbox import URGENT


async def escalate_overdue(desk: Desk, on: date, *, since: date) -> int:
    """This function will ask once a payer about everything the plan of `on` found at H+4; gives how many are new.

    Small payers only stand in the daily list; more than five in a run make one list, and so does what an import
    brought at H+4 since the last plan. (2.4)
    """
    overdue = await follow_ups.newly_overdue(desk.db, on)
    alive = await escalations.alive_of_payers(desk.db, list(overdue), {EscalationReason.H4})
    known = {one.payer_id: one for one in alive}
    news = []
    for payer_id, invoice_ids in overdue.items():
        new = Asked(reason=EscalationReason.H4, payer_id=payer_id, invoice_ids=tuple(invoice_ids))
        if payer_id in known:
            await join(desk, known[payer_id], new)
        else:
            news.append(new)
    numbers = await add_all(desk, news)
    await follow_ups.mark_step_done(desk.db, on, Step.H_PLUS_4, now=desk.now)
    await _tell_run(desk, numbers, since=since)
    return len(numbers)


async def chase_deadlines(desk: Desk) -> int:
    """This function will remind of what nobody answered, take it a level up, and reopen what was not done in time."""
    late = await escalations.overdue(desk.db, now=desk.now)
    back = [one for one in late if one.state is EscalationState.RETURNED]
    office = escalation_news.office_of(desk)
    up = [one for one in late if one not in back and goes_up(one, now=desk.now, office=office)]
    slow = [one for one in late if one not in back and one not in up and reminds(one, now=desk.now)]
    asked_again = sum([await _come_back(desk, one) for one in back])
    freed = sum([await _free(desk, one) for one in await escalations.taken_by_nobody(desk.db)])
    await _raise(desk, up)
    await _remind(desk, slow)
    return asked_again + freed + len(up) + len(slow) + await escalation_news.refresh_list(desk)


async def _tell_run(desk: Desk, numbers: Sequence[int], *, since: date) -> None:
    balances = await escalations.balances(desk.db, numbers)
    backlog = await escalations.newly_listed(desk.db, numbers, since=since)
    arrivals = [Arrival(escalation_id=one, balance=balances[one], is_backlog=one in backlog) for one in numbers]
    found = shown(arrivals, policy=desk.policy)
    for one in found.alone:
        await escalation_news.tell_managers(desk, one.escalation_id)
    if found.listed or found.daily_only:
        await escalation_news.show_list(desk)


async def _as_run(desk: Desk, some: Sequence[Escalation]) -> Shown:
    """How these questions appear when they are brought up again: small payers never have a message of their own."""
    balances = await escalations.balances(desk.db, [one.id for one in some])
    return shown([brought_up(one, balances[one.id]) for one in some], policy=desk.policy)


async def _remind(desk: Desk, slow: Sequence[Escalation]) -> None:
    await escalations.change_all(desk.db, [one.id for one in slow], reminded_at=desk.now)
    found, known = await _as_run(desk, slow), {one.id: one for one in slow}
    post = Post(urgency=URGENT, send_after=escalation_news.office_opens_at(desk))
    for one in found.alone:
        await escalation_news.remind_managers(desk, known[one.escalation_id], post)
    if found.listed:
        await escalation_news.show_list(desk)
    elif found.daily_only:
        await escalation_news.show_daily_list(desk)


async def _free(desk: Desk, one: Escalation) -> int:
    """Who took it may not decide any more (another role, or gone): it is everybody's question again."""
    await escalations.change(desk.db, one.id, state=EscalationState.OPEN, owner_id=None)
    await record.note(desk, "escalation_freed", payer_id=one.payer_id, escalation=one.id, owner=one.owner_id)
    await escalation_news.redraw(desk, one.id)
    return 1


async def _come_back(desk: Desk, one: Escalation) -> int:
    """What was given back and not done in time is asked again; not while the payer rests by an agreement."""
    facts = await escalation_facts.facts_of(desk, one)
    if facts.case is not None and facts.case.standing(Use.CALL).blocked is not None:
        await escalations.change(desk.db, one.id, deadline_at=desk.now + timedelta(days=1))
        return 0
    await escalations.change(desk.db, one.id, **reopened(desk, one))
    await record.note(desk, "escalation_reopened", payer_id=one.payer_id, escalation=one.id)
    await escalation_news.redraw(desk, one.id)
    await escalation_news.tell_managers(desk, one.id)
    return 1


async def _raise(desk: Desk, up: Sequence[Escalation]) -> None:
    """At twice the deadline the next level hears of it, and anybody there may take it."""
    for one in up:
        deadline_at = deadline_of(one.reason, desk.now, office=escalation_news.office_of(desk))
        fresh = {"level": next_level_of(one, policy=desk.policy), "deadline_at": deadline_at, "reminded_at": None}
        await escalations.change(desk.db, one.id, state=EscalationState.OPEN, owner_id=None, **fresh)
    told = [(one.payer_id, {"escalation": one.id, "level": next_level_of(one, policy=desk.policy)}) for one in up]
    await record.note_all(desk, "escalation_raised", told)
    found = await _as_run(desk, up)
    for arrival in found.alone:
        await escalation_news.redraw(desk, arrival.escalation_id)
        await escalation_news.tell_next_level(desk, await escalation_facts.shown(desk, arrival.escalation_id))
    if found.listed or found.daily_only:
        await escalation_news.note_changed(desk)
        await escalation_news.tell_next_level(desk, await escalation_facts.listed(desk, 0))
