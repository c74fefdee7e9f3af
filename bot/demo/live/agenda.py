"""When something is due again, and the strip of what comes: read off the policy's hours and the rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.live.words import spoken
from bot.turn import World
from simulator.wire import Json
from sop.guard import MessageKind
from sop.outbox import Way
from storage.outlook import Outlook

STEP = timedelta(minutes=30)
WAKES, SLEEPS = time(3), time(21)
"""Between these hours of the company something may be due in any of the three zones; by night nothing is."""
DAYS_AHEAD = 4


def next_due_at(outlook: Outlook, zone: ZoneInfo, *, now: datetime) -> datetime:
    """This function will say when the program must look again: at a row's moment, and every half hour of the day."""
    known = [one.at for one in (*outlook.leaving, *outlook.returning, *outlook.deadlines)]
    return min([_next_half_hour(zone, now=now), *known])


def _next_half_hour(zone: ZoneInfo, *, now: datetime) -> datetime:
    seconds = STEP.total_seconds()
    at = datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, zone)
    if WAKES <= at.time() < SLEEPS:
        return at
    morning = datetime.combine(at.date(), WAKES, tzinfo=zone)
    return morning if at < morning else morning + timedelta(days=1)


def plan(outlook: Outlook, world: World, *, now: datetime) -> list[Json]:
    """This function will list what the page's strip shows: the hours of the next open day, and what waits in rows."""
    zone = ZoneInfo(world.company.zone)
    rows = [*_hours(world, zone, now=now), *_leaving(outlook), *_awaited(outlook)]
    return sorted(rows, key=lambda row: datetime.fromisoformat(row["at"]))


def _hours(world: World, zone: ZoneInfo, *, now: datetime) -> Iterator[Json]:
    today, policy = now.astimezone(zone).date(), world.policy
    hours = {
        "plan.plan": policy.ladder.planned_at,
        "plan.digest": policy.desk.digest_at,
        "plan.machine": policy.hours.machine_from,
        "plan.unopened": policy.desk.digest_unpressed_at,
        "plan.ends": policy.hours.machine_until,
    }
    for on in (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)):
        if world.calendar.is_open(on):
            yield from (_row(_at(on, clock, zone), key) for key, clock in hours.items())


def _leaving(outlook: Outlook) -> Iterator[Json]:
    for one in outlook.leaving:
        if one.way is Way.WHATSAPP:
            key = "plan.reminders" if one.kind is MessageKind.CHASE else "plan.letters"
            yield _row(one.at, key, count=one.count)


def _awaited(outlook: Outlook) -> Iterator[Json]:
    yield from (_row(one.at, "plan.returns", payer=one.payer) for one in outlook.returning)
    deadlines: dict[datetime, list[str]] = {}
    for one in outlook.deadlines:
        deadlines.setdefault(one.at, []).append(one.payer or "")
    for at, payers in deadlines.items():
        yield _row(at, "plan.deadlines", count=len(payers))


def _row(at: datetime, key: str, **values: object) -> Json:
    return {"at": at.isoformat(), "title": spoken(key, **values)}


def _at(on: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, clock, tzinfo=zone)
