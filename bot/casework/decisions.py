"""What a manager decides, and what follows from it: the collector hears at once, the customer politely (section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.casework import cases, consequences, decision_news, escalation_news, passing_up, record
from bot.turn import Desk, Turn
from sop.escalation import (
    DELIVERY,
    REQUESTS,
    Decision,
    Escalation,
    EscalationState,
    decide,
)
from sop.escalation_timing import deadline_of
from sop.promise_dates import Occasion, check_date
from storage import escalations, marks

UNCHANGED_CALLS = frozenset({Decision.TAKE, Decision.RETURN, Decision.REASSIGN_TODAY})
NO_CALLS = frozenset({Decision.TO_LEGAL, Decision.STOP})
"""After these nobody of ours calls any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a manager tapped: the decision, and the day or the words it is complete with."""

    decision: Decision
    on: date | None = None
    words: str | None = None


async def make(turn: Turn, escalation_id: int, wish: Wish) -> Escalation:
    """This function will decide a question, do what follows and tell everybody; the first of two managers wins.

    More time than he may give goes to the next level; then the question is still undecided. Raises NotFound,
    NotOffered, AlreadyTaken, AlreadyDecided, BeyondAuthority, or what `check_date` raises.
    """
    one = await escalations.get(turn.db, escalation_id, for_update=True)
    after = decide(one, wish.decision, turn.actor.id, now=turn.now)
    if await _stands_already(turn, one, wish.decision):
        return one
    if wish.on is not None:
        check_date(wish.on, occasion=await occasion_of(turn, one))
    if await passing_up.is_passed_up(turn, one, wish.decision, on=wish.on):
        return await escalations.get(turn.db, one.id)
    if after != one:
        await escalations.change(turn.db, one.id, **_written(turn, one, after, wish))
    details = {"escalation": one.id, "decision": wish.decision, "on": wish.on, "words": wish.words}
    await record.note(turn, "escalation_decided", payer_id=one.payer_id, **details)
    decided = await escalations.get(turn.db, one.id)
    await consequences.follow(turn, decided, wish.decision, on=wish.on)
    await decision_news.tell(turn, decided, wish.decision, on=wish.on, words=wish.words)
    await escalation_news.redraw(turn, one.id)
    return decided


async def _stands_already(turn: Turn, one: Escalation, decision: Decision) -> bool:
    """Whether the goods are held or free as the tap wants, or sales were told before: twice is once."""
    if decision is Decision.INVOLVE_SALES:
        return not await marks.claim_run(turn.db, job="sales_involved", slot=str(one.id), now=turn.now)
    if decision not in DELIVERY or one.payer_id is None:
        return False
    is_held = await escalations.delivery_held_at(turn.db, one.payer_id) is not None
    return is_held is (decision is Decision.HOLD_DELIVERY)


async def may(turn: Turn, escalation_id: int, decision: Decision) -> Escalation:
    """This function will give the question if this manager may decide so now; raises as `make` does."""
    one = await escalations.get(turn.db, escalation_id)
    decide(one, decision, turn.actor.id, now=turn.now)
    return one


def days_for(desk: Desk, decision: Decision) -> tuple[date, ...]:
    """This function will offer the days of a decision: open ones, near for a visit, further for more time."""
    today, calendar = desk.day_in(None), desk.calendar
    near = tuple(calendar.add_open_days(today, days) for days in range(1, 7))
    if decision is Decision.VISIT:
        return near
    further = (calendar.open_on_or_after(today + timedelta(weeks=weeks)) for weeks in (2, 3, 4))
    return tuple(dict.fromkeys((*near[:3], near[5], *further)))


async def occasion_of(desk: Desk, one: Escalation) -> Occasion:
    """This function will give the facts in which a decision's day is checked."""
    today = desk.day_in(None)
    oldest = today
    if one.payer_id is not None:
        case = await cases.load(desk, one.payer_id)
        today, oldest = case.today, case.exposure.oldest_due_on or case.today
    return Occasion(today=today, oldest_due_on=oldest, calendar=desk.calendar, policy=desk.policy)


def _written(turn: Turn, one: Escalation, after: Escalation, wish: Wish) -> dict[str, Any]:
    """The fields a decision changes."""
    changed: dict[str, Any] = {
        "state": after.state,
        "owner_id": after.owner_id,
        "decision": after.decision,
        "decided_by_id": after.decided_by_id,
        "decided_at": after.decided_at,
        "decided_for": wish.on,
        "instruction": wish.words,
    }
    if after.state is EscalationState.RETURNED:
        office = escalation_news.office_of(turn)
        changed |= {"deadline_at": deadline_of(one.reason, turn.now, office=office), "reminded_at": None}
    if wish.decision not in UNCHANGED_CALLS and one.reason not in REQUESTS and one.payer_id is not None:
        changed["next_call_on"] = next_call_on(turn, wish)
    return changed


def next_call_on(desk: Desk, wish: Wish) -> date | None:
    """This function will say when the customer is called next: every 3 working days, after what was granted. (2)"""
    if wish.decision in NO_CALLS:
        return None
    if wish.decision is Decision.VISIT and wish.on is not None:
        return wish.on
    if wish.decision is Decision.GRANT_TIME and wish.on is not None:
        return desk.calendar.next_open(wish.on)
    days = desk.policy.ladder.after_decision_every_working_days
    return desk.calendar.add_open_days(desk.day_in(None), days)
