"""Deadlines count the hours people work, not those of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.hours import add_working_minutes, day_ends_at, deadline_today, machine_hours, working_deadline, working_hours
from sop.policy import DEFAULT
from sop.zones import WIB, WIT, ZONES
from tests.sop.indonesia import CALENDAR, local

MACHINE, WORKING = machine_hours(DEFAULT), working_hours(DEFAULT)
INSTANT = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy wants it naive and adds the zone
    max_value=datetime(2027, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONE = st.sampled_from([*ZONES, None])


@pytest.mark.parametrize(
    ("at", "minutes", "expected"),
    [
        ("2026-11-18 09:00", 30, "2026-11-18 09:30"),  # the nudge
        ("2026-11-18 16:00", 120, "2026-11-19 09:00"),  # an hour today, an hour tomorrow
        ("2026-11-18 15:00", 120, "2026-11-18 17:00"),  # the very end of the day still belongs to it
        ("2026-11-20 16:30", 240, "2026-11-21 11:30"),  # Friday: half an hour, then Saturday morning
        ("2026-11-21 11:00", 240, "2026-11-23 11:00"),  # Saturday to noon, then Monday
        ("2026-11-22 03:00", 30, "2026-11-23 08:30"),  # a message on Sunday night waits for Monday
        ("2026-03-17 16:00", 240, "2026-03-25 11:00"),  # over Lebaran
        ("2026-11-18 20:00", 0, "2026-11-19 08:00"),  # no time at all: the next working instant
    ],
)
def test_deadlines_count_working_minutes(at: str, minutes: int, expected: str) -> None:
    found = add_working_minutes(local(at), minutes, zone=WIB, hours=WORKING, calendar=CALENDAR)
    assert found == local(expected)


@given(INSTANT, ZONE, st.integers(min_value=0, max_value=600), st.integers(min_value=1, max_value=600))
def test_more_minutes_are_never_earlier(at: datetime, zone: str | None, minutes: int, more: int) -> None:
    one = add_working_minutes(at, minutes, zone=zone, hours=WORKING, calendar=CALENDAR)
    two = add_working_minutes(at, minutes + more, zone=zone, hours=WORKING, calendar=CALENDAR)
    assert two - one >= timedelta(minutes=more)
    assert add_working_minutes(one, more, zone=zone, hours=WORKING, calendar=CALENDAR) == two


@pytest.mark.parametrize(
    ("at", "working_days", "expected"),
    [
        ("2026-11-18 10:00", 1, "2026-11-19 10:00"),  # the default deadline
        ("2026-11-18 10:00", 2, "2026-11-20 10:00"),  # twice the deadline
        ("2026-11-20 10:00", 1, "2026-11-21 10:00"),  # Saturday morning is working time
        ("2026-11-20 15:00", 1, "2026-11-23 08:00"),  # Saturday afternoon is not
        ("2026-11-18 19:00", 1, "2026-11-20 08:00"),  # asked in the evening is asked the next morning
        ("2026-11-22 12:00", 1, "2026-11-24 08:00"),  # asked on Sunday is asked on Monday
        ("2026-03-17 09:00", 1, "2026-03-25 09:00"),  # over Lebaran
        ("2026-12-23 16:00", 1, "2026-12-28 08:00"),  # Christmas: the Saturday closes at noon
    ],
)
def test_deadlines_count_working_days(at: str, working_days: int, expected: str) -> None:
    found = working_deadline(local(at), working_days=working_days, zone=WIB, hours=WORKING, calendar=CALENDAR)
    assert found == local(expected)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-18 10:00", "2026-11-18 16:00"),  # H0 unclear: the same day
        ("2026-11-18 16:00", "2026-11-19 08:00"),  # too late for that: the next morning
        ("2026-11-21 10:00", "2026-11-21 12:00"),  # Saturday ends at noon
        ("2026-11-21 13:00", "2026-11-23 08:00"),
        ("2026-11-22 10:00", "2026-11-23 08:00"),  # recorded on a closed day
    ],
)
def test_a_deadline_of_the_same_day(at: str, expected: str) -> None:
    until = DEFAULT.escalation.unclear_until
    found = deadline_today(local(at), until=until, zone=WIB, hours=WORKING, calendar=CALENDAR)
    assert found == local(expected)


def test_a_day_ends_with_its_last_window() -> None:
    friday, saturday, sunday = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
    assert day_ends_at(friday, zone=WIB, hours=MACHINE, calendar=CALENDAR) == local("2026-11-20 16:30")
    assert day_ends_at(saturday, zone=WIT, hours=WORKING, calendar=CALENDAR) == local("2026-11-21 12:00", WIT)
    assert day_ends_at(sunday, zone=WIB, hours=WORKING, calendar=CALENDAR) is None
