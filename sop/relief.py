"""Relief and changed credit terms: asked by a collector, answered by the managers. (sop 5; 002, 003)"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused


class ReliefKind(Enum):
    PENALTY_WAIVED = "penalty_waived"
    SETTLEMENT_DISCOUNT = "settlement_discount"
    NEW_TERMS = "new_terms"  # such as 30 -> 60 days


class ReliefState(Enum):
    REQUESTED = "requested"
    GRANTED = "granted"  # of a settlement: the offer stands until its day
    DECLINED = "declined"
    USED = "used"  # credited, or in force
    LAPSED = "lapsed"  # the settlement was not paid in time
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[ReliefState, frozenset[ReliefState]] = {
    ReliefState.REQUESTED: frozenset({ReliefState.GRANTED, ReliefState.DECLINED, ReliefState.WITHDRAWN}),
    ReliefState.GRANTED: frozenset({ReliefState.USED, ReliefState.LAPSED, ReliefState.WITHDRAWN}),
    ReliefState.DECLINED: frozenset(),
    ReliefState.USED: frozenset({ReliefState.GRANTED, ReliefState.LAPSED}),  # the payment it rested on was taken back
    ReliefState.LAPSED: frozenset({ReliefState.USED}),  # money that came in time was posted late
    ReliefState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Relief:
    """One wish: an `amount` let off (until `until_on`, when it is a settlement), or `term_days` from now on."""

    id: int
    payer_id: int
    kind: ReliefKind
    state: ReliefState
    asked_at: datetime
    amount: Money | None = None
    term_days: int | None = None
    until_on: date | None = None
    reason: str | None = None
    asked_by_id: int | None = None
    decided_by_id: int | None = None
    outcome_id: int | None = None


class ReliefMoved(Refused):
    """The wish has been answered already, or has ended."""

    message: ClassVar[str] = "collector/refused_relief_moved"


class ReliefRefused(Refused):
    """So much cannot be let off: it is nothing, or all of what is open; or the offer would stand too long."""

    message: ClassVar[str] = "collector/refused_relief"


class TermRefused(Refused):
    """A credit term nobody may be given, or the one he has."""

    message: ClassVar[str] = "collector/refused_term"


def moved(relief: Relief, to: ReliefState) -> Relief:
    """This function will give the wish in its next state. Raises ReliefMoved when the table forbids the step."""
    if to not in TRANSITIONS[relief.state]:
        raise ReliefMoved(state=relief.state.value, wanted=to.value)
    return replace(relief, state=to)


def check_amount(amount: Money, *, total: Money) -> None:
    """This function will accept a part of what is open to be let off. Raises ReliefRefused."""
    if not Money.ZERO < amount < total:
        raise ReliefRefused(amount=amount, total=total)


def offer_until(named: date | None, *, today: date, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the last day of a settlement: the one named, else some days from now, on an open day.

    Raises ReliefRefused for a day before today or beyond the horizon.
    """
    on = named or today + timedelta(days=policy.relief.offer_days)
    if not today <= on <= today + timedelta(days=policy.relief.horizon_days):
        raise ReliefRefused(on=on)
    return calendar.open_on_or_after(on)


def check_term(days: int, *, before: int | None, policy: Policy) -> None:
    """This function will accept another credit term. Raises TermRefused."""
    if not 0 < days <= policy.relief.longest_term_days or days == before:
        raise TermRefused(days=days, most=policy.relief.longest_term_days)


def is_settled(relief: Relief, *, balance: Money, late: Money, in_time: Money) -> bool:
    """This function will say whether a settlement is earned: what did not come in time is no more than what is let off.

    `balance` is open now, `late` came after the offer's last day, `in_time` until then; without any of that nothing
    was settled.
    """
    amount = relief.amount or Money.ZERO
    return balance > Money.ZERO and in_time > Money.ZERO and balance + late <= amount


def last_day(relief: Relief, *, calendar: WorkCalendar, policy: Policy) -> date | None:
    """This function will give the last day money counts for a settlement; the grace is the promise's. (4)"""
    if relief.until_on is None:
        return None
    return calendar.add_open_days(relief.until_on, policy.promise.grace_working_days)


def is_over(relief: Relief, *, today: date, calendar: WorkCalendar, policy: Policy) -> bool:
    """This function will say whether a granted settlement was not paid in time."""
    last = last_day(relief, calendar=calendar, policy=policy)
    return last is not None and today > last
