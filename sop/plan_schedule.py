"""How instalments are laid out: by number and rhythm, or as they were agreed. (sop 3; 001, 002)"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.plan import Instalment
from sop.policy import Policy
from sop.refusal import Refused

MONTHS_A_YEAR = 12


class Rhythm(Enum):
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


_WEEKS = {Rhythm.WEEKLY: 1, Rhythm.FORTNIGHTLY: 2}


class PlanRefused(Refused):
    """These instalments cannot be agreed."""

    message: ClassVar[str] = "collector/refused_plan"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What the customer asks for: so many instalments, the first on a day, then in a rhythm."""

    total: Money
    instalments: int
    first_on: date
    rhythm: Rhythm


def propose(wish: Wish, *, today: date, calendar: WorkCalendar, policy: Policy) -> tuple[Instalment, ...]:
    """This function will split a debt into whole rupiah over open days; the last instalment takes the rest.

    A closed day becomes the open day after. Raises PlanRefused for a number of instalments or a period beyond the
    policy, for a first day in the past, and where an instalment would be nothing.
    """
    terms = policy.plan
    if not terms.instalments_least <= wish.instalments <= terms.instalments_most:
        raise PlanRefused(instalments=wish.instalments, most=terms.instalments_most, last_on=wish.first_on)
    open_days = [calendar.open_on_or_after(nth_day(wish, place)) for place in range(wish.instalments)]
    latest = today + timedelta(days=terms.horizon_days)
    is_in_order = all(one < other for one, other in pairwise(open_days))
    amounts = wish.total.split(wish.instalments)
    if wish.first_on < today or open_days[-1] > latest or not is_in_order or min(amounts) <= Money.ZERO:
        raise PlanRefused(instalments=wish.instalments, most=terms.instalments_most, last_on=open_days[-1])
    return tuple(Instalment(due_on=on, amount=amount) for on, amount in zip(open_days, amounts, strict=True))


def nth_day(wish: Wish, place: int) -> date:
    """This function will give the day of an instalment, from 0; a day beyond the month means its last."""
    if wish.rhythm is not Rhythm.MONTHLY:
        return wish.first_on + timedelta(weeks=_WEEKS[wish.rhythm] * place)
    months = wish.first_on.month - 1 + place
    year, month = wish.first_on.year + months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1
    return date(year, month, min(wish.first_on.day, monthrange(year, month)[1]))


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
