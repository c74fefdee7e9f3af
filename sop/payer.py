"""What one payer owes as his one message and his one card say it. (sop 1, 2.1, 6)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sop.ladder import Step
from sop.ledger import Invoice, days_past_due
from sop.money import Money
from sop.policy import Policy


class AgingBucket(Enum):
    """Age by days late; the borders stand in the policy. (sop 12)"""

    NOT_DUE = "not_due"
    FIRST = "first"  # 1-30
    SECOND = "second"  # 31-60
    THIRD = "third"  # 61-90
    LAST = "last"  # more


_OVERDUE_BUCKETS = (AgingBucket.FIRST, AgingBucket.SECOND, AgingBucket.THIRD)


def bucket_of(days: int, *, policy: Policy) -> AgingBucket:
    """This function will give the bucket of so many days late; 0 is not due yet or due today."""
    if days <= 0:
        return AgingBucket.NOT_DUE
    for border, bucket in zip(policy.signs.aging_days, _OVERDUE_BUCKETS, strict=False):
        if days <= border:
            return bucket
    return AgingBucket.LAST


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """An open invoice, what of it may be chased after holds, and the step it reached (None: none yet)."""

    invoice: Invoice
    chaseable: Money
    step: Step | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How the one message speaks: by the most advanced step, urgent only about what is overdue.

    `main` are the invoices the step's text is about, `upcoming` those that follow as "akan jatuh tempo". At H0 and
    before, `main` are the due or nearly due invoices themselves.
    """

    step: Step
    main: tuple[Reached, ...]
    upcoming: tuple[Reached, ...]

    @property
    def amount(self) -> Money:
        """What the text asks for: the main invoices only."""
        return Money.total(one.chaseable for one in self.main)


def chaseable(invoices: Iterable[Reached]) -> tuple[Reached, ...]:
    """This function will keep the invoices that move: something of them may be chased, oldest due first. (2.1)"""
    moving = [one for one in invoices if one.invoice.balance > Money.ZERO and one.chaseable > Money.ZERO]
    return tuple(sorted(moving, key=lambda one: (one.invoice.due_on, one.invoice.number)))


def wording_of(invoices: Iterable[Reached], *, today: date) -> Wording | None:
    """This function will choose how a payer is written to; None: nothing that moves has reached a step.

    The most advanced step words the message. When it is an overdue one, every overdue invoice that moves belongs to
    it, the others that reached a step follow as upcoming. Otherwise the invoices of that very step are the main ones.
    """
    moving = [one for one in chaseable(invoices) if one.step is not None]
    if not moving:
        return None
    step = max((one.step for one in moving if one.step is not None), key=lambda one: one.rank)
    main = tuple(one for one in moving if _belongs(one, step, today))
    return Wording(step=step, main=main, upcoming=tuple(one for one in moving if one not in main))


def _belongs(one: Reached, step: Step, today: date) -> bool:
    if one.step is step:
        return True
    return (
        step.is_overdue and days_past_due(one.invoice, today=today) > 0 and one.step is not None and one.step.is_overdue
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Exposure:
    """A payer in four numbers; `days_late` is the oldest invoice's, never negative."""

    total: Money
    overdue: Money
    oldest_due_on: date | None
    days_late: int


def exposure_of(invoices: Sequence[Invoice], *, today: date) -> Exposure:
    """This function will add up a payer's open invoices."""
    still_open = [one for one in invoices if one.balance > Money.ZERO]
    late = [one for one in still_open if days_past_due(one, today=today) > 0]
    return Exposure(
        total=Money.total(one.balance for one in still_open),
        overdue=Money.total(one.balance for one in late),
        oldest_due_on=min((one.due_on for one in still_open), default=None),
        days_late=max((days_past_due(one, today=today) for one in late), default=0),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """The invoices a card lists, and the rest as one number and amount ("dan 52 lain, Rp...")."""

    listed: tuple[Reached, ...]
    others: int
    others_amount: Money


def page_of(invoices: Iterable[Reached], *, policy: Policy) -> Page:
    """This function will cut a payer's invoices to what a card can show, oldest due first. (3)"""
    moving = chaseable(invoices)
    listed, rest = moving[: policy.desk.invoices_on_card], moving[policy.desk.invoices_on_card :]
    return Page(listed=listed, others=len(rest), others_amount=Money.total(one.chaseable for one in rest))
