"""Travel passes over nothing: what may fall due is found in the policy and in the rows, whatever a new job adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sop.guard import MessageKind
from sop.outbox import Way
from sop.policy import DEFAULT
from sop.zones import ZONES
from storage import Store, outbox
from storage.outbox import NewMessage
from tests.journeys import stops

NOON = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)  # in Jakarta
JAKARTA = ZoneInfo("Asia/Jakarta")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
JAKARTA_ALONE = frozenset({"Asia/Jakarta"})


def clocks_of_a_day(zones: frozenset[str]) -> set[str]:
    """The hours, as Jakarta's clock shows them, at which a day is stopped."""
    policy = replace(DEFAULT, reports=replace(DEFAULT.reports, weekly_at=time(7, 42)))
    now, seen = NOON, set()
    while (now := stops.next_hour(policy, zones, now=now)) <= NOON + DAY:
        seen.add(f"{now.astimezone(JAKARTA):%H:%M}")
    return seen


def test_every_hour_that_is_a_figure_of_the_policy_is_a_stop() -> None:
    hours = {f"{value:%H:%M}" for value in DEFAULT.figures().values() if isinstance(value, time)}
    assert hours | {"00:00", "07:42"} <= clocks_of_a_day(JAKARTA_ALONE)


def test_the_hours_of_another_zone_are_stops_where_somebody_lives_there() -> None:
    digest_in_jayapura = "06:00"
    assert digest_in_jayapura not in clocks_of_a_day(JAKARTA_ALONE)
    assert digest_in_jayapura in clocks_of_a_day(frozenset(ZONES))
    assert {"03:00", "04:00", "05:00"} <= clocks_of_a_day(JAKARTA_ALONE)  # the plan is made for all of them


def test_after_a_deed_every_half_hour_is_a_stop_as_long_as_minutes_count() -> None:
    longest = timedelta(minutes=DEFAULT.inbound.manager_minutes)
    at = NOON + 7 * MINUTE
    assert stops.next_half_hour(DEFAULT, at, now=at) == NOON + 30 * MINUTE
    assert stops.next_half_hour(DEFAULT, at, now=NOON + 30 * MINUTE) == NOON + 60 * MINUTE
    assert stops.next_half_hour(DEFAULT, at, now=at + longest - MINUTE) is not None
    assert stops.next_half_hour(DEFAULT, at, now=at + longest) is None


async def test_a_moment_in_any_row_is_a_stop(store: Store) -> None:
    def message(wait: timedelta) -> NewMessage:
        more = {"send_after": NOON + wait, "expires_at": NOON + DAY}
        return NewMessage(way=Way.TELEGRAM, kind=MessageKind.CHASE, message="x", chat_id=1, **more)  # type: ignore[arg-type]

    async with store.transaction() as db:
        assert await stops.next_moment(db, now=NOON) is None
        for wait in (-MINUTE, timedelta(0), 2 * MINUTE, 9 * MINUTE):
            await outbox.queue(db, message(wait), now=NOON - DAY)
        assert await stops.next_moment(db, now=NOON) == NOON + 2 * MINUTE
        assert await stops.next_moment(db, now=NOON + 9 * MINUTE) == NOON + DAY
