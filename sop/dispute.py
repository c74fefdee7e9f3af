"""A dispute pauses the disputed part of one invoice, and only that part. (sop 3, 6; 004: internal problems first)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from sop.money import Money
from sop.refusal import Refused


class DisputeCause(Enum):
    DAMAGED = "damaged"
    SHORT_DELIVERED = "short_delivered"
    WRONG_DELIVERY = "wrong_delivery"
    WRONG_BILLING = "wrong_billing"
    POOR_WORK = "poor_work"
    INVOICE_NOT_RECEIVED = "invoice_not_received"
    RETURNED = "returned"
    OTHER = "other"


class DisputeState(Enum):
    OPEN = "open"
    ACCEPTED = "accepted"  # the customer is right; the credit note is still to be posted
    SETTLED = "settled"  # the credit note is posted, the balance is right
    REJECTED = "rejected"  # explained to the customer; the part is due again
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[DisputeState, frozenset[DisputeState]] = {
    DisputeState.OPEN: frozenset(
        {DisputeState.ACCEPTED, DisputeState.SETTLED, DisputeState.REJECTED, DisputeState.WITHDRAWN}
    ),
    DisputeState.ACCEPTED: frozenset({DisputeState.SETTLED}),
    DisputeState.SETTLED: frozenset(),
    DisputeState.REJECTED: frozenset(),  # the customer may raise a new one
    DisputeState.WITHDRAWN: frozenset(),
}
HOLDING = frozenset({DisputeState.OPEN, DisputeState.ACCEPTED})
"""An accepted dispute holds on: nobody is chased for a part we agreed to credit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """A customer's objection to one invoice; `amount` None means all of it."""

    id: int
    payer_id: int
    invoice_id: int
    cause: DisputeCause
    state: DisputeState
    opened_at: datetime
    amount: Money | None = None
    note: str | None = None
    photo_file: str | None = None
    outcome_id: int | None = None


class DisputeClosed(Refused):
    """The dispute has already ended, or cannot go that way."""

    message: ClassVar[str] = "collector/refused_dispute_closed"


class DisputeTooLarge(Refused):
    """More is disputed than is owed, or nothing at all."""

    message: ClassVar[str] = "collector/refused_dispute_amount"


def moved(dispute: Dispute, to: DisputeState) -> Dispute:
    """This function will give the dispute in its next state. Raises DisputeClosed when the table forbids the step."""
    if to not in TRANSITIONS[dispute.state]:
        raise DisputeClosed(state=dispute.state.value, wanted=to.value)
    return replace(dispute, state=to)


def check_amount(amount: Money | None, *, balance: Money) -> None:
    """This function will accept a disputed part of the balance (None: all). Raises DisputeTooLarge."""
    if amount is not None and not Money.ZERO < amount <= balance:
        raise DisputeTooLarge(amount=amount, balance=balance)


def disputed_part(disputes: Iterable[Dispute], *, balance: Money) -> Money:
    """This function will say how much of one invoice's balance its disputes hold; never more than the balance."""
    held = Money.ZERO
    for dispute in disputes:
        if dispute.state in HOLDING:
            held += balance if dispute.amount is None else dispute.amount
    return min(held, balance)
