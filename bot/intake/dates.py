"""Dates of a list: real dates, serials, and texts with numbers or month names, Bahasa and English.

"05/12/2026" is read only in an order that another value of its column proves, or that a person chose.
(facts: import traps 2)
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum

from bot.intake.grid import Cell

SERIAL_EPOCH = date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 2000, 2099
CENTURY = 2000


class Order(Enum):
    """Which of the two first numbers is the day."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class DateUnreadable(ValueError):
    """Not a date; `key` says why (a reason key)."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


_MONTH_NAMES = (
    "jan januari january",
    "feb peb februari pebruari february",
    "mar mrt maret march",
    "apr april",
    "mei may",
    "jun juni june",
    "jul juli july",
    "agu ags agt agust agustus aug august",
    "sep sept september",
    "okt oct oktober october",
    "nov nop november nopember",
    "des dec desember december",
)
_MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_WEEKDAY_NAMES = (
    "senin monday mon sen",
    "selasa tuesday tue sel",
    "rabu wednesday wed rab",
    "kamis thursday thu kam",
    "jumat jum'at friday fri jum",
    "sabtu saturday sat sab",
    "minggu ahad sunday sun min",
)
_WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}

_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?( ?(wib|wita|wit|z))?$", re.IGNORECASE)
_WEEKDAY = re.compile(r"^([a-z']+), ?(?=\d)", re.IGNORECASE)
_SERIAL = re.compile(r"^\d{5}(\.\d+)?$")
_NUMBERS = re.compile(r"^(\d{1,2})([/\-. ])(\d{1,2})\2(\d{4}|\d{2})$")
_YEAR_FIRST = re.compile(r"^(\d{4})([/\-.])(\d{1,2})\2(\d{1,2})$")
_NAMED = re.compile(r"^(\d{1,2})[ \-/.]*([a-z]+)[ \-/.,]*(\d{4}|\d{2})$", re.IGNORECASE)
_MONTH_FIRST_NAMED = re.compile(r"^([a-z]+)[ \-/.]+(\d{1,2})(?:, ?|[ \-/.]+)(\d{4})$", re.IGNORECASE)


def read_date(cell: Cell, order: Order | None) -> date:
    """The date of a cell, between 2000 and 2099.

    Raises DateUnreadable: key "date_ambiguous" when only an order could tell and none is given.
    """
    if isinstance(cell, date):
        return _in_range(cell)
    if isinstance(cell, float):
        return _from_serial(cell)
    found = set(readings(cell).values())
    if not found:
        raise DateUnreadable("date_unreadable")
    if len(found) == 1:
        return found.pop()
    if order is None:
        raise DateUnreadable("date_ambiguous")
    return readings(cell)[order]


def readings(text: str) -> dict[Order, date]:
    """What a text means in each order; one entry when only that order makes a date, none when neither does.

    Raises DateUnreadable when a weekday is written and does not fit.
    """
    bare = _CLOCK.sub("", " ".join(text.removeprefix("'").split()))
    if _SERIAL.match(bare):
        return dict.fromkeys(Order, _from_serial(float(bare)))
    weekday = _WEEKDAY.match(bare)
    found = _readings(bare[weekday.end() :] if weekday else bare)
    if not weekday:
        return found
    fitting = {order: day for order, day in found.items() if day.weekday() == _WEEKDAYS.get(weekday[1].lower())}
    if found and not fitting:
        raise DateUnreadable("date_weekday")
    return fitting


def form_of(text: str) -> str:
    """How a date of numbers is written, whatever day it is: "5/12/26" as "31/12/26", but not as "31-12-2026"."""
    numbers = _NUMBERS.match(_CLOCK.sub("", " ".join(text.removeprefix("'").split())))
    return f"{numbers[2]}{len(numbers[4])}" if numbers else ""


def swapped(day: date) -> date:
    """The date with day and month exchanged. Raises ValueError when there is none."""
    return date(day.year, day.day, day.month)


def _readings(text: str) -> dict[Order, date]:
    if numbers := _NUMBERS.match(text):
        first, second, year = int(numbers[1]), int(numbers[3]), numbers[4]
        return _valid({Order.DAY_FIRST: (year, second, first), Order.MONTH_FIRST: (year, first, second)})
    if parts := _YEAR_FIRST.match(text):
        return _valid(dict.fromkeys(Order, (parts[1], int(parts[3]), int(parts[4]))))
    if parts := _NAMED.match(text):
        return _valid(dict.fromkeys(Order, (parts[3], _MONTHS.get(parts[2].lower(), 0), int(parts[1]))))
    if parts := _MONTH_FIRST_NAMED.match(text):
        return _valid(dict.fromkeys(Order, (parts[3], _MONTHS.get(parts[1].lower(), 0), int(parts[2]))))
    return {}


def _valid(candidates: dict[Order, tuple[str, int, int]]) -> dict[Order, date]:
    found = {order: _date_of(*parts) for order, parts in candidates.items()}
    return {order: day for order, day in found.items() if day is not None}


def _date_of(year: str, month: int, day: int) -> date | None:
    number = int(year) + (CENTURY if len(year) == len("26") else 0)
    try:
        return date(number, month, day) if FIRST_YEAR <= number <= LAST_YEAR else None
    except ValueError:
        return None


def _from_serial(serial: float) -> date:
    """A spreadsheet counts days from 30 December 1899; a fraction is the time of day."""
    if not 0 < serial < (date(LAST_YEAR + 1, 1, 1) - SERIAL_EPOCH).days:
        raise DateUnreadable("date_unreadable")
    return _in_range(SERIAL_EPOCH + timedelta(days=int(serial)))


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateUnreadable("date_out_of_range")
    return day
