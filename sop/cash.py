"""Cash a collector took: the customer has paid, and the money is in his hand until finance has it. (sop 3; 004)

It is never the customer's fault that a deposit is late: nothing but finance's count, or a manager who finds the entry
mistaken, lets what was paid be asked for again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import ClassVar
from zoneinfo import ZoneInfo

from sop.calendar import WorkCalendar
from sop.claim import Answerer, check_answerer
from sop.money import Money
from sop.people import DECIDERS
from sop.policy import Policy
from sop.refusal import Refused

LONGEST_NUMBER = 30


class CashState(Enum):
    IN_HAND = "in_hand"
    DEPOSITED = "deposited"  # finance has counted it; the payment is posted
    NOT_RECEIVED = "not_received"  # finance says it never came; the managers have it
    WITHDRAWN = "withdrawn"  # undone, or found mistaken by a manager


TRANSITIONS: dict[CashState, frozenset[CashState]] = {
    CashState.IN_HAND: frozenset({CashState.DEPOSITED, CashState.NOT_RECEIVED, CashState.WITHDRAWN}),
    CashState.NOT_RECEIVED: frozenset({CashState.DEPOSITED, CashState.WITHDRAWN}),  # it came after all, or never was
    CashState.DEPOSITED: frozenset(),
    CashState.WITHDRAWN: frozenset(),
}
HOLDING = frozenset({CashState.IN_HAND, CashState.NOT_RECEIVED})
BY_FINANCE = frozenset({CashState.DEPOSITED, CashState.NOT_RECEIVED})


@dataclass(frozen=True, kw_only=True, slots=True)
class CashReceipt:
    """Money taken against one paper receipt; `shares` by invoice add up to `amount`."""

    id: int
    payer_id: int
    amount: Money
    number: str
    state: CashState
    taken_by_id: int
    taken_at: datetime
    photo_id: int | None = None
    told_on: date | None = None
    closed_at: datetime | None = None
    payment_id: int | None = None
    outcome_id: int | None = None
    shares: Mapping[int, Money] = field(default_factory=lambda: MappingProxyType({}))


class CashAnswered(Refused):
    """The deposit was answered already, or cannot go that way."""

    message: ClassVar[str] = "finance/refused_cash_answered"


class OnlyManager(Refused):
    """Only a manager finds that cash was never taken."""

    message: ClassVar[str] = "finance/refused_only_manager"


class ReceiptNumberTaken(Refused):
    """The receipt's number stands on other cash; `number` is the number."""

    message: ClassVar[str] = "collector/refused_receipt_number"


class NumberUnreadable(Refused):
    """A number has letters or digits, and few enough of them for a paper."""

    message: ClassVar[str] = "collector/refused_paper_number"


def answered(receipt: CashReceipt, to: CashState, by: Answerer) -> CashReceipt:
    """This function will give the receipt as finance or a manager answered it.

    Raises OnlyFinance, OwnMoney, OnlyManager or CashAnswered. Undo is not an answer: see `withdrawn`.
    """
    if to in BY_FINANCE:
        check_answerer(by, reported_by_id=receipt.taken_by_id)
    elif by.role not in DECIDERS or by.person_id == receipt.taken_by_id:
        raise OnlyManager(role=by.role.value)
    return _moved(receipt, to)


def withdrawn(receipt: CashReceipt) -> CashReceipt:
    """This function will give the receipt as undone by who took it. Raises CashAnswered once finance has it."""
    if receipt.state is not CashState.IN_HAND:
        raise CashAnswered(state=receipt.state.value)
    return _moved(receipt, CashState.WITHDRAWN)


def _moved(receipt: CashReceipt, to: CashState) -> CashReceipt:
    if to not in TRANSITIONS[receipt.state]:
        raise CashAnswered(state=receipt.state.value)
    return replace(receipt, state=to)


def paper_number(typed: str) -> str:
    """This function will give the number of a paper as it is kept, in capitals. Raises NumberUnreadable."""
    number = " ".join(typed.upper().split())
    if not 1 <= len(number) <= LONGEST_NUMBER or not any(one.isalnum() for one in number):
        raise NumberUnreadable(text=number[:LONGEST_NUMBER])
    return number


def deposit_due_at(receipt: CashReceipt, *, zone: str, calendar: WorkCalendar, policy: Policy) -> datetime:
    """This function will say until when finance should have it: 10:00 on the next working day there. (3)"""
    place = ZoneInfo(zone)
    taken_on = receipt.taken_at.astimezone(place).date()
    due_on = calendar.add_open_days(taken_on, policy.payments.deposit_after_working_days)
    return datetime.combine(due_on, policy.payments.deposit_until, tzinfo=place)


def goes_to_manager(receipt: CashReceipt, *, now: datetime, zone: str, calendar: WorkCalendar, policy: Policy) -> bool:
    """This function will say whether the managers hear of it today: once each open day, from its hour on. (3)"""
    if receipt.state not in HOLDING or now < deposit_due_at(receipt, zone=zone, calendar=calendar, policy=policy):
        return False
    local = now.astimezone(ZoneInfo(zone))
    is_hour = calendar.is_open(local.date()) and local.time() >= policy.payments.deposit_until
    return is_hour and (receipt.told_on is None or receipt.told_on < local.date())
