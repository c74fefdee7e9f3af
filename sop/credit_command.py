"""`/kredit NOMOR_FAKTUR JUMLAH [NOMOR NOTA]` taken apart. (sop 8)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sop.money import Money
from sop.payment_command import AmountUnclear
from sop.refusal import Refused
from sop.typed_amounts import AskAmount, parse_amount

_ALL = frozenset({"lunas", "semua", "penuh", "full", "all"})
_MOST_LETTERS = 60


class CreditHalfTyped(Refused):
    """The invoice or the amount is missing."""

    message: ClassVar[str] = "finance/refused_credit_half_typed"


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedCredit:
    """What was typed. `amount` none: all that is open; `number` none: the note bears no number."""

    invoice: str
    amount: Money | None
    number: str | None


def typed_credit(argument: str) -> TypedCredit:
    """This function will take the command apart: the shortest text after the invoice that is an amount, then the note.

    Raises CreditHalfTyped and AmountUnclear.
    """
    invoice, *rest = argument.split() or [""]
    if not rest:
        raise CreditHalfTyped(number=invoice)
    for end in range(1, min(len(rest), 3) + 1):
        amount = _amount(" ".join(rest[:end]))
        if amount is not None or rest[0].lower() in _ALL:
            number = " ".join(rest[end:])[:_MOST_LETTERS] or None
            return TypedCredit(invoice=invoice, amount=amount, number=number)
    raise AmountUnclear(text=" ".join(rest)[:30])


def _amount(text: str) -> Money | None:
    found = parse_amount(text)
    return None if isinstance(found, AskAmount) else found.amount
