"""Where a payment became known (section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused


class PaymentSource(Enum):
    CLAIM = "claim"  # a customer's claim that finance confirmed
    COMMAND = "command"  # /bayar
    LIST = "list"  # a newer receivable list shows more paid
    STATEMENT = "statement"
    DEPOSIT = "deposit"  # cash a collector took, counted by finance
    GIRO = "giro"  # cleared
    WEBHOOK = "webhook"


class ReversalReason(Enum):
    """Why a payment is taken back; nobody does it without saying so."""

    WRONG_PAYER = "wrong_payer"
    WRONG_AMOUNT = "wrong_amount"
    POSTED_TWICE = "posted_twice"
    BANK_RETURNED = "bank_returned"
    NEVER_CAME = "never_came"


class AlreadyReversed(Refused):
    """The payment was taken back before."""

    message: ClassVar[str] = "finance/refused_already_reversed"


def is_told_to_managers(amount: Money, *, policy: Policy) -> bool:
    """This function will say whether the managers hear of a reversal of so much. (ours)"""
    return amount > policy.payments.reversal_told_above


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
    reversal_reason: str | None = None
