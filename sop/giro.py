"""A bilyet giro: a promise of the bank's, not money, until it has cleared. (sop 3; indonesia 2.3)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.claim import Answerer, check_answerer
from sop.money import Money
from sop.policy import Policy
from sop.refusal import Refused

LONGEST_BANK = 30


class GiroState(Enum):
    HELD = "held"
    CLEARED = "cleared"
    BOUNCED = "bounced"
    WITHDRAWN = "withdrawn"  # undone, or handed back


TRANSITIONS: dict[GiroState, frozenset[GiroState]] = {
    GiroState.HELD: frozenset({GiroState.CLEARED, GiroState.BOUNCED, GiroState.WITHDRAWN}),
    GiroState.CLEARED: frozenset(),
    GiroState.BOUNCED: frozenset(),  # presented again it is taken again, with a new card
    GiroState.WITHDRAWN: frozenset(),
}
HOLDING = frozenset({GiroState.HELD})
BY_FINANCE = frozenset({GiroState.CLEARED, GiroState.BOUNCED})


class Bank(Enum):
    """The banks offered as buttons; any other is typed."""

    BCA = "bca"
    MANDIRI = "mandiri"
    BRI = "bri"
    BNI = "bni"


@dataclass(frozen=True, kw_only=True, slots=True)
class Giro:
    """One paper; `effective_on` is the first day the bank may pay it. `shares` by invoice add up to `amount`."""

    id: int
    payer_id: int
    amount: Money
    number: str
    bank: str
    effective_on: date
    state: GiroState
    taken_by_id: int
    taken_at: datetime
    photo_id: int | None = None
    reminded_on: date | None = None
    asked_on: date | None = None
    closed_at: datetime | None = None
    payment_id: int | None = None
    outcome_id: int | None = None
    shares: Mapping[int, Money] = field(default_factory=lambda: MappingProxyType({}))


class GiroAnswered(Refused):
    """The giro was answered already, or cannot go that way."""

    message: ClassVar[str] = "finance/refused_giro_answered"


class GiroKnown(Refused):
    """A giro of this number and bank is held already."""

    message: ClassVar[str] = "collector/refused_giro_known"


class GiroNotValid(Refused):
    """The effective date lies outside the days a giro is valid; `first` and `last` are the days it may have."""

    message: ClassVar[str] = "collector/refused_giro_date"


class BankUnreadable(Refused):
    """The name of a bank has letters, and few enough of them."""

    message: ClassVar[str] = "collector/refused_giro_bank"


def answered(giro: Giro, to: GiroState, by: Answerer) -> Giro:
    """This function will give the giro as finance answered it. Raises OnlyFinance, OwnMoney or GiroAnswered."""
    check_answerer(by, reported_by_id=giro.taken_by_id)
    if to not in BY_FINANCE or to not in TRANSITIONS[giro.state]:
        raise GiroAnswered(state=giro.state.value)
    return replace(giro, state=to)


def withdrawn(giro: Giro) -> Giro:
    """This function will give the giro as undone by who took it. Raises GiroAnswered once finance has answered."""
    if GiroState.WITHDRAWN not in TRANSITIONS[giro.state]:
        raise GiroAnswered(state=giro.state.value)
    return replace(giro, state=GiroState.WITHDRAWN)


def check_effective(on: date, *, today: date, policy: Policy) -> None:
    """This function will accept an effective date: a giro is valid for 70 days from its issue, known to nobody here.

    So it lies at most so far ahead, and not so far back that it must have run out. Raises GiroNotValid.
    """
    first, last = effective_days(today, policy=policy)
    if not first <= on <= last:
        raise GiroNotValid(on=on, first=first, last=last)


def effective_days(today: date, *, policy: Policy) -> tuple[date, date]:
    """This function will give the first and the last day an effective date may be."""
    valid = timedelta(days=policy.payments.giro_valid_days)
    return today - valid + timedelta(days=1), today + valid


def bank_name(typed: str) -> str:
    """This function will give a bank's name as it is kept, in capitals. Raises BankUnreadable."""
    name = " ".join(typed.upper().split())
    if not 2 <= len(name) <= LONGEST_BANK or not any(one.isalpha() for one in name):  # noqa: PLR2004
        raise BankUnreadable(text=name[:LONGEST_BANK])
    return name


def clears_on(giro: Giro, *, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will say on which day the bank's answer is there: the effective date + 2 working days. (3)"""
    return calendar.add_open_days(giro.effective_on, policy.payments.giro_clearing_working_days)


def reminder_on(giro: Giro, *, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will say on which open day before the effective date funds are reminded of. (3)"""
    on = giro.effective_on
    for _ in range(policy.payments.giro_reminder_days_before):
        on = calendar.previous_open(on)
    return on


def is_reminded(giro: Giro, *, today: date, calendar: WorkCalendar, policy: Policy) -> bool:
    """This function will say whether funds are reminded of today: once, and never from the effective date on."""
    if giro.state is not GiroState.HELD or giro.reminded_on is not None or not calendar.is_open(today):
        return False
    return reminder_on(giro, calendar=calendar, policy=policy) <= today < giro.effective_on


def is_asked(giro: Giro, *, today: date, calendar: WorkCalendar, policy: Policy) -> bool:
    """This function will say whether finance is asked today: each open day from the clearing day until answered."""
    if giro.state is not GiroState.HELD or not calendar.is_open(today):
        return False
    is_due = today >= clears_on(giro, calendar=calendar, policy=policy)
    return is_due and (giro.asked_on is None or giro.asked_on < today)
