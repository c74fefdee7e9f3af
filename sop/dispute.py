"""A dispute pauses the disputed part of one invoice, and only that part. (sop 3, 6; 004: internal problems first)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.people import CONFIRMERS, DECIDERS, Role
from sop.policy import Policy
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
    DisputeState.ACCEPTED: frozenset({DisputeState.SETTLED, DisputeState.WITHDRAWN}),  # paid before it was posted
    DisputeState.SETTLED: frozenset(),
    DisputeState.REJECTED: frozenset(),  # the customer may raise a new one
    DisputeState.WITHDRAWN: frozenset(),
}
HOLDING = frozenset({DisputeState.OPEN, DisputeState.ACCEPTED})
"""An accepted dispute holds on: nobody is chased for a part we agreed to credit."""
ANSWERS = frozenset({DisputeState.ACCEPTED, DisputeState.SETTLED, DisputeState.REJECTED})


class Finder(Enum):
    """Who finds out what happened: whoever can look into the cause. (004)"""

    SALES = "sales"  # the customer's sales person asks the warehouse; without one the managers do
    FINANCE = "finance"  # without a finance person the managers do
    MANAGER = "manager"


FOUND_BY: dict[DisputeCause, Finder] = {
    DisputeCause.DAMAGED: Finder.SALES,
    DisputeCause.SHORT_DELIVERED: Finder.SALES,
    DisputeCause.WRONG_DELIVERY: Finder.SALES,
    DisputeCause.WRONG_BILLING: Finder.FINANCE,
    DisputeCause.POOR_WORK: Finder.SALES,
    DisputeCause.INVOICE_NOT_RECEIVED: Finder.FINANCE,  # the copy is an errand of the collector
    DisputeCause.RETURNED: Finder.FINANCE,
    DisputeCause.OTHER: Finder.MANAGER,
}
"""Who answers a dispute, by its cause. (ours)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """A customer's objection to one invoice; `amount` None means all of it.

    `credited` is what was accepted, `answer` what was found, as the customer hears it; `owner_id` None: everybody of
    the finder's role. `opened_by_id` is who took it down.
    """

    id: int
    payer_id: int
    invoice_id: int
    cause: DisputeCause
    state: DisputeState
    opened_at: datetime
    amount: Money | None = None
    note: str | None = None
    photo_id: int | None = None
    owner_id: int | None = None
    opened_by_id: int | None = None
    answer_by_on: date | None = None
    told_on: date | None = None
    credited: Money | None = None
    answer: str | None = None
    outcome_id: int | None = None

    def part_of(self, balance: Money) -> Money:
        """How much of the invoice's balance is in doubt, or agreed to be credited."""
        wanted = self.credited if self.state is DisputeState.ACCEPTED else self.amount
        return balance if wanted is None else min(wanted, balance)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """Who answers; `has_finance`: somebody of finance works here."""

    person_id: int
    role: Role
    has_finance: bool

    @property
    def may_post(self) -> bool:
        """Credit notes are finance's, or the managers' where there is no finance person. (1, 8)"""
        return self.role is Role.FINANCE or (self.role in DECIDERS and not self.has_finance)


class DisputeClosed(Refused):
    """The dispute has already ended, or cannot go that way."""

    message: ClassVar[str] = "collector/refused_dispute_closed"


class DisputeTooLarge(Refused):
    """More is disputed than is owed, or nothing at all."""

    message: ClassVar[str] = "collector/refused_dispute_amount"


class OwnDispute(Refused):
    """Nobody answers the dispute he took down himself."""

    message: ClassVar[str] = "finance/refused_own_dispute"


class NotTheFinder(Refused):
    """Somebody else finds out about this cause."""

    message: ClassVar[str] = "finance/refused_not_the_finder"


def moved(dispute: Dispute, to: DisputeState) -> Dispute:
    """This function will give the dispute in its next state. Raises DisputeClosed when the table forbids the step."""
    if to not in TRANSITIONS[dispute.state]:
        raise DisputeClosed(state=dispute.state.value, wanted=to.value)
    return replace(dispute, state=to)


def check_judge(dispute: Dispute, by: Judge) -> None:
    """This function will accept who answers a dispute. Raises OwnDispute or NotTheFinder.

    The person asked, finance about its own causes, and managers always; never who took it down.
    """
    if by.person_id == dispute.opened_by_id:
        raise OwnDispute()
    if by.role in DECIDERS or by.person_id == dispute.owner_id:
        return
    if by.role is not Role.FINANCE or FOUND_BY[dispute.cause] is not Finder.FINANCE:
        raise NotTheFinder(cause=dispute.cause.value)


def accepted(dispute: Dispute, amount: Money | None, *, balance: Money, by: Judge) -> Dispute:
    """This function will accept a dispute, or a part of it (None: all of the disputed part). Raises as `moved`,
    `check_judge`, and DisputeTooLarge.

    Who may post credit notes settles it at once; anybody else's word waits for finance.
    """
    check_judge(dispute, by)
    to = DisputeState.SETTLED if by.may_post else DisputeState.ACCEPTED
    after, part = moved(dispute, to), dispute.part_of(balance)
    check_amount(amount, balance=part)
    return replace(after, credited=part if amount is None else amount)


def rejected(dispute: Dispute, why: str, *, by: Judge) -> Dispute:
    """This function will reject a dispute with what the customer is told. Raises as `moved` and `check_judge`."""
    check_judge(dispute, by)
    return replace(moved(dispute, DisputeState.REJECTED), answer=why)


def posted(dispute: Dispute, *, by: Judge) -> Dispute:
    """This function will settle an accepted dispute whose credit note finance posts now. Raises as `moved`, OwnDispute
    and NotTheFinder."""
    if by.person_id == dispute.opened_by_id:
        raise OwnDispute()
    if by.role not in CONFIRMERS or not by.may_post:
        raise NotTheFinder(cause=dispute.cause.value)
    if dispute.state is not DisputeState.ACCEPTED:
        raise DisputeClosed(state=dispute.state.value, wanted=DisputeState.SETTLED.value)
    return moved(dispute, DisputeState.SETTLED)


def check_amount(amount: Money | None, *, balance: Money) -> None:
    """This function will accept a disputed part of the balance (None: all). Raises DisputeTooLarge."""
    if amount is not None and not Money.ZERO < amount <= balance:
        raise DisputeTooLarge(amount=amount, balance=balance)


def disputed_part(disputes: Iterable[Dispute], *, balance: Money) -> Money:
    """This function will say how much of one invoice's balance its disputes hold; never more than the balance."""
    held = Money.total(dispute.part_of(balance) for dispute in disputes if dispute.state in HOLDING)
    return min(held, balance)


def answer_by(*, today: date, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the day the customer hears of it again. (T15)"""
    return calendar.add_open_days(today, policy.payments.dispute_answer_working_days)


def is_to_be_reminded(dispute: Dispute, *, today: date) -> bool:
    """This function will say whether who finds out is reminded today: on the last day, and daily after it."""
    due_on = dispute.answer_by_on
    return dispute.state in HOLDING and due_on is not None and due_on <= today and dispute.told_on != today


def goes_to_managers(dispute: Dispute, *, today: date) -> bool:
    """This function will say whether the managers read of it in their daily list: the customer's day has passed."""
    return dispute.state in HOLDING and dispute.answer_by_on is not None and dispute.answer_by_on < today
