"""`/bayar NOMOR JUMLAH [TANGGAL]` taken apart: which words are the number, which the amount, which the day. (sop 1)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sop.money import Money
from sop.paid_dates import PaidDateUnclear, paid_date_of
from sop.refusal import Refused
from sop.typed_amounts import AskAmount, parse_amount


class HalfTyped(Refused):
    """The number or the amount is missing."""

    message: ClassVar[str] = "finance/refused_half_typed"


class AmountUnclear(Refused):
    """The amount can mean more than one sum, or none."""

    message: ClassVar[str] = "finance/refused_amount"


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedPayment:
    """What was typed. `amount` none: "lunas", the whole balance; `paid_on` none: today."""

    number: str
    amount: Money | None
    paid_on: date | None


_ALL = frozenset({"lunas", "semua", "penuh", "full", "all"})


def typed_payment(argument: str, *, today: date) -> TypedPayment:
    """This function will take the command apart. Raises HalfTyped, AmountUnclear or PaidDateUnclear."""
    number, *rest = argument.split() or [""]
    if not rest:
        raise HalfTyped(number=number)
    for end in range(len(rest), 0, -1):
        amount, day = " ".join(rest[:end]), " ".join(rest[end:])
        if not _is_amount(amount):
            continue
        paid_on = paid_date_of(day, today=today) if day else None
        return TypedPayment(number=number, amount=_amount(amount), paid_on=paid_on)
    raise AmountUnclear(text=" ".join(rest)[:30])


def _is_amount(text: str) -> bool:
    return text.lower() in _ALL or not isinstance(parse_amount(text), AskAmount)


def _amount(text: str) -> Money | None:
    found = parse_amount(text)
    return None if isinstance(found, AskAmount) else found.amount


__all__ = ["AmountUnclear", "HalfTyped", "PaidDateUnclear", "TypedPayment", "typed_payment"]
