"""The life of a promise to pay: what fills it, when it counts as kept. Dates stand in promise_dates. (sop 4; 004)"""

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


class PromiseState(Enum):
    OPEN = "open"
    KEPT = "kept"
    PARTIAL = "partial"  # some came: neither kept nor broken in a row
    BROKEN = "broken"
    REPLACED = "replaced"  # by a newer promise for the same invoices
    WITHDRAWN = "withdrawn"  # undone, or its invoices ended in another way


TRANSITIONS: dict[PromiseState, frozenset[PromiseState]] = {
    PromiseState.OPEN: frozenset(PromiseState) - {PromiseState.OPEN},
    # A reversal un-fills: before the last day the promise is simply open again.
    PromiseState.KEPT: frozenset({PromiseState.OPEN, PromiseState.PARTIAL, PromiseState.BROKEN}),
    # Money received in time but posted late corrects the verdict.
    PromiseState.PARTIAL: frozenset({PromiseState.KEPT, PromiseState.BROKEN}),
    PromiseState.BROKEN: frozenset({PromiseState.KEPT, PromiseState.PARTIAL}),
    PromiseState.REPLACED: frozenset({PromiseState.OPEN}),  # the newer promise was undone
    PromiseState.WITHDRAWN: frozenset(),
}
ENDED_OTHERWISE = frozenset({PromiseState.REPLACED, PromiseState.WITHDRAWN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A customer's word: an amount by a day. `reason` is a PromiseReason code, `invoice_ids` empty means all open."""

    id: int
    payer_id: int
    amount: Money
    promised_on: date
    state: PromiseState
    taken_at: datetime
    reason: str | None = None
    received: Money = Money.ZERO
    taken_by_id: int | None = None
    approved: bool = True
    closed_on: date | None = None
    outcome_id: int | None = None
    invoice_ids: frozenset[int] = frozenset()


class PromiseMoved(Refused):
    """The promise has already ended, or cannot go that way."""

    message: ClassVar[str] = "collector/refused_promise_moved"


def moved(promise: Promise, to: PromiseState) -> Promise:
    """This function will give the promise in its next state. Raises PromiseMoved when the table forbids the step."""
    if to not in TRANSITIONS[promise.state]:
        raise PromiseMoved(state=promise.state.value, wanted=to.value)
    return replace(promise, state=to)


def last_day(promise: Promise, *, calendar: WorkCalendar, policy: Policy) -> date:
    """This function will give the last day money counts as in time: one working day of grace."""
    return calendar.add_open_days(promise.promised_on, policy.promise.grace_working_days)


def reminder_on(promise: Promise, *, taken_on: date, calendar: WorkCalendar, policy: Policy) -> date | None:
    """This function will give the open day before; None when the promise was taken that day or later.

    The confirmation of that day already names the date.
    """
    day = calendar.add_open_days(promise.promised_on, -policy.promise.remind_open_days_before)
    return day if day > taken_on else None


def is_full(promise: Promise, *, received: Money, deductions: Money, policy: Policy) -> bool:
    """This function will say whether the whole sum came, but for a small shortfall and explained deductions.

    Money keeps a word; a credit note only makes it smaller.
    """
    return received > Money.ZERO and received >= promise.amount - deductions - policy.promise.tolerance


def is_void(promise: Promise, *, received: Money, deductions: Money, policy: Policy) -> bool:
    """This function will say whether credit notes and the like left nothing of a promise before any money came."""
    rest = promise.amount - deductions
    return received == Money.ZERO and deductions > Money.ZERO and rest <= policy.promise.tolerance


@dataclass(frozen=True, kw_only=True, slots=True)
class Came:
    """What came in for one promise: money in time, and deductions explained by a document."""

    received: Money
    deductions: Money = Money.ZERO


def verdict(promise: Promise, came: Came, *, today: date, calendar: WorkCalendar, policy: Policy) -> PromiseState:
    """This function will judge a promise. Kept as soon as it is full; less is judged only after the grace day.

    `today` after the last day means the plan run that follows it. A promise once judged does not become open
    again by less money, only a kept one whose money was taken back in time. Replaced and withdrawn stay.
    """
    if promise.state in ENDED_OTHERWISE:
        return promise.state
    if is_full(promise, received=came.received, deductions=came.deductions, policy=policy):
        return PromiseState.KEPT
    if promise.state is PromiseState.OPEN and is_void(
        promise, received=came.received, deductions=came.deductions, policy=policy
    ):
        return PromiseState.WITHDRAWN
    may_wait = promise.state in (PromiseState.OPEN, PromiseState.KEPT)
    if may_wait and today <= last_day(promise, calendar=calendar, policy=policy):
        return PromiseState.OPEN
    return PromiseState.PARTIAL if came.received > Money.ZERO else PromiseState.BROKEN


def broken_in_a_row(states: Sequence[PromiseState]) -> int:
    """This function will count the last broken promises in a row, `states` from the oldest to the newest.

    A kept promise ends the row; a partial, open, replaced or withdrawn one neither adds nor ends.
    """
    count = 0
    for state in reversed(states):
        if state is PromiseState.KEPT:
            break
        count += state is PromiseState.BROKEN
    return count


def escalates(states: Sequence[PromiseState], *, policy: Policy) -> bool:
    """This function will say whether the newest broken promise goes to the managers: the second in a row. (4)"""
    return broken_in_a_row(states) >= policy.promise.broken_in_a_row


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """Money that came in for one invoice (None: not assigned yet), and when we learned of it."""

    id: int
    amount: Money
    received_on: date
    captured_at: datetime
    invoice_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """How much of each promise (by id) was filled, and what was left over."""

    by_promise: dict[int, Money]
    left: Money


def fill(promises: Iterable[Promise], receipts: Iterable[Receipt], *, calendar: WorkCalendar, policy: Policy) -> Filled:
    """This function will spread money over promises, first in, first out; the parts and the rest add up exactly.

    The promise due first is filled first. Money counts when it was captured after the promise was taken (what came
    before is already out of its amount), for its invoices, and received by its last day. A reversed payment is
    left out by the caller: that un-fills.
    """
    waiting = [promise for promise in promises if promise.state not in ENDED_OTHERWISE]
    waiting.sort(key=lambda promise: (promise.promised_on, promise.taken_at, promise.id))
    filled = {promise.id: Money.ZERO for promise in waiting}
    left = Money.ZERO
    for receipt in sorted(receipts, key=lambda receipt: (receipt.received_on, receipt.id)):
        rest = receipt.amount
        for promise in waiting:
            if _counts(receipt, promise) and receipt.received_on <= last_day(promise, calendar=calendar, policy=policy):
                part = min(rest, promise.amount - filled[promise.id])
                filled[promise.id] += part
                rest -= part
        left += rest
    return Filled(by_promise=filled, left=left)


def _counts(receipt: Receipt, promise: Promise) -> bool:
    names_it = not promise.invoice_ids or receipt.invoice_id is None or receipt.invoice_id in promise.invoice_ids
    return names_it and receipt.captured_at >= promise.taken_at
