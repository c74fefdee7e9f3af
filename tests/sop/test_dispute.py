"""Only the disputed part pauses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sop.dispute import (
    FOUND_BY,
    TRANSITIONS,
    Dispute,
    DisputeCause,
    DisputeClosed,
    DisputeState,
    DisputeTooLarge,
    Judge,
    NotTheFinder,
    OwnDispute,
    accepted,
    answer_by,
    check_amount,
    disputed_part,
    goes_to_managers,
    is_to_be_reminded,
    moved,
    posted,
    rejected,
)
from sop.money import Money
from sop.people import Role
from sop.policy import DEFAULT
from tests.sop.indonesia import CALENDAR, local

MILLION = Money.rupiah(1_000_000)


def dispute(rupiah: int | None = None, state: DisputeState = DisputeState.OPEN, **more: Any) -> Dispute:
    return Dispute(
        id=1,
        payer_id=7,
        invoice_id=3,
        cause=DisputeCause.SHORT_DELIVERED,
        state=state,
        opened_at=local("2026-11-18 10:00"),
        amount=None if rupiah is None else Money.rupiah(rupiah),
        **more,
    )


@pytest.mark.parametrize("state", list(DisputeState))
def test_it_moves_only_along_the_table(state: DisputeState) -> None:
    for wanted in DisputeState:
        if wanted in TRANSITIONS[state]:
            assert moved(dispute(state=state), wanted).state is wanted
        else:
            with pytest.raises(DisputeClosed):
                moved(dispute(state=state), wanted)


@pytest.mark.parametrize(
    ("disputes", "held"),
    [
        ([], 0),
        ([dispute(300_000)], 300_000),
        ([dispute(300_000), dispute(200_000)], 500_000),
        ([dispute()], 1_000_000),  # all of it
        ([dispute(), dispute(300_000)], 1_000_000),  # never more than the balance
        ([dispute(1_200_000)], 1_000_000),  # something was paid since
        ([dispute(300_000, DisputeState.ACCEPTED, credited=Money.rupiah(200_000))], 200_000),  # until it is posted
        ([dispute(300_000, DisputeState.REJECTED)], 0),
        ([dispute(300_000, DisputeState.SETTLED)], 0),
    ],
)
def test_the_part_that_pauses(disputes: list[Dispute], held: int) -> None:
    assert disputed_part(disputes, balance=MILLION) == Money.rupiah(held)


@pytest.mark.parametrize("rupiah", [None, 1, 1_000_000])  # all, the least, the whole balance
def test_accepted_amounts(rupiah: int | None) -> None:
    check_amount(None if rupiah is None else Money.rupiah(rupiah), balance=MILLION)


@pytest.mark.parametrize("rupiah", [0, 1_000_001, -1])
def test_refused_amounts(rupiah: int) -> None:
    with pytest.raises(DisputeTooLarge):
        check_amount(Money.rupiah(rupiah), balance=MILLION)


FINANCE = Judge(person_id=5, role=Role.FINANCE, has_finance=True)
MANAGER = Judge(person_id=6, role=Role.MANAGER, has_finance=True)
ALONE = Judge(person_id=6, role=Role.MANAGER, has_finance=False)
SALES = Judge(person_id=8, role=Role.SALES, has_finance=True)
BILLING = DisputeCause.WRONG_BILLING


def test_every_cause_has_somebody_who_finds_out() -> None:
    assert set(FOUND_BY) == set(DisputeCause)


@pytest.mark.parametrize(
    ("one", "by", "state"),
    [
        (dispute(owner_id=8), SALES, DisputeState.ACCEPTED),  # who found out; finance posts
        (dispute(), MANAGER, DisputeState.ACCEPTED),  # with finance here, the managers' word waits for it, too
        (dispute(), ALONE, DisputeState.SETTLED),  # without finance managers post
    ],
)
def test_who_may_post_settles_and_others_only_accept(one: Dispute, by: Judge, state: DisputeState) -> None:
    assert accepted(one, None, balance=MILLION, by=by).state is state


@pytest.mark.parametrize(
    ("one", "by", "refusal"),
    [
        (dispute(opened_by_id=6), MANAGER, OwnDispute),  # nobody answers his own
        (dispute(), FINANCE, NotTheFinder),  # short deliveries are not for finance to find out
        (dispute(), SALES, NotTheFinder),  # another sales person's customer
        (dispute(state=DisputeState.REJECTED, owner_id=8), SALES, DisputeClosed),
    ],
)
def test_who_may_not_answer(one: Dispute, by: Judge, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        accepted(one, None, balance=MILLION, by=by)
    with pytest.raises(refusal):
        rejected(one, "sudah sesuai surat jalan", by=by)


def test_a_part_may_be_accepted_and_no_more_than_was_disputed() -> None:
    one = dispute(300_000)
    assert accepted(one, None, balance=MILLION, by=ALONE).credited == Money.rupiah(300_000)
    assert accepted(one, Money.rupiah(100_000), balance=MILLION, by=ALONE).credited == Money.rupiah(100_000)
    assert accepted(one, None, balance=Money.rupiah(200_000), by=ALONE).credited == Money.rupiah(200_000)  # paid since
    for wrong in (Money.ZERO, Money.rupiah(300_001)):
        with pytest.raises(DisputeTooLarge):
            accepted(one, wrong, balance=MILLION, by=ALONE)


def test_only_finance_posts_what_was_agreed_and_once() -> None:
    agreed = dispute(state=DisputeState.ACCEPTED, credited=MILLION)
    assert posted(agreed, by=FINANCE).state is DisputeState.SETTLED
    for by in (MANAGER, SALES):
        with pytest.raises(NotTheFinder):
            posted(agreed, by=by)
    with pytest.raises(DisputeClosed):
        posted(dispute(), by=FINANCE)
    with pytest.raises(OwnDispute):
        posted(dispute(state=DisputeState.ACCEPTED, opened_by_id=5), by=FINANCE)


@pytest.mark.parametrize(
    ("today", "reminded", "told"),
    [
        (date(2026, 11, 20), False, False),
        (date(2026, 11, 21), True, False),  # the last day
        (date(2026, 11, 23), True, True),  # the customer's day has passed
    ],
)
def test_it_is_reminded_of_on_its_day_and_then_goes_up(today: date, reminded: bool, told: bool) -> None:
    due_on = answer_by(today=date(2026, 11, 18), calendar=CALENDAR, policy=DEFAULT)
    one = dispute(answer_by_on=due_on)
    assert due_on == date(2026, 11, 21)
    assert (is_to_be_reminded(one, today=today), goes_to_managers(one, today=today)) == (reminded, told)
    assert not is_to_be_reminded(dispute(answer_by_on=due_on, told_on=today), today=today)
    assert not goes_to_managers(dispute(answer_by_on=due_on, state=DisputeState.REJECTED), today=today)
