"""The day money came in, as finance types it: today or before, never ahead. (sop 8)"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import ClassVar

from sop.month_names import MONTH, MONTHS, date_or_none
from sop.refusal import Refused

OLDEST_DAYS = 366
"""A payment longer ago than this is a slip of the pen."""
CENTURY, TWO_DIGITS = 2000, 2

_NAMED = {"hari ini": 0, "today": 0, "kemarin": 1, "kmrn": 1, "kemaren": 1, "yesterday": 1}
_YEAR = r"(?:[ ./-](?P<year>\d{4}|\d{2}))?"
_FORMS = (
    re.compile(rf"(?:tgl |tanggal )?(?P<day>\d{{1,2}})[ -]?(?P<month>{MONTH}){_YEAR}"),
    re.compile(rf"(?:tgl |tanggal )?(?P<day>\d{{1,2}})[/.-](?P<number>\d{{1,2}}){_YEAR}"),
    re.compile(r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})"),
    re.compile(r"(?:tgl|tanggal) ?(?P<day>\d{1,2})"),
)


class PaidDateUnclear(Refused):
    """What was typed is no day that has been."""

    message: ClassVar[str] = "finance/refused_paid_date"


def paid_date_of(text: str, *, today: date) -> date:
    """This function will read the day of a payment; without a year the last such day. Raises PaidDateUnclear."""
    plain = " ".join(text.lower().split())
    if plain in _NAMED:
        return today - timedelta(days=_NAMED[plain])
    for form in _FORMS:
        match = form.fullmatch(plain)
        on = None if match is None else _last(match, today)
        if on is not None and timedelta(0) <= today - on <= timedelta(days=OLDEST_DAYS):
            return on
    raise PaidDateUnclear(text=text[:20])


def _last(match: re.Match[str], today: date) -> date | None:
    parts = match.groupdict()
    day, year = int(parts["day"]), parts.get("year")
    month = MONTHS[parts["month"]] if parts.get("month") else parts.get("number")
    if month is None:
        return _last_of_month(day, today)
    if year:
        return date_or_none(int(year) + (CENTURY if len(year) == TWO_DIGITS else 0), int(month), day)
    this_year = date_or_none(today.year, int(month), day)
    return this_year if this_year is not None and this_year <= today else date_or_none(today.year - 1, int(month), day)


def _last_of_month(day: int, today: date) -> date | None:
    this = date_or_none(today.year, today.month, day)
    before = today.replace(day=1) - timedelta(days=1)
    return this if this is not None and this <= today else date_or_none(before.year, before.month, day)
