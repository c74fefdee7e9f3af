"""Before a customer is chased for the first time, five questions to ourselves. (002 step 3, 003)"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar

from sop.errand import ErrandKind
from sop.ledger import Invoice, days_past_due
from sop.policy import Policy
from sop.refusal import Refused


class Check(Enum):
    """What has to be true before money is asked for, in the order it is asked."""

    SENT = "sent"
    RECEIVED = "received"
    AMOUNT_RIGHT = "amount_right"
    CREDITS_APPLIED = "credits_applied"
    NO_DISPUTE = "no_dispute"


FOLLOWS: dict[Check, ErrandKind | None] = {
    Check.SENT: ErrandKind.RESEND_INVOICE,
    Check.RECEIVED: ErrandKind.RESEND_INVOICE,
    Check.AMOUNT_RIGHT: ErrandKind.CHECK_AMOUNT,
    Check.CREDITS_APPLIED: ErrandKind.APPLY_CREDIT,
    Check.NO_DISPUTE: None,  # a dispute is recorded as one
}
"""What a "no" makes; until it is done the invoice rests."""
HELD_BY = frozenset(kind for kind in FOLLOWS.values() if kind is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """One check that was made: the day, the invoices it was about, and what was found wrong."""

    on: date
    invoice_ids: frozenset[int]
    wrong: frozenset[Check]


class NothingToCheck(Refused):
    """Nothing of the payer is overdue any more, or it was checked meanwhile."""

    message: ClassVar[str] = "collector/refused_nothing_to_check"


def to_check(
    invoices: Iterable[Invoice], done: Iterable[Checked], *, today: date, policy: Policy
) -> tuple[Invoice, ...]:
    """This function will list the overdue invoices that nobody has checked; none while the last check is recent.

    Asked on the first overdue card, then again only for new invoices, and not more often than the policy says.
    """
    checks = list(done)
    last = max((one.on for one in checks), default=None)
    if last is not None and (today - last).days < policy.errands.check_again_after_days:
        return ()
    known: set[int] = set().union(*(one.invoice_ids for one in checks))
    return tuple(one for one in invoices if days_past_due(one, today=today) > 0 and one.id not in known)


def follow_ups_of(wrong: Collection[Check]) -> tuple[ErrandKind, ...]:
    """This function will name the errands that a check orders, each once, in the order of the questions."""
    kinds = [FOLLOWS[one] for one in Check if one in wrong]
    return tuple(dict.fromkeys(kind for kind in kinds if kind is not None))
