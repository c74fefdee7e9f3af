"""Which dates a collector is offered for a promise or for more time, and which he may grant alone. (sop 4)"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused

ONE_DAY = timedelta(days=1)
WEEKDAY_BUTTONS = 3
"""How many next working days stand beside `Hari ini` `Besok` `Lusa`: with them the keyboard stays one screen."""
PAY_DAY_BUTTONS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class PayDays:
    """When a customer pays: weekdays (0 is Monday) and days of the month; a day beyond the month means its last."""

    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()

    def holds(self, day: date) -> bool:
        """True when the customer pays on that day."""
        last = monthrange(day.year, day.month)[1]
        return day.weekday() in self.weekdays or any(min(one, last) == day.day for one in self.month_days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """The facts in which a date is asked; `oldest_due_on` is the oldest due date of the covered invoices."""

    today: date
    oldest_due_on: date
    calendar: WorkCalendar
    policy: Policy
    pay_days: PayDays = PayDays()


class DateKey(Enum):
    """Which button a date stands on."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    DAY_AFTER = "day_after"
    WEEKDAY = "weekday"
    PAY_DAY = "pay_day"
    END_OF_MONTH = "end_of_month"


@dataclass(frozen=True, kw_only=True, slots=True)
class DateChoice:
    """One date on a button; `needs_approval` marks it "perlu persetujuan"."""

    key: DateKey
    on: date
    needs_approval: bool


class DateRefused(Refused):
    """A date that cannot be promised."""

    message: ClassVar[str] = "collector/refused_date"


class DatePast(DateRefused):
    """The date lies before today."""

    message: ClassVar[str] = "collector/refused_date_past"


class DateTooFar(DateRefused):
    """The date lies beyond the horizon: a slip of the pen rather than a promise."""

    message: ClassVar[str] = "collector/refused_date_too_far"


class DateClosed(DateRefused):
    """The date is a closed day; `offered` are the open days around it, today or later."""

    message: ClassVar[str] = "collector/refused_date_closed"

    def __init__(self, on: date, offered: tuple[date, ...]) -> None:
        super().__init__(on=on, before=offered[0], after=offered[-1])
        self.offered = offered


def latest_alone(occasion: Occasion) -> date:
    """This function will give the last date a collector may accept alone: the later of oldest due + 7 and
    today + 3 working days."""
    authority = occasion.policy.authority
    by_due = occasion.oldest_due_on + timedelta(days=authority.days_after_oldest_due)
    return max(by_due, occasion.calendar.add_open_days(occasion.today, authority.working_days_from_today))


def needs_approval(on: date, amount: Money, *, occasion: Occasion) -> bool:
    """This function will say whether the manager must agree: the date or the amount is beyond authority."""
    return on > latest_alone(occasion) or amount > occasion.policy.authority.amount


def check_date(on: date, *, occasion: Occasion) -> None:
    """This function will accept a date to be promised. Raises DatePast, DateTooFar or DateClosed."""
    offered = offered_instead(on, occasion=occasion)
    if offered:
        raise DateClosed(on, offered)


def offered_instead(on: date, *, occasion: Occasion) -> tuple[date, ...]:
    """This function will give the open days around a closed one, today or later; none for an open day.

    Raises DatePast or DateTooFar.
    """
    if on < occasion.today:
        raise DatePast(on=on)
    last = last_taken(occasion)
    if on > last:
        raise DateTooFar(on=on, last=last)
    return () if occasion.calendar.is_open(on) else _open_around(on, occasion)


def last_taken(occasion: Occasion) -> date:
    """This function will give the horizon: the last date that is taken at all, with the manager's approval."""
    return occasion.today + timedelta(days=occasion.policy.promise.horizon_days)


def date_choices(amount: Money, *, occasion: Occasion) -> tuple[DateChoice, ...]:
    """This function will list the dates for the buttons, by date, each once; closed days are left out or moved.

    A date that has two names keeps the better known one; pay days on a closed day become the open day after.
    """
    named: dict[date, DateKey] = {}
    for on, key in _named_dates(occasion):
        if occasion.calendar.is_open(on) and on >= occasion.today:
            named.setdefault(on, key)
    return tuple(
        DateChoice(key=named[on], on=on, needs_approval=needs_approval(on, amount, occasion=occasion))
        for on in sorted(named)
    )


def _named_dates(occasion: Occasion) -> Iterator[tuple[date, DateKey]]:
    today, calendar = occasion.today, occasion.calendar
    yield today, DateKey.TODAY
    yield today + ONE_DAY, DateKey.TOMORROW
    yield today + 2 * ONE_DAY, DateKey.DAY_AFTER
    yield _end_of_month(occasion), DateKey.END_OF_MONTH
    for on in _next_pay_days(occasion):
        yield on, DateKey.PAY_DAY
    on = today + 2 * ONE_DAY
    for _ in range(WEEKDAY_BUTTONS):
        on = calendar.next_open(on)
        yield on, DateKey.WEEKDAY


def _end_of_month(occasion: Occasion) -> date:
    """The last open day of the month; when it has passed, of the next month."""
    first = occasion.today.replace(day=1)
    while True:
        following = (first + timedelta(days=31)).replace(day=1)
        last_open = occasion.calendar.previous_open(following)
        if last_open >= occasion.today:
            return last_open
        first = following


def _next_pay_days(occasion: Occasion) -> Iterator[date]:
    """The payer's next days, within the horizon; on a closed day he pays on the open day after."""
    found = 0
    for days in range(1, occasion.policy.promise.horizon_days + 1):
        on = occasion.today + timedelta(days=days)
        if occasion.pay_days.holds(on) and found < PAY_DAY_BUTTONS:
            found += 1
            yield occasion.calendar.open_on_or_after(on)


def _open_around(on: date, occasion: Occasion) -> tuple[date, ...]:
    before, after = occasion.calendar.previous_open(on), occasion.calendar.next_open(on)
    return (before, after) if before >= occasion.today else (after,)
