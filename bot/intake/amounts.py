"""Rupiah amounts of a list: numbers, and texts with Indonesian or English separators.

A text such as "1.250" means 1,250 in one country and 1.25 in the other. It is read only under a style that the column
proves with another value, that the arithmetic of the rows proves, or that a person chose. (facts: import traps 3)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum

from bot.intake.grid import Cell
from sop.money import SEN_PER_RUPIAH, Money

MAX_RUPIAH = 10**13
"""Beyond this a float no longer holds every sen, and no receivable is that large."""
_FLOAT_NOISE = Decimal("0.0005")


class Style(Enum):
    """Which character groups thousands; the other one marks the decimals."""

    DOTS = "1.250.000,00"
    COMMAS = "1,250,000.00"


class AmountUnreadable(ValueError):
    """Not an amount; `key` says why (a reason key)."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


_CURRENCY = re.compile(r"^(rp\.?|idr)\s*|\s*(rupiah|idr|rp)$", re.IGNORECASE)
_FOREIGN = re.compile(r"[$€£¥]|\b(usd|sgd|eur|jpy|cny|myr|us)\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\d\s*(jt|juta|rb|ribu|k|m|mio|miliar|milyar|bn|jt-an)\.?$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^[+-]?\d+([.,]\d+)?e[+-]?\d+$", re.IGNORECASE)
_NO_SEN_MARK = re.compile(r"(?<=\d)[.,]-{1,2}$")
_SHAPES = {
    Style.DOTS: re.compile(r"^(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?$"),
    Style.COMMAS: re.compile(r"^(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?$"),
}
_DASHES = {"-", "--", "–", "—"}


def read_amount(cell: Cell, style: Style | None) -> Money:
    """The amount of a cell; a blank or a dash is zero (the caller decides whether a blank may be).

    Raises AmountUnreadable: key "amount_ambiguous" when only a style could tell and none is given.
    """
    if isinstance(cell, date):
        raise AmountUnreadable("amount_is_date")
    if isinstance(cell, float):
        return _money(Decimal(repr(cell)))
    text, negative = _bare(cell)
    if text == "":
        return Money.ZERO
    readings = _readings(text)
    if not readings:
        raise AmountUnreadable(_why_unreadable(text))
    values = set(readings.values())
    if len(values) > 1 and style is None:
        raise AmountUnreadable("amount_ambiguous")
    value = readings[style] if len(values) > 1 and style is not None else values.pop()
    return _money(-value if negative else value)


def proved_styles(cells: Iterable[Cell]) -> frozenset[Style]:
    """The styles that some text of a column can only be read in; two of them mean that the column is mixed."""
    texts = (_bare(cell)[0] for cell in cells if isinstance(cell, str))
    return frozenset(style for text in texts for style in _proof(text))


def is_ambiguous(cell: Cell) -> bool:
    """True when the two styles read the cell differently."""
    return isinstance(cell, str) and len(set(_readings(_bare(cell)[0]).values())) > 1


def _proof(text: str) -> tuple[Style, ...]:
    readings = _readings(text)
    if len(readings) == 1 and any(readings.values()):  # "0,00" proves nothing
        return tuple(readings)
    return ()


def _readings(text: str) -> dict[Style, Decimal]:
    matches = {style: shape.match(text) for style, shape in _SHAPES.items()}
    return {
        style: Decimal(re.sub(r"[.,]", "", match["whole"]) + "." + (match["part"] or "0"))
        for style, match in matches.items()
        if match
    }


def _bare(cell: Cell) -> tuple[str, bool]:
    """The digits and separators of a text without currency and sign, and whether it is negative."""
    text = " ".join(str(cell).removeprefix("'").split())
    text = _NO_SEN_MARK.sub("", _CURRENCY.sub("", text))
    if text in _DASHES:
        return "", False
    negative = False
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1].strip(), True
    elif text.startswith(("-", "\N{MINUS SIGN}")) or text.endswith("-"):
        text, negative = text.strip("-\N{MINUS SIGN}").strip(), True
    return _NO_SEN_MARK.sub("", _CURRENCY.sub("", text)), negative


def _why_unreadable(text: str) -> str:
    for pattern, key in (
        (_FOREIGN, "amount_foreign"),
        (_SCIENTIFIC, "amount_digits_lost"),
        (_ABBREVIATED, "amount_abbreviated"),
    ):
        if pattern.search(text):
            return key
    return "amount_unreadable"


def _money(value: Decimal) -> Money:
    if abs(value) > MAX_RUPIAH:
        raise AmountUnreadable("amount_too_large")
    sen = round(value * SEN_PER_RUPIAH)
    if abs(value - Decimal(sen) / SEN_PER_RUPIAH) > _FLOAT_NOISE:
        raise AmountUnreadable("amount_below_sen")
    return Money(int(sen))
