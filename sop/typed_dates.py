"""Dates as collectors type them. Certain phrases give a date, everything else a question with dates to choose. (sop 3)

Never wrong in silence: only a text that is one certain phrase from end to end is exact. Whatever is exact here may
still be refused by `promise_dates.check_date` (past, too far, closed).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TypeAlias

from sop.calendar import WorkCalendar
from sop.loose_dates import loose_dates
from sop.month_names import (
    DAYS_A_WEEK,
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    date_or_none,
    next_day_of_month,
    next_month,
    next_weekday,
)

SURE_DAYS = 120
"""A date without a year further away than this is asked about: a slip, or next year's?"""
MOST_CHOICES = 6
LONGEST = 300  # letters; what stands behind them in a longer story is not looked at
CENTURY, TWO_DIGITS = 2000, 2


class Why(Enum):
    """Why we ask instead of knowing."""

    UNKNOWN = "unknown"  # nothing in it is a date
    SEVERAL = "several"  # it can mean more than one, or means one loosely
    PAST = "past"
    FAR = "far"
    NO_PROMISE = "no_promise"  # "as soon as possible" is not a date


@dataclass(frozen=True, kw_only=True, slots=True)
class Exact:
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """`choices` are open days, today or later, by date; there may be none."""

    choices: tuple[date, ...]
    why: Why


Typed: TypeAlias = "Exact | Ask"
Found: TypeAlias = "Typed | None"

_DAY = r"(?P<day>\d{1,2})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FILLER = re.compile(
    r"^(?:(?:ok|oke|baik|siap|ya|pak|bu|bapak|ibu|janji|bayar|dibayar|transfer|ditransfer|tf|akan|pada|saya|kami)\s+)+"
    r"|(?:\s+(?:ya|yaa|pak|bu|bapak|ibu|dibayar|bayar|transfer|tf|janji|wib|wita|wit))+$"
)
_HOUR = re.compile(r"\s+(?:pagi|siang|sore|malam|(?:jam|pukul|pkl)\s*\d{1,2}(?:[.:]\d{2})?)$")
_PAST = re.compile(r"\b(kemarin|kmrn|kemaren|tadi|barusan|sudah|sdh|udah|telah)\b")
_NO_PROMISE = re.compile(
    r"\b(secepatnya|secepat mungkin|asap|diusahakan|usahakan|insya ?allah|dikabari|dikabarin|nunggu|menunggu|tunggu"
    r"|kalau|kalo|jika|belum tahu|belum pasti|nanti dulu)\b"
)


def parse_date(text: str, *, today: date, calendar: WorkCalendar) -> Typed:
    """This function will read a typed date: Exact, or Ask with the dates it might be."""
    plain = _plain(text[:LONGEST])
    hourless = _FILLER.sub("", _HOUR.sub("", plain))
    for pattern, read in _CERTAIN:
        match = pattern.fullmatch(hourless)
        found = read(match, today) if match else None
        if found is not None:
            return _opened(found, today, calendar)
    if _PAST.search(plain):
        return Ask(choices=(), why=Why.PAST)
    choices = _choices(loose_dates(plain, today=today, calendar=calendar), today, calendar)
    if choices:
        return Ask(choices=choices, why=Why.SEVERAL)
    return Ask(choices=(), why=Why.NO_PROMISE if _NO_PROMISE.search(plain) else Why.UNKNOWN)


def _plain(text: str) -> str:
    plain = re.sub(r"[’'`]", "", text.lower())  # Jum'at
    plain = " ".join(re.sub(r"[,!?()\"]", " ", plain).split()).rstrip(".")
    return _FILLER.sub("", _FILLER.sub("", plain))


def _opened(found: Typed, today: date, calendar: WorkCalendar) -> Typed:
    return found if isinstance(found, Exact) else Ask(choices=_choices(found.choices, today, calendar), why=found.why)


def _choices(dates: Iterator[date] | tuple[date, ...], today: date, calendar: WorkCalendar) -> tuple[date, ...]:
    """Open days only: a closed one becomes the open days around it."""
    found: set[date] = set()
    for on in dates:
        found |= {on} if calendar.is_open(on) else {calendar.previous_open(on), calendar.next_open(on)}
    return tuple(sorted(on for on in found if on >= today)[:MOST_CHOICES])


def _in_days(days: int) -> Callable[[re.Match[str], date], Found]:
    return lambda _, today: Exact(on=today + timedelta(days=days))


def _coming_weekday(match: re.Match[str], today: date) -> Found:
    """Reads "hari Jumat": the next one; on a Friday it may be today or in a week."""
    on = next_weekday(WEEKDAYS[match["weekday"]], today)
    if (on - today).days == DAYS_A_WEEK:
        return None
    return Exact(on=on)


def _weekday_this_week(match: re.Match[str], today: date) -> Found:
    """Reads "Jumat ini": of this week and still ahead."""
    ahead = WEEKDAYS[match["weekday"]] - today.weekday()
    return Exact(on=today + timedelta(days=ahead)) if ahead > 0 else None


def _day_of_month(match: re.Match[str], today: date) -> Found:
    """Reads "tgl 25": the next such day; asked when the month has no such day."""
    day = int(match["day"])
    this, following = next_day_of_month(day, today)
    if this is None and date_or_none(today.year, today.month, day) is None:
        return None
    on = this or following
    return None if on is None else Exact(on=on)


def _day_of_this_month(match: re.Match[str], today: date) -> Found:
    on = date_or_none(today.year, today.month, int(match["day"]))
    return None if on is None else _not_past(on, today)


def _day_of_next_month(match: re.Match[str], today: date) -> Found:
    first = next_month(today)
    on = date_or_none(first.year, first.month, int(match["day"]))
    return None if on is None else Exact(on=on)


def _written(match: re.Match[str], today: date) -> Found:
    """A day and a month, perhaps a year, perhaps a weekday before it that must agree."""
    parts = match.groupdict()
    month = MONTHS[parts["month"]] if parts.get("month") else int(parts["number"])
    on = _with_year(int(parts["day"]), month, parts.get("year"), today)
    if on is None:
        return None
    named = parts.get("weekday")
    if named and WEEKDAYS[named] != on.weekday():
        return Ask(choices=(on, next_weekday(WEEKDAYS[named], today)), why=Why.SEVERAL)
    if not parts.get("year") and (on - today).days > SURE_DAYS:
        return Ask(choices=(on,), why=Why.FAR)
    return _not_past(on, today)


def _with_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return date_or_none(int(year) + (CENTURY if len(year) == TWO_DIGITS else 0), month, day)
    this_year = date_or_none(today.year, month, day)
    if this_year is not None and this_year >= today:
        return this_year
    return date_or_none(today.year + 1, month, day)


def _not_past(on: date, today: date) -> Typed:
    return Exact(on=on) if on >= today else Ask(choices=(), why=Why.PAST)


_Read: TypeAlias = "Callable[[re.Match[str], date], Found]"
_BEFORE = rf"(?:(?:hari )?(?P<weekday>{WEEKDAY}) )?(?:(?:tgl|tanggal) )?"
_CERTAIN: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?:hari|hr) ini", _in_days(0)),
        (r"besok|bsk|bsok|esok|besuk", _in_days(1)),
        (r"lusa", _in_days(2)),
        (rf"hari (?P<weekday>{WEEKDAY})", _coming_weekday),
        (rf"(?:hari )?(?P<weekday>{WEEKDAY}) ini", _weekday_this_week),
        (rf"(?:tgl|tanggal) ?{_DAY}", _day_of_month),
        (rf"(?:tgl|tanggal) ?{_DAY} (?:bulan|bln) ini", _day_of_this_month),
        (rf"(?:tgl|tanggal) ?{_DAY} (?:bulan|bln) (?:depan|dpn)", _day_of_next_month),
        (rf"{_BEFORE}{_DAY}[ -]?(?P<month>{MONTH})(?:[ -]{_YEAR})?", _written),
        (rf"{_BEFORE}{_DAY}/(?P<number>\d{{1,2}})(?:/{_YEAR})?", _written),
        (rf"{_BEFORE}{_DAY}(?P<mark>[-.])(?P<number>\d{{1,2}})(?P=mark){_YEAR}", _written),
    )
)
