"""The life of a promise: what keeps it, what breaks it, and money that never gets lost between two of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from sop.money import Money
from sop.policy import DEFAULT
from sop.promise import (
    TRANSITIONS,
    Came,
    Promise,
    PromiseMoved,
    PromiseState,
    Receipt,
    broken_in_a_row,
    escalates,
    fill,
    last_day,
    moved,
    reminder_on,
    verdict,
)
from tests.sop.indonesia import CALENDAR, local

OPEN, KEPT, PARTIAL, BROKEN = PromiseState.OPEN, PromiseState.KEPT, PromiseState.PARTIAL, PromiseState.BROKEN
REPLACED, WITHDRAWN = PromiseState.REPLACED, PromiseState.WITHDRAWN
TAKEN_AT = local("2026-11-16 10:00")


def promise(on: str = "2026-11-18", rupiah: int = 5_000_000, state: PromiseState = OPEN, number: int = 1) -> Promise:
    """A promise taken on Monday, by default for Wednesday."""
    return Promise(
        id=number,
        payer_id=7,
        amount=Money.rupiah(rupiah),
        promised_on=date.fromisoformat(on),
        state=state,
        taken_at=TAKEN_AT,
    )


def receipt(number: int, rupiah: int, on: str, *, captured: str | None = None, invoice: int | None = None) -> Receipt:
    return Receipt(
        id=number,
        amount=Money.rupiah(rupiah),
        received_on=date.fromisoformat(on),
        captured_at=local(captured or f"{on} 12:00"),
        invoice_id=invoice,
    )


@pytest.mark.parametrize(
    ("received", "deductions", "today", "state", "expected"),
    [
        (5_000_000, 0, "2026-11-17", OPEN, KEPT),  # full before its day: kept at once
        (4_990_000, 0, "2026-11-18", OPEN, KEPT),  # Rp10.000 short
        (4_989_999, 0, "2026-11-18", OPEN, OPEN),  # a rupiah more is not
        (4_900_000, 90_000, "2026-11-18", OPEN, KEPT),  # an explained deduction and Rp10.000
        (0, 0, "2026-11-18", OPEN, OPEN),  # its own day
        (0, 0, "2026-11-19", OPEN, OPEN),  # the grace day
        (0, 0, "2026-11-20", OPEN, BROKEN),  # the plan run after it
        (1, 0, "2026-11-20", OPEN, PARTIAL),  # some is neither kept nor broken
        (0, 100_000, "2026-11-20", OPEN, BROKEN),  # a deduction alone is no money
        (0, 4_990_000, "2026-11-18", OPEN, WITHDRAWN),  # credited away: nothing was asked for any more
        (0, 4_990_000, "2026-11-18", KEPT, OPEN),  # the money was taken back, the credit note stands
        (5_000_000, 0, "2026-11-20", BROKEN, KEPT),  # received in time, posted late
        (2_000_000, 0, "2026-11-20", BROKEN, PARTIAL),
        (0, 0, "2026-11-19", KEPT, OPEN),  # reversed while there is time
        (0, 0, "2026-11-20", KEPT, BROKEN),  # reversed after
        (0, 0, "2026-11-17", BROKEN, BROKEN),  # a verdict does not come undone by a clock that went back
        (5_000_000, 0, "2026-11-20", REPLACED, REPLACED),  # the newer promise counts
        (5_000_000, 0, "2026-11-20", WITHDRAWN, WITHDRAWN),
    ],
)
def test_verdict(received: int, deductions: int, today: str, state: PromiseState, expected: PromiseState) -> None:
    came = Came(received=Money.rupiah(received), deductions=Money.rupiah(deductions))
    judged = verdict(promise(state=state), came, today=date.fromisoformat(today), calendar=CALENDAR, policy=DEFAULT)
    assert judged is expected


def test_a_promise_below_the_tolerance_is_not_kept_by_nothing() -> None:
    small = promise(rupiah=9_000)
    nothing = Came(received=Money.ZERO)
    assert verdict(small, nothing, today=date(2026, 11, 18), calendar=CALENDAR, policy=DEFAULT) is OPEN


@pytest.mark.parametrize(
    ("promised_on", "expected"),
    [
        ("2026-11-18", "2026-11-19"),  # Wednesday: Thursday
        ("2026-11-21", "2026-11-23"),  # Saturday: over Sunday to Monday
        ("2026-12-23", "2026-12-26"),  # over joint leave and Christmas
    ],
)
def test_last_day(promised_on: str, expected: str) -> None:
    assert last_day(promise(promised_on), calendar=CALENDAR, policy=DEFAULT) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("promised_on", "taken_on", "expected"),
    [
        ("2026-11-20", "2026-11-16", "2026-11-19"),  # the open day before
        ("2026-11-23", "2026-11-16", "2026-11-21"),  # a Monday: Saturday
        ("2026-12-26", "2026-11-16", "2026-12-23"),  # over Christmas
        ("2026-11-17", "2026-11-16", None),  # taken the day before: the confirmation has said it
        ("2026-11-16", "2026-11-16", None),  # promised for the same day
    ],
)
def test_reminder(promised_on: str, taken_on: str, expected: str | None) -> None:
    day = reminder_on(promise(promised_on), taken_on=date.fromisoformat(taken_on), calendar=CALENDAR, policy=DEFAULT)
    assert day == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("states", "row"),
    [
        ([], 0),
        ([BROKEN], 1),
        ([BROKEN, BROKEN], 2),
        ([BROKEN, KEPT, BROKEN], 1),  # a kept one ends the row
        ([BROKEN, PARTIAL, BROKEN], 2),  # a partial one neither adds nor ends
        ([BROKEN, REPLACED, WITHDRAWN, BROKEN], 2),
        ([BROKEN, BROKEN, OPEN], 2),  # the one that runs is not judged yet
        ([BROKEN, BROKEN, KEPT], 0),
    ],
)
def test_broken_in_a_row(states: list[PromiseState], row: int) -> None:
    assert broken_in_a_row(states) == row
    assert escalates(states, policy=DEFAULT) is (row >= 2)


@pytest.mark.parametrize("state", list(PromiseState))
def test_a_promise_moves_only_along_the_table(state: PromiseState) -> None:
    for wanted in PromiseState:
        if wanted in TRANSITIONS[state]:
            assert moved(promise(state=state), wanted).state is wanted
        else:
            with pytest.raises(PromiseMoved):
                moved(promise(state=state), wanted)


def filled(promises: list[Promise], receipts: list[Receipt]) -> tuple[dict[int, int], int]:
    result = fill(promises, receipts, calendar=CALENDAR, policy=DEFAULT)
    return {number: amount.rupiah_exact for number, amount in result.by_promise.items()}, result.left.rupiah_exact


class TestFill:
    def test_the_promise_due_first_is_filled_first(self) -> None:
        later, sooner = promise("2026-11-30", 3_000_000, number=1), promise("2026-11-18", 2_000_000, number=2)
        assert filled([later, sooner], [receipt(1, 2_500_000, "2026-11-18")]) == ({2: 2_000_000, 1: 500_000}, 0)

    def test_money_known_before_the_promise_does_not_count(self) -> None:
        early = receipt(1, 5_000_000, "2026-11-16", captured="2026-11-16 09:59")
        assert filled([promise()], [early]) == ({1: 0}, 5_000_000)

    def test_money_received_after_the_grace_day_does_not_count(self) -> None:
        in_time, late = receipt(1, 1_000_000, "2026-11-19"), receipt(2, 4_000_000, "2026-11-20")
        assert filled([promise()], [in_time, late]) == ({1: 1_000_000}, 4_000_000)

    def test_money_received_in_time_counts_though_posted_late(self) -> None:
        posted_late = receipt(1, 5_000_000, "2026-11-18", captured="2026-11-24 09:00")
        assert filled([promise()], [posted_late]) == ({1: 5_000_000}, 0)

    def test_money_for_another_invoice_does_not_count(self) -> None:
        for_invoice_3 = replace(promise(), invoice_ids=frozenset({3}))
        theirs, other = receipt(1, 1_000_000, "2026-11-18", invoice=3), receipt(2, 2_000_000, "2026-11-18", invoice=4)
        assert filled([for_invoice_3], [theirs, other]) == ({1: 1_000_000}, 2_000_000)

    def test_money_not_assigned_yet_counts_for_the_payer(self) -> None:
        for_invoice_3 = replace(promise(), invoice_ids=frozenset({3}))
        assert filled([for_invoice_3], [receipt(1, 5_000_000, "2026-11-18")]) == ({1: 5_000_000}, 0)

    def test_replaced_and_withdrawn_promises_take_nothing(self) -> None:
        gone = [promise(state=REPLACED, number=1), promise(state=WITHDRAWN, number=2)]
        assert filled([*gone, promise(number=3)], [receipt(1, 100_000, "2026-11-18")]) == ({3: 100_000}, 0)


DAYS = st.integers(0, 20).map(lambda days: date(2026, 11, 16) + timedelta(days=days))
PROMISES = st.lists(st.tuples(DAYS, st.integers(1, 10**9), st.sampled_from(PromiseState)), max_size=6)
RECEIPTS = st.lists(st.tuples(DAYS, st.integers(1, 10**9), st.booleans()), max_size=8)


@given(promises=PROMISES, receipts=RECEIPTS)
def test_every_sen_is_in_a_promise_or_left_over(
    promises: list[tuple[date, int, PromiseState]], receipts: list[tuple[date, int, bool]]
) -> None:
    made = [
        Promise(id=number, payer_id=1, amount=Money(sen), promised_on=on, state=state, taken_at=TAKEN_AT)
        for number, (on, sen, state) in enumerate(promises)
    ]
    money = [
        Receipt(id=number, amount=Money(sen), received_on=on, captured_at=TAKEN_AT + timedelta(days=1 if after else -1))
        for number, (on, sen, after) in enumerate(receipts)
    ]
    result = fill(made, money, calendar=CALENDAR, policy=DEFAULT)
    assert Money.total([*result.by_promise.values(), result.left]) == Money.total(one.amount for one in money)
    for one in made:
        assert result.by_promise.get(one.id, Money.ZERO) <= one.amount


class PromiseLife(RuleBasedStateMachine):
    """One promise over a month in which money comes, is taken back and days go by in any order of events."""

    def __init__(self) -> None:
        super().__init__()
        self.promise = promise(rupiah=1_000_000)
        self.today = date(2026, 11, 16)
        self.money: dict[int, Receipt] = {}
        self.numbers = 0

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.judge()

    @rule(rupiah=st.integers(1, 1_200_000))
    def money_comes(self, rupiah: int) -> None:
        self.numbers += 1
        self.money[self.numbers] = receipt(self.numbers, rupiah, self.today.isoformat())
        self.judge()

    @rule(which=st.integers(0, 9))
    def money_is_taken_back(self, which: int) -> None:
        if self.money:
            del self.money[sorted(self.money)[which % len(self.money)]]
            self.judge()

    @rule()
    def a_newer_promise_replaces_it(self) -> None:
        if self.promise.state is OPEN:
            self.promise = moved(self.promise, REPLACED)

    def judge(self) -> None:
        state = verdict(self.promise, self.came(), today=self.today, calendar=CALENDAR, policy=DEFAULT)
        if state is not self.promise.state:
            self.promise = moved(self.promise, state)  # raises when the verdict leaves the table

    def came(self) -> Came:
        result = fill([self.promise], self.money.values(), calendar=CALENDAR, policy=DEFAULT)
        return Came(received=result.by_promise.get(1, Money.ZERO))

    @invariant()
    def who_paid_in_time_is_never_called_a_breaker(self) -> None:
        if self.promise.state is BROKEN:
            assert self.came().received == Money.ZERO

    @invariant()
    def nothing_is_judged_before_its_day_is_over(self) -> None:
        if self.today <= date(2026, 11, 19):
            assert self.promise.state in (OPEN, KEPT, REPLACED)

    @invariant()
    def what_is_kept_is_paid(self) -> None:
        if self.promise.state is KEPT:
            assert self.came().received >= Money.rupiah(990_000)


TestPromiseLife = PromiseLife.TestCase
