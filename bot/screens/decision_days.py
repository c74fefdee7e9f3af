"""The days a decision may name: the near ones, a calendar month, or typed (section 5)."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from datetime import date, timedelta

from bot.buttons import DecideDate, DecideMonth, OpenEscalation
from bot.reply import Screen, Tap, in_columns, screen, tap
from bot.screens.escalation import EscalationFacts, subject_of, values_of
from sop.escalation import Decision
from sop.promise_dates import Occasion, last_taken

DAYS_A_WEEK = 7
MORE_THAN_A_MONTH = timedelta(days=31)


def days_screen(facts: EscalationFacts, decision: Decision, days: Iterable[date], *, today: date) -> Screen:
    """This function will draw a question with the days a decision may name."""
    one = facts.escalation
    taps = [tap("decision_day", DecideDate(one.id, decision, on), on=on) for on in days]
    more = tap("pick_date", DecideMonth(one.id, decision, today.replace(day=1)))
    return _screen(facts, decision, *in_columns(taps, columns=2), (more, tap("back", OpenEscalation(one.id))))


def month_screen(facts: EscalationFacts, decision: Decision, occasion: Occasion, month: date) -> Screen:
    """This function will draw a calendar month; what cannot be chosen is a dot, a closed day stands in brackets."""
    one, last = facts.escalation, last_taken(occasion)
    first = min(max(month, occasion.today), last).replace(day=1)
    here = DecideMonth(one.id, decision, first)
    head = tuple(tap(f"weekday_{number}", here) for number in range(DAYS_A_WEEK))
    weeks = [
        tuple(_day(occasion, here, on) for on in week)
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    back = (tap("back", OpenEscalation(one.id)),)
    return _screen(facts, decision, head, *weeks, _turning(here, last, today=occasion.today), back)


def _screen(facts: EscalationFacts, decision: Decision, *rows: tuple[Tap, ...]) -> Screen:
    values = values_of(facts) | {"asks_day": decision}
    return screen("manager/escalation", *rows, subject=subject_of(facts.escalation.id), **values)


def _day(occasion: Occasion, here: DecideMonth, on: date) -> Tap:
    if on.month != here.month.month or not occasion.today <= on <= last_taken(occasion):
        return tap("calendar_empty", here)
    if not occasion.calendar.is_open(on):
        return tap("calendar_closed", here, day=on.day)
    return tap("calendar_day", DecideDate(here.escalation_id, here.decision, on), day=on.day)


def _turning(here: DecideMonth, last: date, *, today: date) -> tuple[Tap, ...]:
    before, after = here.month - timedelta(days=1), (here.month + MORE_THAN_A_MONTH).replace(day=1)
    taps = []
    if before >= today:
        month = before.replace(day=1)
        taps.append(tap("month_before", DecideMonth(here.escalation_id, here.decision, month), month=month))
    if after <= last:
        taps.append(tap("month_after", DecideMonth(here.escalation_id, here.decision, after), month=after))
    return tuple(taps)
