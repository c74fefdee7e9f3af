"""Amounts as collectors type them: "5jt", "1,5 juta", "Rp 750.000". What could be two sums is asked. (sop 3)"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from sop.money import SEN_PER_RUPIAH, Money

SMALLEST = 10_000
"""Fewer rupiah than this without a unit are rather a shortened "ribu" or "juta"."""
SURE_FROM = 100_000
"""One group of three digits ("12.500") without "Rp" and below this may have lost its last zeros."""
DECIMALS = 2
LONGEST = 80
"""No amount needs more letters; a number of thousands of digits is not even read."""
LARGEST = Money.rupiah(1_000_000_000_000)


@dataclass(frozen=True, kw_only=True, slots=True)
class ExactAmount:
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class AskAmount:
    """`choices`: the sums it may mean, smallest first; there may be none."""

    choices: tuple[Money, ...] = ()


TypedAmount: TypeAlias = "ExactAmount | AskAmount"

THOUSAND, MILLION, BILLION = 1_000, 1_000_000, 1_000_000_000
_UNITS = {
    "rb": THOUSAND,
    "ribu": THOUSAND,
    "rbu": THOUSAND,
    "k": THOUSAND,
    "jt": MILLION,
    "juta": MILLION,
    "jta": MILLION,
    "miliar": BILLION,
    "milyar": BILLION,
    "mlyr": BILLION,
}
_ALL = frozenset({"semua", "semuanya", "seluruhnya", "lunas", "full", "penuh", "all"})
_NUMBER = r"\d+(?:[.,]\d+)*"
_SUM = re.compile(rf"(?:{_NUMBER} ?(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))}) ?)+")
_TERM = re.compile(rf"({_NUMBER}) ?([a-z]+)")
_GROUPED_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{2})?")  # 1.500.000,00
_GROUPED_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{2})?")  # 1,500,000.00
_PLAIN = re.compile(r"\d+")
_ONE_GROUP = re.compile(r"\d{1,3}[.,]\d{3}")
_SHORT_DECIMAL = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")  # 1.5 or 150: a unit is missing


def parse_amount(text: str, *, outstanding: Money | None = None) -> TypedAmount:
    """This function will read a typed amount of rupiah; `outstanding` is what "semua" means.

    A sum is exact or asked about; nothing is rounded, and zero or less is never an amount.
    """
    if len(text) > LONGEST:
        return AskAmount()
    plain, has_currency = _plain(text)
    if plain in _ALL:
        return AskAmount() if outstanding is None else _if_sensible(outstanding)
    if _SUM.fullmatch(plain):
        return _summed(plain)
    return _number(plain, has_currency=has_currency)


def _plain(text: str) -> tuple[str, bool]:
    """The text without currency and end marks, and whether it named the currency."""
    plain = " ".join(text.lower().split())
    bare = re.sub(r"^(?:rp\.?|idr)\s*|\s*(?:rupiah|idr)$|(?:,-|,--|\.-)$", "", plain)
    named = bool(re.search(r"^(?:rp|idr)|(?:rupiah|idr)$", plain))
    return re.sub(r"(?:,-|,--|\.-)$", "", bare).strip(), named


def _summed(plain: str) -> TypedAmount:
    """Terms such as "1jt 500rb": units fall from term to term. Three decimals ("1.500 juta") are asked about."""
    terms = [(said, _UNITS[unit]) for said, unit in _TERM.findall(plain)]
    if any(earlier <= later for (_, earlier), (_, later) in pairwise(terms)):
        return AskAmount()
    values = [_decimal(said) for said, _ in terms]
    if any(value is None for value in values):
        return _either_way(terms)
    total = sum((value * unit for value, (_, unit) in zip(values, terms, strict=True) if value is not None), Fraction())
    return _from_rupiah(total)


def _decimal(said: str) -> Fraction | None:
    """A number before a unit: "1,5" and "1.5" are one and a half; None where the mark may group thousands."""
    if _PLAIN.fullmatch(said):
        return Fraction(said)
    whole, _, rest = said.replace(",", ".").partition(".")
    return None if len(rest) > DECIMALS or "." in rest else Fraction(f"{whole}.{rest}")


def _either_way(terms: list[tuple[str, int]]) -> TypedAmount:
    """One number that may be decimal or grouped: "1.500 juta"."""
    (said, unit), *others = terms
    if others or not _ONE_GROUP.fullmatch(said):
        return AskAmount()
    grouped = Fraction(re.sub(r"[.,]", "", said)) * unit
    return _asked(grouped / THOUSAND, grouped)


def _number(plain: str, *, has_currency: bool) -> TypedAmount:
    """A number without a unit."""
    if _ONE_GROUP.fullmatch(plain):
        value = Fraction(re.sub(r"[.,]", "", plain))
        is_sure = value >= (SMALLEST if has_currency else SURE_FROM)
        return _from_rupiah(value) if is_sure else _asked(value, value * THOUSAND)
    if _GROUPED_DOTS.fullmatch(plain):
        return _from_rupiah(Fraction(plain.replace(".", "").replace(",", ".")))
    if _GROUPED_COMMAS.fullmatch(plain):
        return _from_rupiah(Fraction(plain.replace(",", "")))
    if _PLAIN.fullmatch(plain) and Fraction(plain) >= SMALLEST:
        return _from_rupiah(Fraction(plain))
    if _SHORT_DECIMAL.fullmatch(plain) and not has_currency:
        value = Fraction(plain.replace(",", "."))
        return _asked(value * THOUSAND, value * MILLION)
    return AskAmount()


def _asked(*rupiah: Fraction) -> AskAmount:
    sums = [_from_rupiah(value) for value in rupiah]
    return AskAmount(choices=tuple(one.amount for one in sums if isinstance(one, ExactAmount)))


def _from_rupiah(rupiah: Fraction) -> TypedAmount:
    sen = rupiah * SEN_PER_RUPIAH
    return _if_sensible(Money(int(sen))) if sen.denominator == 1 else AskAmount()


def _if_sensible(amount: Money) -> TypedAmount:
    return ExactAmount(amount=amount) if Money.ZERO < amount <= LARGEST else AskAmount()
