"""Tukar faktur: the customer's bookkeeping takes the invoice in and says when it pays. (sop 3; indonesia 2.3)"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from sop.calendar import ONE_DAY, WorkCalendar
from sop.ladder import DATED, Step, day_of
from sop.month_names import WEEKDAYS
from sop.policy import Policy
from sop.promise_dates import DatePast, DateTooFar, PayDays
from sop.refusal import Refused
from sop.terms import TermBasis

MOST_CHOICES = 6
LAST_DAY = 31
_SEPARATED = re.compile(r"[,;/&+]|\bdan\b|\band\b|\s+")
_NOISE = frozenset({"", "hari", "setiap", "tiap", "tgl", "tanggal", "every", "bulan"})
_ENGLISH = {name: at for at, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
_DAYS = {**WEEKDAYS, **_ENGLISH, **{name[:3]: at for name, at in _ENGLISH.items()}}
_END_OF_MONTH = re.compile(r"\bakhir bulan\b|\bend of( the)? month\b")


class NothingToExchange(Refused):
    """No invoice of the payer is open, or none was chosen."""

    message: ClassVar[str] = "collector/refused_nothing_to_exchange"


NO_DAYS = PayDays()


@dataclass(frozen=True, kw_only=True, slots=True)
class Habit:
    """How a customer takes invoices in and pays them; `term_days` counts from `basis`."""

    customer_id: int
    exchange_days: PayDays = NO_DAYS
    pay_days: PayDays = NO_DAYS
    term_days: int | None = None
    basis: TermBasis | None = None

    @property
    def exchanges(self) -> bool:
        """Whether his invoices go through tukar faktur at all."""
        return self.exchange_days != NO_DAYS or self.basis is TermBasis.INVOICE_EXCHANGED


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One invoice that was taken in; its due date before and after."""

    id: int
    payer_id: int
    invoice_id: int
    previous_due_on: date
    due_on: date
    at: datetime
    undone_at: datetime | None = None


def days_of(text: str) -> PayDays | None:
    """This function will read "Senin, Kamis", "tgl 10 & 25" or "akhir bulan"; None where a word is not understood."""
    plain = text.lower().strip()
    weekdays: set[int] = set()
    month_days: set[int] = {LAST_DAY} if _END_OF_MONTH.search(plain) else set()
    for word in _SEPARATED.split(_END_OF_MONTH.sub(" ", plain).replace(".", " ")):
        if word in _DAYS:
            weekdays.add(_DAYS[word])
        elif word.isdigit() and 1 <= int(word) <= LAST_DAY:
            month_days.add(int(word))
        elif word not in _NOISE:
            return None
    if not weekdays and not month_days:
        return None
    return PayDays(weekdays=frozenset(weekdays), month_days=frozenset(month_days))


def days_as_record(days: PayDays) -> dict[str, list[int]]:
    """This function will write days in the form the books keep."""
    return {"weekdays": sorted(days.weekdays), "month_days": sorted(days.month_days)}


def days_from_record(record: Mapping[str, Any] | None) -> PayDays:
    """This function will read days from the form the books keep; nothing written is no day."""
    if not record:
        return PayDays()
    return PayDays(weekdays=frozenset(record.get("weekdays", ())), month_days=frozenset(record.get("month_days", ())))


def joined(days: Iterable[PayDays]) -> PayDays:
    """This function will give the days of several shops that one payer pays for."""
    found = list(days)
    return PayDays(
        weekdays=frozenset().union(*(one.weekdays for one in found)),
        month_days=frozenset().union(*(one.month_days for one in found)),
    )


def ordered_from(due_on: date, *, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the day from which the task stands in the list: a week before the first reminder."""
    reminder_on = day_of(Step.H_MINUS_7, due_on, calendar=calendar, policy=policy)
    return reminder_on - timedelta(days=policy.errands.exchange_days_before_reminder)


def task_on(due_on: date, habit: Habit, *, today: date, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the day the invoice is to be brought: his last exchange day before the first reminder,
    else his next one; without days of his own the working day before the reminder. Never before today."""
    reminder_on = day_of(Step.H_MINUS_7, due_on, calendar=calendar, policy=policy)
    before = calendar.previous_open(reminder_on)
    if habit.exchange_days == NO_DAYS:
        return max(before, calendar.open_on_or_after(today))
    on = reminder_on - ONE_DAY
    while on >= today:
        if habit.exchange_days.holds(on) and calendar.is_open(on):
            return on
        on -= ONE_DAY
    return _next_on(habit.exchange_days, today, calendar)


def held_until(due_on: date, habit: Habit) -> date | None:
    """This function will say until when reminders wait for the exchange: up to the due date, or without an end where
    the term itself counts from the exchange."""
    return None if habit.basis is TermBasis.INVOICE_EXCHANGED else due_on - ONE_DAY


def due_choices(habit: Habit, *, today: date, calendar: WorkCalendar, policy: Policy) -> tuple[date, ...]:
    """This function will list the days to offer: what the agreed term gives, and the customer's next pay days."""
    found: set[date] = set()
    if habit.term_days is not None and habit.basis is TermBasis.INVOICE_EXCHANGED:
        found.add(_payable_on(today + timedelta(days=habit.term_days), habit.pay_days, calendar))
    last, on = today + timedelta(days=policy.promise.horizon_days), today + ONE_DAY
    while on <= last and len(found) < MOST_CHOICES:
        if habit.pay_days.holds(on):
            found.add(calendar.open_on_or_after(on))
        on += ONE_DAY
    if not found:
        found = {calendar.open_on_or_after(today + timedelta(days=days)) for days in (7, 14, 30)}
    return tuple(sorted(found))


def check_due(on: date, *, today: date, policy: Policy) -> None:
    """This function will accept the day the customer named for paying. Raises DatePast or DateTooFar."""
    if on < today:
        raise DatePast(on=on)
    last = today + timedelta(days=policy.promise.horizon_days)
    if on > last:
        raise DateTooFar(on=on, last=last)


def still_ahead(due_on: date, *, today: date, calendar: WorkCalendar, policy: Policy) -> tuple[Step, ...]:
    """This function will name the steps that come after today for a due date: only these are planned anew."""
    ahead = [step for step in DATED if day_of(step, due_on, calendar=calendar, policy=policy) > today]
    return (*ahead, Step.NO_REPLY) if Step.H_MINUS_7 in ahead else tuple(ahead)


def _next_on(days: PayDays, today: date, calendar: WorkCalendar) -> date:
    on = today
    while not (days.holds(on) and calendar.is_open(on)):
        on += ONE_DAY
        if (on - today).days > 2 * LAST_DAY:  # his days are all closed ones: the next working day must do
            return calendar.open_on_or_after(today)
    return on


def _payable_on(on: date, pay_days: PayDays, calendar: WorkCalendar) -> date:
    """The customer's first pay day from a date on."""
    return calendar.open_on_or_after(on) if pay_days == NO_DAYS else _next_on(pay_days, on, calendar)
