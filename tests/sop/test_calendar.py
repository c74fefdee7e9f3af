"""Which days are worked, with the real holidays of 2026 and 2027."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.calendar import WorkCalendar
from tests.sop.indonesia import CALENDAR, NATIONAL

DAY = st.dates(min_value=date(2025, 12, 1), max_value=date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 11, 18), True),  # an ordinary Wednesday
        (date(2026, 11, 21), True),  # Saturday is worked
        (date(2026, 11, 22), False),  # Sunday is not
        (date(2026, 3, 21), False),  # Idul Fitri, a Saturday
        (date(2026, 3, 20), False),  # joint leave before it
        (date(2026, 12, 26), True),  # the Saturday after Christmas
        (date(2027, 3, 13), True),  # the Saturday in the middle of Lebaran leave 2027
    ],
)
def test_a_day_is_open_or_closed(day: date, is_open: bool) -> None:
    assert CALENDAR.is_open(day) is is_open


def test_joint_leave_is_not_a_national_holiday() -> None:
    assert CALENDAR.is_national(date(2026, 12, 25))
    assert not CALENDAR.is_national(date(2026, 12, 24))


@pytest.mark.parametrize(
    ("day", "open_before", "open_after"),
    [
        (date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 23)),  # Sunday: Saturday, Monday
        (date(2026, 3, 18), date(2026, 3, 17), date(2026, 3, 25)),  # Lebaran 2026 closes a whole week
        (date(2026, 3, 24), date(2026, 3, 17), date(2026, 3, 25)),  # its last day as well
        (date(2026, 12, 24), date(2026, 12, 23), date(2026, 12, 26)),  # Christmas with joint leave
        (date(2027, 3, 8), date(2027, 3, 6), date(2027, 3, 13)),  # Nyepi and Lebaran 2027 together
        (date(2026, 11, 18), date(2026, 11, 18), date(2026, 11, 18)),  # an open day is its own answer
    ],
)
def test_the_nearest_open_days(day: date, open_before: date, open_after: date) -> None:
    assert CALENDAR.open_on_or_before(day) == open_before
    assert CALENDAR.open_on_or_after(day) == open_after


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 18), 10, date(2026, 11, 30)),  # "10 hari kerja lagi", Saturdays counted
        (date(2026, 3, 17), 1, date(2026, 3, 25)),  # the working day after the eve of Lebaran
        (date(2026, 3, 22), 0, date(2026, 3, 22)),  # none: the day itself, even closed
        (date(2026, 3, 22), 2, date(2026, 3, 26)),  # from a closed day the first open one counts as one
        (date(2026, 3, 25), -1, date(2026, 3, 17)),  # backwards over the same week
        (date(2026, 12, 31), 2, date(2027, 1, 4)),  # New Year is closed, Saturday 2 January is not
    ],
)
def test_counting_open_days(day: date, count: int, expected: date) -> None:
    assert CALENDAR.add_open_days(day, count) == expected


@given(DAY)
def test_next_and_previous_leave_the_day_itself(day: date) -> None:
    assert CALENDAR.previous_open(day) < day < CALENDAR.next_open(day)
    assert CALENDAR.is_open(CALENDAR.previous_open(day))
    assert CALENDAR.is_open(CALENDAR.next_open(day))


@given(DAY, DAY)
def test_counting_between_two_days_is_counting_one_by_one(after: date, until: date) -> None:
    first, last = min(after, until), max(after, until)
    one_by_one = sum(CALENDAR.is_open(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert CALENDAR.open_days_between(first, last) == one_by_one
    assert CALENDAR.open_days_between(last, first) == -one_by_one


@given(DAY, st.integers(min_value=0, max_value=200))
def test_adding_open_days_and_counting_them_agree(day: date, count: int) -> None:
    assert CALENDAR.open_days_between(day, CALENDAR.add_open_days(day, count)) == count


def test_a_day_that_is_both_national_and_joint_leave_is_one_closed_day() -> None:
    both = WorkCalendar(national=NATIONAL, joint_leave=NATIONAL)
    assert both.open_days_between(date(2026, 12, 23), date(2026, 12, 26)) == 2  # Thursday 24 and Saturday 26
