"""At which hours who may be reached, in three zones and over real holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.calendar import SUNDAY, WorkCalendar
from sop.hours import (
    Hours,
    NoHours,
    Window,
    after_quiet,
    allowed_at,
    instant_of,
    is_quiet,
    legal_hours,
    local_day,
    machine_hours,
    next_allowed,
    spans_on,
    windows_on,
    working_hours,
)
from sop.policy import DEFAULT
from sop.zones import WIB, WIT, WITA, ZONES
from tests.sop.indonesia import CALENDAR, local

MACHINE, LEGAL, WORKING = machine_hours(DEFAULT), legal_hours(DEFAULT), working_hours(DEFAULT)
INSTANT = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy wants it naive and adds the zone
    max_value=datetime(2027, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
ZONE = st.sampled_from([*ZONES, None])
HOURS = st.sampled_from([MACHINE, LEGAL, WORKING])


@pytest.mark.parametrize(
    ("hours", "at", "allowed"),
    [
        (MACHINE, "2026-11-18 08:59", False),  # a Wednesday, before nine
        (MACHINE, "2026-11-18 09:00", True),
        (MACHINE, "2026-11-18 16:29", True),
        (MACHINE, "2026-11-18 16:30", False),  # the end does not belong to it
        (MACHINE, "2026-11-20 11:29", True),  # Friday prayer
        (MACHINE, "2026-11-20 11:30", False),
        (MACHINE, "2026-11-20 13:14", False),
        (MACHINE, "2026-11-20 13:15", True),
        (MACHINE, "2026-11-21 11:59", True),  # Saturday to noon
        (MACHINE, "2026-11-21 12:00", False),
        (MACHINE, "2026-11-22 10:00", False),  # Sunday
        (MACHINE, "2026-12-25 10:00", False),  # Christmas
        (MACHINE, "2026-12-24 10:00", False),  # joint leave: the machine rests ...
        (LEGAL, "2026-12-24 10:00", True),  # ... the law does not
        (LEGAL, "2026-12-25 10:00", False),  # but on a national holiday it does
        (LEGAL, "2026-11-18 07:59", False),
        (LEGAL, "2026-11-18 08:00", True),
        (LEGAL, "2026-11-21 19:59", True),  # Saturday evening is legal
        (LEGAL, "2026-11-21 20:00", False),
        (LEGAL, "2026-11-22 10:00", False),  # Sunday is not
        (LEGAL, "2026-11-20 12:00", True),  # Friday prayer is manners, not law
        (WORKING, "2026-11-18 16:59", True),
        (WORKING, "2026-11-18 17:00", False),
        (WORKING, "2026-11-21 12:00", False),
        (WORKING, "2026-12-24 10:00", False),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_an_hour_is_allowed_on_the_clocks_of_the_zone(hours: Hours, at: str, allowed: bool, zone: str) -> None:
    assert allowed_at(local(at, zone), zone=zone, hours=hours, calendar=CALENDAR) is allowed


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2026-11-18 07:59", False),  # 09:59 in Jayapura, but not yet eight in Jakarta
        ("2026-11-18 08:00", True),  # eight in the west
        ("2026-11-18 17:59", True),
        ("2026-11-18 18:00", False),  # eight in the evening in the east
    ],
)
def test_an_unknown_zone_allows_what_all_three_allow(at: str, allowed: bool) -> None:
    assert allowed_at(local(at), zone=None, hours=LEGAL, calendar=CALENDAR) is allowed


@pytest.mark.parametrize(
    ("hours", "zone", "at", "expected"),
    [
        (MACHINE, WIB, "2026-11-18 10:00", "2026-11-18 10:00"),  # allowed: at once
        (MACHINE, WIB, "2026-11-18 05:00", "2026-11-18 09:00"),  # planned at five
        (MACHINE, WIB, "2026-11-20 12:00", "2026-11-20 13:15"),  # after the prayer
        (MACHINE, WIB, "2026-11-20 16:30", "2026-11-21 09:00"),  # Friday evening: Saturday
        (MACHINE, WIB, "2026-11-21 12:00", "2026-11-23 09:00"),  # Saturday noon: Monday
        (MACHINE, WIB, "2026-03-17 16:30", "2026-03-25 09:00"),  # over the closed week of Lebaran
        (LEGAL, WIB, "2026-03-18 20:00", "2026-03-20 08:00"),  # the law knows no joint leave between the holidays
        (LEGAL, WIB, "2026-12-24 20:00", "2026-12-26 08:00"),  # "Ditahan: libur nasional"
        (MACHINE, WITA, "2026-11-18 16:00", "2026-11-19 08:00"),  # Jakarta's 16:00 is 17:00 in Makassar; 09:00 there
        (MACHINE, WIT, "2026-11-18 06:30", "2026-11-18 07:00"),  # 09:00 in Jayapura
        (MACHINE, None, "2026-11-18 06:30", "2026-11-18 09:00"),  # unknown: the west opens last
        (MACHINE, None, "2026-11-18 14:30", "2026-11-19 09:00"),  # and the east closes first
        (MACHINE, None, "2026-11-20 10:00", "2026-11-20 13:15"),  # Friday: 12:00 in Jayapura is prayer already
    ],
)
def test_the_next_allowed_hour_on_jakartas_clocks(hours: Hours, zone: str | None, at: str, expected: str) -> None:
    assert next_allowed(local(at), zone=zone, hours=hours, calendar=CALENDAR) == local(expected)


@given(INSTANT, ZONE, HOURS)
def test_the_next_allowed_hour_is_allowed_and_not_before(at: datetime, zone: str | None, hours: Hours) -> None:
    found = next_allowed(at, zone=zone, hours=hours, calendar=CALENDAR)
    assert found >= at
    assert allowed_at(found, zone=zone, hours=hours, calendar=CALENDAR)
    assert (found == at) == allowed_at(at, zone=zone, hours=hours, calendar=CALENDAR)


@given(INSTANT, ZONE, HOURS)
def test_no_allowed_hour_is_passed_over(at: datetime, zone: str | None, hours: Hours) -> None:
    found = next_allowed(at, zone=zone, hours=hours, calendar=CALENDAR)
    quarter = timedelta(minutes=15)
    between = [at + n * quarter for n in range((found - at) // quarter)]
    assert not any(allowed_at(one, zone=zone, hours=hours, calendar=CALENDAR) for one in between)


@given(INSTANT, HOURS)
def test_unknown_is_the_intersection_of_the_three(at: datetime, hours: Hours) -> None:
    in_each = [allowed_at(at, zone=zone, hours=hours, calendar=CALENDAR) for zone in ZONES]
    assert allowed_at(at, zone=None, hours=hours, calendar=CALENDAR) is all(in_each)


@given(INSTANT, ZONE)
def test_the_machine_never_leaves_the_law(at: datetime, zone: str | None) -> None:
    leaves_at = next_allowed(at, zone=zone, hours=MACHINE, calendar=CALENDAR)
    assert allowed_at(leaves_at, zone=zone, hours=LEGAL, calendar=CALENDAR)


@given(INSTANT, st.sampled_from(ZONES))
def test_allowed_is_what_the_wall_clock_says(at: datetime, zone: str) -> None:
    on_the_wall = at.astimezone(ZoneInfo(zone))
    day, hour = on_the_wall.date(), on_the_wall.time()
    legal = day.weekday() != SUNDAY and not CALENDAR.is_national(day) and time(8) <= hour < time(20)
    assert allowed_at(at, zone=zone, hours=LEGAL, calendar=CALENDAR) is legal


def test_a_calendar_without_open_days_is_refused_in_plain_words() -> None:
    closed = WorkCalendar(national=frozenset(date(2026, 11, 1) + timedelta(days=n) for n in range(90)))
    with pytest.raises(NoHours, match="no allowed hour in the 60 days from 2026-11-18"):
        next_allowed(local("2026-11-18 10:00"), zone=WIB, hours=LEGAL, calendar=closed)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-11-18 08:59", "2026-11-18 08:59"),
        ("2026-11-18 09:00", "2026-11-18 11:30"),  # peak call hours
        ("2026-11-18 11:29", "2026-11-18 11:30"),
        ("2026-11-18 11:30", "2026-11-18 11:30"),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_pushes_wait_for_the_end_of_the_quiet_hours(at: str, then: str, zone: str) -> None:
    assert after_quiet(local(at, zone), zone=zone, policy=DEFAULT) == local(then, zone)
    assert is_quiet(local(at, zone), zone=zone, policy=DEFAULT) is (at != then)


def test_a_window_holds_its_start_and_not_its_end() -> None:
    quiet = Window(start=time(9), end=time(11, 30))
    assert [quiet.holds(at) for at in (time(8, 59), time(9), time(11, 29), time(11, 30))] == [False, True, True, False]


def test_one_instant_is_two_dates() -> None:
    late = instant_of(date(2026, 11, 18), time(23, 30), zone=WIB)
    assert local_day(late, zone=WIB) == date(2026, 11, 18)
    assert local_day(late, zone=WIT) == date(2026, 11, 19)
    assert late.tzinfo is UTC


def test_a_pause_may_lie_at_the_edge_of_the_day() -> None:
    friday = date(2026, 11, 20)
    whole, noon = Window(start=time(9), end=time(12)), Window(start=time(11), end=time(13))
    hours = Hours(weekday=whole, saturday=whole, friday_pause=noon)
    assert windows_on(friday, hours=hours, calendar=CALENDAR) == (Window(start=time(9), end=time(11)),)


def test_hours_too_short_for_three_zones_leave_none_in_common() -> None:
    short = Window(start=time(9), end=time(11))
    hours = Hours(weekday=short, saturday=short)
    assert spans_on(date(2026, 11, 18), zone=None, hours=hours, calendar=CALENDAR) == ()
