"""How amounts and days are written, in both languages: the filters that message files may use.

Values are plain: an amount is sen, a day or an instant is ISO text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

# Smallest first: the unit, to what it is rounded, and its word. The last one takes all that is larger.
_UNITS = (
    (1_000, 1_000, {"id": "rb", "en": "k"}),
    (1_000_000, 100_000, {"id": "jt", "en": "m"}),
    (1_000_000_000, 100_000_000, {"id": "M", "en": "bn"}),
)
_NEXT_UNIT = 1_000


def money(sen: int, language: str) -> str:
    """This function will write an amount in full: Rp1.250.000 (the sen only where there are any)."""
    rupiah, rest = divmod(abs(sen), 100)
    sign = "-" if sen < 0 else ""
    # Indonesian separators in both languages: the customer's bank shows the same figure.
    cents = f",{rest:02}" if rest else ""
    return f"{sign}Rp{format_decimal(rupiah, locale='id')}{cents}"


def short_money(sen: int, language: str) -> str:
    """This function will write an amount for a narrow screen: Rp750 rb, Rp12,5 jt, Rp1,2 M; half a digit rounds up."""
    rupiah = abs(sen) // 100
    if rupiah < _UNITS[0][0]:
        return money(sen, language)
    # Rounded first: 999.999 is not 1.000 rb but 1 jt.
    fitting = (one for one in _UNITS if _rounded(rupiah, one[1]) < one[0] * _NEXT_UNIT)
    unit, step, words = next(fitting, _UNITS[-1])
    whole, rest = divmod(_rounded(rupiah, step), unit)
    tenths = f",{rest // step}" if rest else ""
    return f"{'-' if sen < 0 else ''}Rp{format_decimal(whole, locale='id')}{tenths} {words[language]}"


def full_date(day: str, language: str) -> str:
    """This function will write a day with its weekday: Jumat, 27 November 2026."""
    return format_date(_day(day), "EEEE, d MMMM y", locale=language)


def letter_date(day: str, language: str) -> str:
    """This function will write the day a letter is dated: 27 November 2026."""
    return format_date(_day(day), "d MMMM y", locale=language)


def table_date(day: str, language: str) -> str:
    """This function will write a day for a table that may span years: 27 Nov 2026."""
    return format_date(_day(day), "d MMM y", locale=language)


def short_date(day: str, language: str) -> str:
    """This function will write a day for a list: 27 Nov."""
    return format_date(_day(day), "d MMM", locale=language)


def weekday_date(day: str, language: str) -> str:
    """This function will write a day for a button: Jum 27 Nov."""
    return format_date(_day(day), "EEE d MMM", locale=language)


def month_name(day: str, language: str) -> str:
    """This function will write the month of a day: November 2026."""
    return format_date(_day(day), "MMMM y", locale=language)


def clock_time(instant: str, language: str) -> str:
    """This function will write the time of day of a local instant: 09.00; raises ValueError for a day alone."""
    if "T" not in instant:
        raise ValueError(f"{instant} is a day and has no time")
    return datetime.fromisoformat(instant).strftime("%H.%M")


def _rounded(amount: int, step: int) -> int:
    return (amount + step // 2) // step * step


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date() if "T" in text else date.fromisoformat(text)


FILTERS: dict[str, Callable[[Any, str], str]] = {
    "money": money,
    "short_money": short_money,
    "date": full_date,
    "short_date": short_date,
    "weekday_date": weekday_date,
    "month": month_name,
    "time": clock_time,
}
