"""Where travel stops: at every moment at which something may become due.

Those are found, never listed: each time of day among the policy's figures and the beginning of the day, in the zone of
everybody there is (the plan's own hour in all zones); each coming instant that stands in any row; and, as long after a
deed as the longest of the policy's figures in minutes, every half hour. A new job's hour cannot be missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import TextualSelect, bindparam, select, text

from bot.turn import World
from sop.policy import Policy
from sop.zones import ZONES
from storage import Database
from storage.tables import customer, metadata, person
from storage.tables.columns import InstantType

HALF_HOUR = timedelta(minutes=30)
MIDNIGHT = time(0)
LEASES = ("lease", "leased_until")  # a process that died is looked for at every other stop


async def zones_of(db: Database, world: World) -> frozenset[str]:
    """The zones somebody lives by: the company, its people, its customers."""
    lived_by = select(person.c.zone).union(select(customer.c.zone))
    found = (await db.execute(lived_by)).scalars()
    return frozenset({world.company.zone, *(one for one in found if one is not None)})


def next_hour(policy: Policy, zones: frozenset[str], *, now: datetime) -> datetime:
    """The next time of day of the policy in any of the zones."""
    hours = {(clock, zone) for clock in _clocks(policy) for zone in zones}
    hours |= {(policy.ladder.planned_at, zone) for zone in ZONES}
    return min(at for clock, zone in hours for at in _around(clock, ZoneInfo(zone), now=now) if at > now)


def next_half_hour(policy: Policy, deed_at: datetime, *, now: datetime) -> datetime | None:
    """While something may still follow a deed by minutes: the next half hour."""
    minutes = [value for key, value in policy.figures().items() if key.endswith("_minutes") and isinstance(value, int)]
    if now >= deed_at + timedelta(minutes=max(minutes)):
        return None
    return now - (now - datetime.min.replace(tzinfo=UTC)) % HALF_HOUR + HALF_HOUR


async def next_moment(db: Database, *, now: datetime) -> datetime | None:
    """The next instant that stands in any row of any table."""
    found: datetime | None = (await db.execute(_any_instant(), {"now": now})).scalar_one()
    return found


def _clocks(policy: Policy) -> set[time]:
    return {MIDNIGHT} | {value for value in policy.figures().values() if isinstance(value, time)}


def _around(clock: time, zone: ZoneInfo, *, now: datetime) -> Iterator[datetime]:
    today: date = now.astimezone(zone).date()
    for on in (today, today + timedelta(days=1)):
        yield datetime.combine(on, clock, tzinfo=zone)


@cache
def _any_instant() -> TextualSelect:
    instants = [
        f'SELECT min("{column.name}") AS at FROM "{table.name}" WHERE "{column.name}" > :now'  # noqa: S608 - our own names
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, InstantType) and not {table.name, column.name} & {*LEASES}
    ]
    either = " UNION ALL ".join(instants)
    earliest = text(f"SELECT min(at) AS at FROM ({either}) AS moments")  # noqa: S608
    return earliest.bindparams(bindparam("now", type_=InstantType)).columns(at=InstantType)
