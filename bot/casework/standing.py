"""Every payer's class, score and signs, counted once a night for all of them together (11; 002, 004)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.turn import Desk
from sop.habits import Punctuality, days_silent, ignored, punctuality_of
from sop.money import Money
from sop.signs import Behaviour, standings_of
from storage import marks, standing
from storage.standing import Owing, Window

JOB = "standing"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Happened:
    """What happened within the look-back, by payer."""

    today: date
    zone: str
    limits: Mapping[int, Money]
    punctuality: Mapping[int, Punctuality | None]
    answered: Mapping[int, datetime]
    calls: Mapping[int, list[datetime]]
    read: Mapping[int, list[datetime]]
    broken: Mapping[int, int]
    without_funds: frozenset[int]
    new_terms: frozenset[int]


async def count_due(desk: Desk) -> int:
    """This function will count everybody's standing once a day, at the hour of the plan."""
    if desk.local(None).time() < desk.policy.ladder.planned_at:
        return 0
    slot = desk.day_in(None).isoformat()
    if await marks.claimed(desk.db, JOB, [slot]):
        return 0
    if not await marks.claim_run(desk.db, job=JOB, slot=slot, now=desk.now):
        return 0
    await count(desk)
    return 1


async def count(desk: Desk) -> None:
    """This function will count everybody's standing anew: also what an import during the day brought."""
    happened = await _happened(desk)
    known = {one.payer_id: _behaviour(one, happened) for one in await standing.owing(desk.db)}
    await standing.put(desk.db, standings_of(known, today=happened.today, policy=desk.policy))


async def _happened(desk: Desk) -> _Happened:
    back = timedelta(days=desk.policy.signs.look_back_days)
    window = Window(since=desk.now - back, since_on=desk.day_in(None) - back)
    paid: dict[int, list[tuple[date, date]]] = {}
    for one in await standing.settled(desk.db, window):
        paid.setdefault(one.payer_id, []).append((one.due_on, one.paid_on))
    return _Happened(
        today=desk.day_in(None),
        zone=desk.company.zone,
        limits=await standing.credit_limits(desk.db),
        punctuality={payer_id: punctuality_of(his) for payer_id, his in paid.items()},
        answered=await standing.last_answers(desk.db, window),
        calls=await standing.calls(desk.db, window),
        read=await standing.read_reminders(desk.db, window),
        broken=await standing.broken_promises(desk.db, window),
        without_funds=await standing.without_funds(desk.db, window),
        new_terms=await standing.asking_new_terms(desk.db, window),
    )


def _behaviour(one: Owing, happened: _Happened) -> Behaviour:
    payer_id = one.payer_id
    habit, answered_at = happened.punctuality.get(payer_id), happened.answered.get(payer_id)
    return Behaviour(
        balance=one.balance,
        days_late=max(0, (happened.today - one.oldest_due_on).days),
        credit_limit=happened.limits.get(payer_id),
        broken_promises=happened.broken.get(payer_id, 0),
        late_percent=0 if habit is None else habit.late_percent,
        usual_days_late=None if habit is None else habit.usual_days_late,
        reminders_ignored=ignored(happened.read.get(payer_id, ()), answered_at=answered_at),
        days_silent=days_silent(happened.calls.get(payer_id, ()), answered_at=answered_at, zone=happened.zone),
        is_short_of_money=payer_id in happened.without_funds,
        asks_new_terms=payer_id in happened.new_terms,
    )
