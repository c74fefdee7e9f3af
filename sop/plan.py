"""Instalments: a debt split over dates, agreed by a manager, and what happens when one is missed. (sop 3, 5; 002)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused


class PlanState(Enum):
    REQUESTED = "requested"  # a manager has not agreed yet; the ladder goes on
    OFFERED = "offered"  # the managers agree; the customer's written consent is awaited
    RUNNING = "running"
    COMPLETED = "completed"
    BROKEN = "broken"  # missed too often; the managers have it
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.REQUESTED: frozenset({PlanState.OFFERED, PlanState.DECLINED, PlanState.WITHDRAWN}),
    PlanState.OFFERED: frozenset({PlanState.RUNNING, PlanState.DECLINED, PlanState.WITHDRAWN}),
    PlanState.RUNNING: frozenset({PlanState.COMPLETED, PlanState.BROKEN, PlanState.WITHDRAWN}),
    PlanState.COMPLETED: frozenset({PlanState.RUNNING}),  # a payment was taken back
    PlanState.BROKEN: frozenset({PlanState.RUNNING, PlanState.WITHDRAWN}),  # the managers give it another chance
    PlanState.DECLINED: frozenset(),
    PlanState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Instalment:
    due_on: date
    amount: Money


class PlanRefused(Refused):
    """These instalments cannot be agreed."""

    message: ClassVar[str] = "collector/refused_plan"


class PlanMoved(Refused):
    """The plan has been answered already, or has ended."""

    message: ClassVar[str] = "collector/refused_plan_moved"


class Standing(Enum):
    """What became of one instalment so far."""

    PAID = "paid"
    AHEAD = "ahead"
    MISSED = "missed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What the customer asks for: so many instalments, the first on a day, then every so many days."""

    total: Money
    instalments: int
    first_on: date
    every_days: int


def propose(wish: Wish, *, today: date, calendar: WorkCalendar, policy: Policy) -> tuple[Instalment, ...]:
    """This function will split a debt into whole rupiah over open days; the last instalment takes the rest.

    A closed day becomes the open day after. Raises PlanRefused for a number of instalments or a period beyond the
    policy, for a first day in the past, and where an instalment would be nothing.
    """
    terms = policy.plan
    if not terms.instalments_least <= wish.instalments <= terms.instalments_most:
        raise PlanRefused(instalments=wish.instalments, most=terms.instalments_most, last_on=wish.first_on)
    days = [wish.first_on + timedelta(days=wish.every_days * place) for place in range(wish.instalments)]
    open_days = [calendar.open_on_or_after(day) for day in days]
    latest = today + timedelta(days=terms.horizon_days)
    is_in_order = all(one < other for one, other in pairwise(open_days))
    amounts = wish.total.split(wish.instalments)
    if wish.first_on < today or open_days[-1] > latest or not is_in_order or min(amounts) <= Money.ZERO:
        raise PlanRefused(instalments=wish.instalments, most=terms.instalments_most, last_on=open_days[-1])
    return tuple(Instalment(due_on=on, amount=amount) for on, amount in zip(open_days, amounts, strict=True))


def check_typed(instalments: Sequence[Instalment], *, total: Money, today: date, policy: Policy) -> None:
    """This function will accept instalments agreed by hand. Raises PlanRefused unless they rise and add up."""
    terms = policy.plan
    days = [one.due_on for one in instalments]
    fits = terms.instalments_least <= len(days) <= terms.instalments_most
    rises = days == sorted(set(days)) and bool(days) and today <= days[0]
    is_near = bool(days) and days[-1] <= today + timedelta(days=terms.horizon_days)
    adds_up = Money.total(one.amount for one in instalments) == total
    if not (fits and rises and is_near and adds_up):
        raise PlanRefused(instalments=len(days), most=terms.instalments_most, last_on=days[-1] if days else today)


def standings(
    instalments: Sequence[Instalment], received: Money, *, today: date, calendar: WorkCalendar, policy: Policy
) -> tuple[Standing, ...]:
    """This function will say what became of each instalment, money filling the first ones first.

    Short by no more than the promise's tolerance counts as paid; the grace is the promise's, too. (4)
    """
    found: list[Standing] = []
    owed = Money.ZERO
    for one in instalments:
        owed += one.amount
        last = calendar.add_open_days(one.due_on, policy.promise.grace_working_days)
        if received and received >= owed - policy.promise.tolerance:
            found.append(Standing.PAID)
        else:
            found.append(Standing.MISSED if today > last else Standing.AHEAD)
    return tuple(found)


def state_of(found: Iterable[Standing], *, policy: Policy) -> PlanState:
    """This function will judge a running plan: completed, broken by misses in a row, or still running."""
    found = tuple(found)
    if all(one is Standing.PAID for one in found):
        return PlanState.COMPLETED
    missed = sum(one is Standing.MISSED for one in found)  # money fills from the front: misses stand in a row
    return PlanState.BROKEN if missed >= policy.plan.missed_in_a_row else PlanState.RUNNING


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A payer's agreement; its instalments stand beside it."""

    id: int
    payer_id: int
    state: PlanState


def moved(plan: Plan, to: PlanState) -> Plan:
    """This function will give the plan in its next state. Raises PlanMoved when the table forbids the step."""
    if to not in TRANSITIONS[plan.state]:
        raise PlanMoved(state=plan.state.value, wanted=to.value)
    return replace(plan, state=to)
