"""The names of days and months as people type them, and the small sums around them."""

from __future__ import annotations

from datetime import date, timedelta

DAYS_A_WEEK = 7

WEEKDAYS = {
    "senin": 0,
    "selasa": 1,
    "rabu": 2,
    "kamis": 3,
    "jumat": 4,
    "sabtu": 5,
    "minggu": 6,
    "ahad": 6,
}
WEEKDAY = "|".join(WEEKDAYS)

_SPELLINGS = (
    "januari jan",
    "februari pebruari feb peb",
    "maret mar mrt",
    "april apr",
    "mei may",
    "juni jun",
    "juli jul",
    "agustus agu agt ags agus aug",
    "september sept sep",
    "oktober okt oct",
    "november nopember nov nop",
    "desember des dec",
)
MONTHS = {name: number for number, names in enumerate(_SPELLINGS, start=1) for name in names.split()}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))


def date_or_none(year: int, month: int, day: int) -> date | None:
    """This function will give the date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_weekday(weekday: int, today: date) -> date:
    """This function will give the next such weekday after today, at most a week away."""
    ahead = (weekday - today.weekday() - 1) % DAYS_A_WEEK + 1
    return today + timedelta(days=ahead)


def next_month(today: date) -> date:
    """This function will give the first day of the next month."""
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)


def next_day_of_month(day: int, today: date) -> tuple[date | None, date | None]:
    """This function will give the day of this month when it is still ahead (or today), and the one of next month."""
    this = date_or_none(today.year, today.month, day)
    first = next_month(today)
    return (this if this is not None and this >= today else None, date_or_none(first.year, first.month, day))
