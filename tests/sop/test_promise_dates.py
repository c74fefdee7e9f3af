"""Which dates a collector is offered, which he may grant alone, which nobody may promise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.money import Money
from sop.policy import DEFAULT
from sop.promise_dates import (
    DateClosed,
    DateKey,
    DatePast,
    DateTooFar,
    Occasion,
    PayDays,
    check_date,
    date_choices,
    latest_alone,
    needs_approval,
)
from sop.refusal import Refused
from tests.sop.indonesia import CALENDAR

FIVE_MILLION = Money.rupiah(5_000_000)


def occasion(today: str = "2026-11-18", oldest_due: str = "2026-11-18", pay_days: PayDays | None = None) -> Occasion:
    return Occasion(
        today=date.fromisoformat(today),
        oldest_due_on=date.fromisoformat(oldest_due),
        calendar=CALENDAR,
        policy=DEFAULT,
        pay_days=pay_days or PayDays(),
    )


@pytest.mark.parametrize(
    ("today", "oldest_due", "latest"),
    [
        ("2026-11-18", "2026-11-18", "2026-11-25"),  # due today: a week
        ("2026-11-18", "2026-11-21", "2026-11-28"),  # asked early: a week after the due date
        ("2026-11-18", "2026-11-10", "2026-11-21"),  # long overdue: three working days from today
        ("2026-11-20", "2026-11-10", "2026-11-24"),  # over Sunday
        ("2026-12-23", "2026-12-01", "2026-12-29"),  # over joint leave, Christmas and Sunday
    ],
)
def test_authority_ends_at_the_later_of_the_two(today: str, oldest_due: str, latest: str) -> None:
    assert latest_alone(occasion(today, oldest_due)) == date.fromisoformat(latest)


@pytest.mark.parametrize(
    ("on", "rupiah", "beyond"),
    [
        ("2026-11-25", 50_000_000, False),  # both on the border
        ("2026-11-26", 50_000_000, True),  # a day more
        ("2026-11-18", 50_000_001, True),  # a rupiah more
    ],
)
def test_beyond_authority_the_manager_is_asked(on: str, rupiah: int, beyond: bool) -> None:
    assert needs_approval(date.fromisoformat(on), Money.rupiah(rupiah), occasion=occasion()) is beyond


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        ("2026-11-17", DatePast),
        ("2027-02-17", DateTooFar),  # 91 days ahead
        ("2026-11-22", DateClosed),  # Sunday
        ("2026-12-25", DateClosed),  # Christmas
        ("2026-12-24", DateClosed),  # joint leave
    ],
)
def test_refused_dates(on: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        check_date(date.fromisoformat(on), occasion=occasion())


@pytest.mark.parametrize("on", ["2026-11-18", "2026-11-21", "2027-02-16"])  # today, a Saturday, the 90th day
def test_accepted_dates(on: str) -> None:
    check_date(date.fromisoformat(on), occasion=occasion())


@pytest.mark.parametrize(
    ("today", "on", "offered"),
    [
        ("2026-11-18", "2026-11-22", ["2026-11-21", "2026-11-23"]),
        ("2026-11-18", "2026-12-24", ["2026-12-23", "2026-12-26"]),  # the whole of Christmas
        ("2026-11-22", "2026-11-22", ["2026-11-23"]),  # nothing lies before today
    ],
)
def test_a_closed_day_offers_the_open_days_around_it(today: str, on: str, offered: list[str]) -> None:
    with pytest.raises(DateClosed) as refused:
        check_date(date.fromisoformat(on), occasion=occasion(today))
    assert refused.value.offered == tuple(date.fromisoformat(day) for day in offered)


def keyed(choices_of: Occasion) -> list[tuple[DateKey, str]]:
    return [(one.key, one.on.isoformat()) for one in date_choices(FIVE_MILLION, occasion=choices_of)]


def test_the_buttons_of_a_wednesday() -> None:
    assert keyed(occasion()) == [
        (DateKey.TODAY, "2026-11-18"),
        (DateKey.TOMORROW, "2026-11-19"),
        (DateKey.DAY_AFTER, "2026-11-20"),
        (DateKey.WEEKDAY, "2026-11-21"),
        (DateKey.WEEKDAY, "2026-11-23"),  # not the Sunday
        (DateKey.WEEKDAY, "2026-11-24"),
        (DateKey.END_OF_MONTH, "2026-11-30"),
    ]


def test_a_closed_tomorrow_has_no_button() -> None:
    keys = keyed(occasion("2026-12-23"))  # tomorrow joint leave, the day after Christmas
    assert keys[0] == (DateKey.TODAY, "2026-12-23")
    assert {key for key, _ in keys}.isdisjoint({DateKey.TOMORROW, DateKey.DAY_AFTER})


def test_pay_days_are_offered_and_moved_to_an_open_day() -> None:
    friday_and_the_sixth = PayDays(weekdays=frozenset({4}), month_days=frozenset({6}))
    pay_days = [
        on for key, on in keyed(occasion("2026-11-30", pay_days=friday_and_the_sixth)) if key is DateKey.PAY_DAY
    ]
    assert pay_days == ["2026-12-04", "2026-12-07"]  # a Friday; the sixth is a Sunday, so Monday


def test_the_31st_means_the_last_day_of_a_shorter_month() -> None:
    assert PayDays(month_days=frozenset({31})).holds(date(2026, 11, 30))
    assert not PayDays(month_days=frozenset({31})).holds(date(2026, 12, 30))


def test_after_the_last_open_day_the_end_of_the_next_month_is_meant() -> None:
    sunday_the_31st = occasion("2027-01-31")
    assert (DateKey.END_OF_MONTH, "2027-02-27") in keyed(sunday_the_31st)  # the 28th is a Sunday


def test_dates_beyond_authority_are_marked() -> None:
    marks = {one.on: one.needs_approval for one in date_choices(FIVE_MILLION, occasion=occasion())}
    assert marks[date(2026, 11, 24)] is False
    assert marks[date(2026, 11, 30)] is True


@given(
    today=st.dates(date(2026, 1, 1), date(2027, 11, 30)),
    weekdays=st.frozensets(st.integers(0, 6)),
    month_days=st.frozensets(st.integers(1, 31), max_size=3),
)
def test_whatever_is_offered_may_be_promised(today: date, weekdays: frozenset[int], month_days: frozenset[int]) -> None:
    asked = occasion(today.isoformat(), pay_days=PayDays(weekdays=weekdays, month_days=month_days))
    choices = date_choices(FIVE_MILLION, occasion=asked)
    for one in choices:
        check_date(one.on, occasion=asked)
    days = [one.on for one in choices]
    assert days == sorted(set(days))
    assert len(days) >= 4
