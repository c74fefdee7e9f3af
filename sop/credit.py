"""Credit notes: what reduces a balance without money coming in. (sop 8)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.ledger import Invoice
from sop.money import Money
from sop.refusal import Refused


class CreditKind(Enum):
    RETURN = "return"  # nota retur
    DISPUTE = "dispute"  # a disputed part that was accepted
    WITHHOLDING = "withholding"  # tax kept back, its document is here
    DISCOUNT = "discount"  # paid early enough
    RELIEF = "relief"  # the managers gave something up
    CORRECTION = "correction"


BY_HAND = (CreditKind.RETURN, CreditKind.CORRECTION)
"""What finance may post with a command; every other kind is the end of a life of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreditNote:
    """A credit note on the books; its shares stand on invoices."""

    id: int
    payer_id: int
    kind: CreditKind
    number: str | None
    amount: Money
    issued_on: date
    captured_at: datetime
    reversed_at: datetime | None = None
    payment_id: int | None = None


class NothingCredited(Refused):
    """A credit note is more than nothing, on one invoice at least."""

    message: ClassVar[str] = "finance/refused_nothing_credited"


class CreditTooLarge(Refused):
    """More than is open on the invoice: `number` names it, `balance` is what is open."""

    message: ClassVar[str] = "finance/refused_credit_too_large"


class CreditNumberTaken(Refused):
    """The number of the note stands on another one already."""

    message: ClassVar[str] = "finance/refused_credit_number_taken"


def check_shares(shares: Mapping[int, Money], invoices: Mapping[int, Invoice]) -> None:
    """This function will accept shares by invoice that are above nothing and no more than is open.

    Raises NothingCredited and CreditTooLarge.
    """
    if not shares or any(amount <= Money.ZERO for amount in shares.values()):
        raise NothingCredited()
    for invoice_id, amount in shares.items():
        known = invoices.get(invoice_id)
        balance = Money.ZERO if known is None else known.balance
        if amount > balance:
            raise CreditTooLarge(number="" if known is None else known.number, balance=balance)
