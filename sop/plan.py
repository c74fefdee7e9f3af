"""Instalments: a debt split over dates, agreed by a manager and by the customer in writing. (sop 3, 5; 001, 002)

How a schedule is made stands in plan_schedule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused


class PlanState(Enum):
    REQUESTED = "requested"  # a manager has not agreed yet; the ladder goes on
    OFFERED = "offered"  # the managers agree; the customer's written consent is awaited, the ladder goes on
    RUNNING = "running"
    COMPLETED = "completed"
    BROKEN = "broken"  # missed too often; the managers have it
    DECLINED = "declined"
    LAPSED = "lapsed"  # the customer did not agree in time
    WITHDRAWN = "withdrawn"  # undone, replaced by a newer proposal, or paid before it began


TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.REQUESTED: frozenset({PlanState.OFFERED, PlanState.DECLINED, PlanState.WITHDRAWN}),
    PlanState.OFFERED: frozenset({PlanState.RUNNING, PlanState.LAPSED, PlanState.WITHDRAWN}),
    PlanState.RUNNING: frozenset({PlanState.COMPLETED, PlanState.BROKEN}),
    PlanState.COMPLETED: frozenset({PlanState.RUNNING}),  # a payment was taken back
    PlanState.BROKEN: frozenset({PlanState.RUNNING, PlanState.COMPLETED}),  # money that came in time was posted late
    PlanState.DECLINED: frozenset(),
    PlanState.LAPSED: frozenset(),
    PlanState.WITHDRAWN: frozenset(),
}
PROPOSED = frozenset({PlanState.REQUESTED, PlanState.OFFERED})
AGREED = frozenset({PlanState.RUNNING, PlanState.COMPLETED, PlanState.BROKEN})


class PlanWay(Enum):
    """How he will pay the instalments. (002)"""

    TRANSFER = "by_transfer"
    GIRO = "by_giro"
    CASH = "by_cash"
    VIRTUAL_ACCOUNT = "by_va"


@dataclass(frozen=True, kw_only=True, slots=True)
class Instalment:
    due_on: date
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A payer's agreement over `amount`; its instalments stand beside it.

    `approved_at` is when the managers agreed, `consent_at` when the customer did; `closed_at` when it ended.
    """

    id: int
    payer_id: int
    state: PlanState
    amount: Money
    asked_at: datetime
    way: str | None = None
    proposal: str | None = None
    asked_by_id: int | None = None
    approved_by_id: int | None = None
    approved_at: datetime | None = None
    consent_how: str | None = None
    consent_at: datetime | None = None
    closed_at: datetime | None = None
    outcome_id: int | None = None


class PlanMoved(Refused):
    """The plan has been answered already, or has ended."""

    message: ClassVar[str] = "collector/refused_plan_moved"


class PlanAgreed(Refused):
    """The customer has agreed in writing: a tap does not take that back."""

    message: ClassVar[str] = "collector/refused_plan_agreed"


class Standing(Enum):
    """What became of one instalment so far."""

    PAID = "paid"
    AHEAD = "ahead"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What the plan's invoices say: money that came, and what is disputed of them and so not asked for now."""

    received: Money
    disputed: Money = Money.ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """One invoice of a plan: what of it the plan is about, what is open, and the money that came for it since."""

    amount: Money
    balance: Money
    received: Money
    disputed: Money = Money.ZERO


def counted(shares: Iterable[Share]) -> Counted:
    """This function will add up what was settled of a plan: by money, or because the debt itself became less.

    More than the plan is about never counts for another invoice of it.
    """
    received, disputed = Money.ZERO, Money.ZERO
    for one in shares:
        settled = min(one.amount, max(one.received, (one.amount - one.balance).positive()))
        received += settled
        disputed += min(one.amount - settled, one.disputed)
    return Counted(received=received, disputed=disputed)


def standings(
    instalments: Sequence[Instalment], money: Counted, *, today: date, calendar: WorkCalendar, policy: Policy
) -> tuple[Standing, ...]:
    """This function will say what became of each instalment, money filling the first ones first.

    Short by no more than the promise's tolerance counts as paid; the grace is the promise's, too. (4) What is
    disputed is taken off the end: so much of the last instalments is not missed while the dispute is open.
    """
    found: list[Standing] = []
    owed, asked = Money.ZERO, Money.total(one.amount for one in instalments) - money.disputed
    for one in instalments:
        owed += one.amount
        last = calendar.add_open_days(one.due_on, policy.promise.grace_working_days)
        if money.received and money.received >= owed - policy.promise.tolerance:
            found.append(Standing.PAID)
        else:
            is_short = money.received < min(owed, asked) - policy.promise.tolerance or not money.received
            found.append(Standing.MISSED if today > last and is_short and asked else Standing.AHEAD)
    return tuple(found)


def state_of(found: Iterable[Standing], *, policy: Policy) -> PlanState:
    """This function will judge a running plan: completed, broken by misses in a row, or still running."""
    found = tuple(found)
    if all(one is Standing.PAID for one in found):
        return PlanState.COMPLETED
    missed = sum(one is Standing.MISSED for one in found)  # money fills from the front: misses stand in a row
    return PlanState.BROKEN if missed >= policy.plan.missed_in_a_row else PlanState.RUNNING


def asked_now(instalments: Sequence[Instalment], received: Money, *, today: date) -> Money:
    """This function will say what a running plan asks for today: what has fallen due, else the next instalment."""
    owed = Money.ZERO
    for one in instalments:
        if owed > received and one.due_on > today:
            break
        owed += one.amount
    return (owed - received).positive()


def next_due(instalments: Sequence[Instalment], found: Sequence[Standing]) -> Instalment | None:
    """This function will give the first instalment that is not paid; None when all are."""
    pairs = zip(instalments, found, strict=True)
    return next((one for one, standing in pairs if standing is not Standing.PAID), None)


def reminder_on(instalment: Instalment, *, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the open day on which the customer is reminded (T25)."""
    return calendar.add_open_days(instalment.due_on, -policy.plan.remind_open_days_before)


def consent_until(approved_on: date, *, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the last day on which the customer may still agree (T19)."""
    return calendar.add_open_days(approved_on, policy.plan.consent_working_days)


def moved(plan: Plan, to: PlanState) -> Plan:
    """This function will give the plan in its next state. Raises PlanMoved when the table forbids the step."""
    if to not in TRANSITIONS[plan.state]:
        raise PlanMoved(state=plan.state.value, wanted=to.value)
    return replace(plan, state=to)
