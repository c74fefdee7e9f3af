"""Dates a loosely worded text might mean. They are offered for choice, never taken. (facts: what phrases mean)"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from sop.calendar import WorkCalendar
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

_Dates: TypeAlias = "Iterator[date]"
_Read: TypeAlias = "Callable[[re.Match[str], date, WorkCalendar], _Dates]"

_NUMBERS = {
    name: number
    for number, name in enumerate("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(), start=1)
}
_COUNT = rf"(?P<count>\d{{1,2}}|se|{'|'.join(_NUMBERS)})"
_NEXT = r"(?:depan|dpn)"
PAY_DAYS = (25, 1)  # when wages are usually paid; which one is asked
MIDDLE = 15
EARLY, LATE = range(1, 6), (25, 28, 30)  # "tanggal muda" and "tanggal tua"


def loose_dates(plain: str, *, today: date, calendar: WorkCalendar) -> Iterator[date]:
    """This function will find the dates a text in small letters might mean, past ones too, in no order.

    A phrase that was understood is taken out, so that "Jumat minggu depan" is not read as three phrases.
    """
    for pattern, read in _LOOSE:
        for match in list(pattern.finditer(plain)):
            yield from read(match, today, calendar)
        plain = pattern.sub(" ; ", plain)


def _count(match: re.Match[str]) -> int:
    said = match["count"]
    if said == "se":
        return 1
    return int(said) if said.isdigit() else _NUMBERS[said]


def _after_days(*days: int) -> _Read:
    def read(_: re.Match[str], today: date, __: WorkCalendar) -> _Dates:
        yield from (today + timedelta(days=one) for one in days)

    return read


def _nothing(_: re.Match[str], __: date, ___: WorkCalendar) -> _Dates:
    """Understood, but too vague to offer a day."""
    yield from ()


def _counted_days(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    yield today + timedelta(days=_count(match))


def _counted_working_days(match: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    yield calendar.add_open_days(today, _count(match))


def _counted_weeks(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    yield today + timedelta(days=_count(match) * DAYS_A_WEEK)


def _counted_months(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    month = today.month - 1 + _count(match)
    year, month = today.year + month // 12, month % 12 + 1
    yield date(year, month, min(today.day, monthrange(year, month)[1]))


def _in_next_month(_: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    first = next_month(today)
    yield calendar.open_on_or_after(first)
    yield first.replace(day=min(today.day, monthrange(first.year, first.month)[1]))


def _in_next_week(_: re.Match[str], today: date, __: WorkCalendar) -> _Dates:
    monday = next_weekday(WEEKDAYS["senin"], today)
    yield from (monday + timedelta(days=one) for one in range(DAYS_A_WEEK - 1))


def _weekday_of_next_week(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    yield next_weekday(WEEKDAYS["senin"], today) + timedelta(days=WEEKDAYS[match["weekday"]])


def _next_weekday(match: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    """Reads "Jumat depan": the coming one, or the one of next week."""
    yield next_weekday(WEEKDAYS[match["weekday"]], today)
    yield from _weekday_of_next_week(match, today, calendar)


def _any_weekday(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    weekday = WEEKDAYS[match["weekday"]]
    if weekday == today.weekday():
        yield today
    yield next_weekday(weekday, today)


def _day_of_month(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    day = int(match["day"])
    this, following = next_day_of_month(day, today)
    if this is None and day > monthrange(today.year, today.month)[1]:
        yield _last_day(today)
    yield from (on for on in (this, following) if on is not None)


def _day_after_that(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    """Reads "setelah tgl 20": the 21st, to be confirmed."""
    this, following = next_day_of_month(int(match["day"]), today)
    yield from (on + timedelta(days=1) for on in (this or following,) if on is not None)


def _range_of_month(match: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    """Reads "tgl 25-27": the days in it; the last one is the promise that can be kept."""
    for day in range(int(match["day"]), int(match["until"]) + 1):
        this, following = next_day_of_month(day, today)
        yield from (on for on in (this or following,) if on is not None)


def _day_and_month(match: re.Match[str], today: date, _: WorkCalendar) -> _Dates:
    month = MONTHS[match["month"]] if match["month"] else int(match["number"])
    days = (date_or_none(year, month, int(match["day"])) for year in (today.year, today.year + 1))
    ahead = [on for on in days if on is not None and on >= today]
    yield from ahead[:1]


def _last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _end_of_month(_: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    last = calendar.open_on_or_before(_last_day(today))
    yield last if last >= today else calendar.open_on_or_before(_last_day(next_month(today)))


def _end_of_next_month(_: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    yield calendar.open_on_or_before(_last_day(next_month(today)))


def _end_of_year(_: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    yield calendar.open_on_or_before(date(today.year, 12, 31))


def _start_of_next_month(_: re.Match[str], today: date, calendar: WorkCalendar) -> _Dates:
    yield calendar.open_on_or_after(next_month(today))


def _saturday(_: re.Match[str], today: date, __: WorkCalendar) -> _Dates:
    yield next_weekday(WEEKDAYS["sabtu"], today)


def _days_of_month(*days: int) -> _Read:
    def read(_: re.Match[str], today: date, __: WorkCalendar) -> _Dates:
        for day in days:
            this, following = next_day_of_month(day, today)
            yield from (on for on in (this or following,) if on is not None)

    return read


# Longer phrases first: what one row understood, the rows below it no longer see.
_LOOSE: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), read)
    for pattern, read in (
        (r"besok lusa", _after_days(1, 2)),
        (rf"(?P<weekday>{WEEKDAY}) (?:minggu|pekan) {_NEXT}", _weekday_of_next_week),
        (rf"{_COUNT} hari kerja", _counted_working_days),
        (rf"{_COUNT} ?hari (?:lagi|ke ?depan)", _counted_days),
        (rf"dalam {_COUNT} ?hari", _counted_days),
        (r"(?:minggu|pekan) (?:pertama|kedua|ketiga|keempat|terakhir|ke ?\w+)", _nothing),
        (r"(?:habis|abis|setelah|sesudah|stlh) (?:tgl|tanggal) ?(?P<day>\d{1,2})", _day_after_that),
        (rf"{_COUNT} ?(?:minggu|pekan|mgg) (?:lagi|ke ?depan)", _counted_weeks),
        (rf"{_COUNT} ?(?:bulan|bln) (?:lagi|ke ?depan)", _counted_months),
        (rf"(?:minggu|mgg|pekan) {_NEXT}", _in_next_week),
        (rf"akhir (?:bulan|bln) {_NEXT}", _end_of_next_month),
        (r"akhir (?:bulan|bln)(?: ini)?", _end_of_month),
        (r"akhir (?:tahun|thn)", _end_of_year),
        (r"akhir (?:pekan|minggu)", _saturday),
        (rf"awal (?:bulan|bln)(?: {_NEXT})?", _start_of_next_month),
        (r"(?:pertengahan|tengah) (?:bulan|bln)", _days_of_month(MIDDLE)),
        (rf"(?:bulan|bln) {_NEXT}", _in_next_month),
        (r"(?:tanggal|tgl) muda", _days_of_month(*EARLY)),
        (r"(?:tanggal|tgl) tua", _days_of_month(*LATE)),
        (r"gajian|gaji", _days_of_month(*PAY_DAYS)),
        (rf"(?P<weekday>{WEEKDAY}) {_NEXT}", _next_weekday),
        (r"(?:tgl|tanggal) ?(?P<day>\d{1,2}) ?(?:-|sampai|s/d|sd) ?(?P<until>\d{1,2})", _range_of_month),
        (rf"(?P<day>\d{{1,2}})(?:[ -]?(?P<month>{MONTH})|/(?P<number>\d{{1,2}}))", _day_and_month),
        (r"(?:tgl|tanggal) ?(?P<day>\d{1,2})", _day_of_month),
        (r"^(?P<day>\d{1,2})$", _day_of_month),
        (rf"(?P<weekday>{WEEKDAY})", _any_weekday),
        (r"(?:besok|bsk|bsok|esok|besuk)(?: (?:pagi|siang|sore|malam))?", _after_days(1)),
        (r"hari ini|sekarang|(?:nanti )?(?:siang|sore|malam)(?: ini)?", _after_days(0)),
        (r"lusa", _after_days(2)),
        (r"tulat", _after_days(3)),
    )
)
