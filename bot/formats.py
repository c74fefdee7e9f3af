"""How amounts and days are written, in both languages: the filters that message files may use.

Values are plain: an amount is sen, a day or an instant is ISO text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

_MILLION = 1_000_000
_THOUSAND = 1_000
_SHORT = {"id": ("jt", "rb"), "en": ("m", "k")}


def money(sen: int, language: str) -> str:
    """This function will write an amount in full: Rp1.250.000 (the sen only where there are any)."""
    rupiah, rest = divmod(abs(sen), 100)
    sign = "-" if sen < 0 else ""
    # Indonesian separators in both languages: the customer's bank shows the same figure.
    cents = f",{rest:02}" if rest else ""
    return f"{sign}Rp{format_decimal(rupiah, locale='id')}{cents}"


def short_money(sen: int, language: str) -> str:
    """This function will write an amount for a narrow screen: Rp12,5 jt."""
    rupiah = sen // 100
    millions, thousands = _SHORT[language]
    if rupiah >= _MILLION:
        return f"Rp{format_decimal(round(rupiah / _MILLION, 1), locale='id')} {millions}"
    if rupiah >= _THOUSAND:
        return f"Rp{format_decimal(round(rupiah / _THOUSAND), locale='id')} {thousands}"
    return money(sen, language)


def full_date(day: str, language: str) -> str:
    """This function will write a day with its weekday: Jumat, 27 November 2026."""
    return format_date(_day(day), "EEEE, d MMMM y", locale=language)


def short_date(day: str, language: str) -> str:
    """This function will write a day for a list: 27 Nov."""
    return format_date(_day(day), "d MMM", locale=language)


def weekday_date(day: str, language: str) -> str:
    """This function will write a day for a button: Jum 27 Nov."""
    return format_date(_day(day), "EEE d MMM", locale=language)


def month_name(day: str, language: str) -> str:
    return format_date(_day(day), "MMMM y", locale=language)


def clock_time(instant: str, language: str) -> str:
    """This function will write the time of day as written locally: 09.00."""
    return datetime.fromisoformat(instant).strftime("%H.%M")


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
