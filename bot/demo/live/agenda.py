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
from sop.zones import ZONES
from storage.outlook import Outlook

DAYS_AHEAD = 4


def next_due_at(outlook: Outlook, world: World, *, now: datetime) -> datetime:
    """This function will say when the program must look again: at a row's moment, or at an hour of the policy."""
    known = [one.at for one in outlook.leaving]
    known += [one.at for one in (*outlook.returning, *outlook.deadlines)]
    return min([*known, *(at for at in _policy_hours(world, now=now) if at > now)])


def _policy_hours(world: World, *, now: datetime) -> Iterator[datetime]:
    """Every hour the procedure names, today and tomorrow: the company's, and the plan's in each of the zones."""
    company, policy = ZoneInfo(world.company.zone), world.policy
    hours = {one for one in policy.figures().values() if isinstance(one, time)}
    for on in (now.astimezone(company).date() + timedelta(days=ahead) for ahead in range(2)):
        yield from (_at(on, policy.ladder.planned_at, ZoneInfo(zone)) for zone in ZONES)
        yield from (_at(on, clock, company) for clock in hours)


def plan(outlook: Outlook, world: World, *, now: datetime) -> list[Json]:
    """This function will list what the page's strip shows: the hours of the next open day, and what waits in rows."""
    zone = ZoneInfo(world.company.zone)
    known = [*_leaving(outlook), *_awaited(outlook)]
    taken = {datetime.fromisoformat(row["at"]) for row in known}
    hours = [_row(at, key) for at, key in _hours(world, zone, now=now) if at not in taken]  # a number says more
    return sorted([*known, *hours], key=lambda row: datetime.fromisoformat(row["at"]))


def _hours(world: World, zone: ZoneInfo, *, now: datetime) -> Iterator[tuple[datetime, str]]:
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
            yield from ((_at(on, clock, zone), key) for key, clock in hours.items())


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
