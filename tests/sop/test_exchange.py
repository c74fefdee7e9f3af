"""Tukar faktur: the customer's days, the task before the first reminder, and what a new due date plans anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.exchange import (
    NO_DAYS,
    Habit,
    check_due,
    days_as_record,
    days_from_record,
    days_of,
    due_choices,
    held_until,
    joined,
    still_ahead,
    task_on,
)
from sop.ladder import DATED, Step, day_of
from sop.policy import DEFAULT
from sop.promise_dates import DatePast, DateTooFar, PayDays
from sop.terms import TermBasis, basis_of
from tests.sop.indonesia import CALENDAR

WEDNESDAY = date(2026, 11, 18)
TUESDAYS = PayDays(weekdays=frozenset({1}))


@pytest.mark.parametrize(
    ("text", "weekdays", "month_days"),
    [
        ("Senin, Kamis", {0, 3}, set()),
        ("tiap Jumat", {4}, set()),
        ("tgl 10 & 25", set(), {10, 25}),
        ("10", set(), {10}),
        ("akhir bulan", set(), {31}),
        ("Selasa dan tgl 5", {1}, {5}),
        ("Monday/Thu", {0, 3}, set()),
    ],
)
def test_days_as_lists_write_them(text: str, weekdays: set[int], month_days: set[int]) -> None:
    found = days_of(text)
    assert found == PayDays(weekdays=frozenset(weekdays), month_days=frozenset(month_days))
    assert found is not None and days_from_record(days_as_record(found)) == found


@pytest.mark.parametrize("text", ["", "-", "kapan saja", "tgl 45", "Senin pagi", "45"])
def test_words_nobody_understands_are_no_days(text: str) -> None:
    assert days_of(text) is None


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("tgl faktur", TermBasis.INVOICE_DATE),
        ("Tukar Faktur", TermBasis.INVOICE_EXCHANGED),
        ("kontra bon", TermBasis.INVOICE_EXCHANGED),
        ("terima barang", TermBasis.GOODS_RECEIVED),
        ("entah", None),
    ],
)
def test_what_a_term_counts_from(text: str, basis: TermBasis | None) -> None:
    assert basis_of(text) is basis


def test_shops_of_one_payer_join_their_days() -> None:
    assert joined([TUESDAYS, NO_DAYS, PayDays(month_days=frozenset({25}))]) == PayDays(
        weekdays=frozenset({1}), month_days=frozenset({25})
    )
    assert days_from_record(None) == NO_DAYS


@pytest.mark.parametrize(
    ("due_on", "habit", "on"),
    [
        # H-7 of Wed 2 Dec is Wed 25 Nov; his last Tuesday before it is the 24th
        (date(2026, 12, 2), Habit(customer_id=1, exchange_days=TUESDAYS), date(2026, 11, 24)),
        # without days of his own: the working day before H-7
        (date(2026, 12, 2), Habit(customer_id=1, basis=TermBasis.INVOICE_EXCHANGED), date(2026, 11, 24)),
        # too late for that: his next day from today on
        (date(2026, 11, 25), Habit(customer_id=1, exchange_days=TUESDAYS), date(2026, 11, 24)),
        (date(2026, 11, 25), Habit(customer_id=1, basis=TermBasis.INVOICE_EXCHANGED), WEDNESDAY),
    ],
)
def test_the_task_comes_on_his_day_before_the_first_reminder(due_on: date, habit: Habit, on: date) -> None:
    assert task_on(due_on, habit, today=WEDNESDAY, calendar=CALENDAR, policy=DEFAULT) == on


def test_reminders_wait_up_to_the_due_date_or_for_the_exchange_itself() -> None:
    by_days = Habit(customer_id=1, exchange_days=TUESDAYS)
    assert held_until(date(2026, 12, 2), by_days) == date(2026, 12, 1)
    assert held_until(date(2026, 12, 2), Habit(customer_id=1, basis=TermBasis.INVOICE_EXCHANGED)) is None
    assert by_days.exchanges and not Habit(customer_id=1, pay_days=TUESDAYS).exchanges


def test_the_days_offered_are_the_terms_and_his_pay_days() -> None:
    fridays = PayDays(weekdays=frozenset({4}))
    habit = Habit(customer_id=1, pay_days=fridays, term_days=14, basis=TermBasis.INVOICE_EXCHANGED)
    offered = due_choices(habit, today=WEDNESDAY, calendar=CALENDAR, policy=DEFAULT)
    assert date(2026, 12, 4) in offered  # 14 days, then his next Friday
    assert {on for on in offered if on.weekday() != 4} == {date(2026, 12, 26)}  # Christmas is a Friday
    plain = due_choices(Habit(customer_id=1), today=WEDNESDAY, calendar=CALENDAR, policy=DEFAULT)
    assert plain and all(CALENDAR.is_open(on) for on in plain)


def test_a_day_in_the_past_or_far_away_is_refused() -> None:
    check_due(WEDNESDAY, today=WEDNESDAY, policy=DEFAULT)
    with pytest.raises(DatePast):
        check_due(WEDNESDAY - timedelta(days=1), today=WEDNESDAY, policy=DEFAULT)
    with pytest.raises(DateTooFar):
        check_due(WEDNESDAY + timedelta(days=DEFAULT.promise.horizon_days + 1), today=WEDNESDAY, policy=DEFAULT)


@given(ahead=st.integers(min_value=0, max_value=60))
def test_only_steps_after_today_are_planned_anew(ahead: int) -> None:
    due_on = WEDNESDAY + timedelta(days=ahead)
    anew = still_ahead(due_on, today=WEDNESDAY, calendar=CALENDAR, policy=DEFAULT)
    for step in DATED:
        is_later = day_of(step, due_on, calendar=CALENDAR, policy=DEFAULT) > WEDNESDAY
        assert (step in anew) is is_later
    assert (Step.NO_REPLY in anew) is (Step.H_MINUS_7 in anew)
