"""Where a payment became known (section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sop.money import Money


class PaymentSource(Enum):
    CLAIM = "claim"  # a customer's claim that finance confirmed
    COMMAND = "command"  # /bayar
    LIST = "list"  # a newer receivable list shows more paid
    STATEMENT = "statement"
    DEPOSIT = "deposit"
    WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """Money that came in; it counts for promises from the moment it was captured (4)."""

    id: int
    payer_id: int
    amount: Money
    paid_on: date
    captured_at: datetime
    source: PaymentSource
    reversed_at: datetime | None
    reference: str | None = None
