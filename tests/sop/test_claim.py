"""Who says he has paid is left alone until finance has looked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sop.claim import (
    BY_FINANCE,
    TRANSITIONS,
    Answerer,
    Claim,
    ClaimAnswered,
    ClaimState,
    OnlyFinance,
    OwnMoney,
    SlipNeeded,
    answered,
    check_slip,
    goes_to_manager,
)
from sop.people import Role
from sop.policy import DEFAULT
from sop.refusal import Refused
from tests.sop.indonesia import CALENDAR, local

COLLECTOR_ID, FINANCE_ID, MANAGER_ID = 1, 2, 3
FINANCE = Answerer(person_id=FINANCE_ID, role=Role.FINANCE, has_finance=True)


def claim(state: ClaimState = ClaimState.WAITING, told_on: date | None = None) -> Claim:
    """Made by the collector on a Wednesday."""
    return Claim(
        id=1,
        payer_id=7,
        state=state,
        made_at=local("2026-11-18 10:00"),
        made_by_id=COLLECTOR_ID,
        told_on=told_on,
    )


@pytest.mark.parametrize("state", list(ClaimState))
def test_it_moves_only_along_the_table(state: ClaimState) -> None:
    for wanted in ClaimState:
        if wanted in TRANSITIONS[state]:
            assert answered(claim(state), wanted, FINANCE).state is wanted
        else:
            with pytest.raises(ClaimAnswered):
                answered(claim(state), wanted, FINANCE)


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (Answerer(person_id=COLLECTOR_ID, role=Role.COLLECTOR, has_finance=True), OnlyFinance),
        (Answerer(person_id=9, role=Role.SALES, has_finance=False), OnlyFinance),
        (Answerer(person_id=MANAGER_ID, role=Role.MANAGER, has_finance=True), OnlyFinance),  # finance is there
        (Answerer(person_id=COLLECTOR_ID, role=Role.FINANCE, has_finance=True), OwnMoney),  # his own report
    ],
)
@pytest.mark.parametrize("wanted", sorted(BY_FINANCE, key=str))
def test_who_may_not_answer(by: Answerer, refusal: type[Refused], wanted: ClaimState) -> None:
    with pytest.raises(refusal):
        answered(claim(), wanted, by)


def test_without_a_finance_person_a_manager_answers() -> None:
    manager = Answerer(person_id=MANAGER_ID, role=Role.MANAGER, has_finance=False)
    assert answered(claim(), ClaimState.CONFIRMED, manager).state is ClaimState.CONFIRMED


def test_the_collector_may_undo_his_own() -> None:
    himself = Answerer(person_id=COLLECTOR_ID, role=Role.COLLECTOR, has_finance=True)
    assert answered(claim(), ClaimState.WITHDRAWN, himself).state is ClaimState.WITHDRAWN


@pytest.mark.parametrize(
    ("invoices", "claimed_before", "has_slip", "refused"),
    [
        ([1, 2], [], False, False),  # the first claim is believed
        ([1, 2], [2], False, True),  # one of them was claimed before
        ([1, 2], [2], True, False),
        ([1, 2], [3], False, False),  # another invoice's claim
    ],
)
def test_a_second_claim_needs_its_slip(
    invoices: list[int], claimed_before: list[int], has_slip: bool, refused: bool
) -> None:
    if refused:
        with pytest.raises(SlipNeeded):
            check_slip(invoices, claimed_before=claimed_before, has_slip=has_slip, policy=DEFAULT)
    else:
        check_slip(invoices, claimed_before=claimed_before, has_slip=has_slip, policy=DEFAULT)


@pytest.mark.parametrize(
    ("today", "told_on", "state", "expected"),
    [
        ("2026-11-19", None, ClaimState.WAITING, False),  # the first working day
        ("2026-11-20", None, ClaimState.WAITING, True),  # the second
        ("2026-11-20", "2026-11-20", ClaimState.WAITING, False),  # once a day
        ("2026-11-21", "2026-11-20", ClaimState.WAITING, True),  # daily
        ("2026-11-22", "2026-11-21", ClaimState.WAITING, False),  # not on a Sunday
        ("2026-11-23", None, ClaimState.OTHER_ACCOUNT, True),  # still unclear where the money is
        ("2026-11-23", None, ClaimState.NOT_FOUND, False),
        ("2026-11-23", None, ClaimState.CONFIRMED, False),
    ],
)
def test_a_waiting_claim_goes_to_the_managers(
    today: str, told_on: str | None, state: ClaimState, expected: bool
) -> None:
    waiting = replace(claim(state), told_on=date.fromisoformat(told_on) if told_on else None)
    day = date.fromisoformat(today)
    is_told = goes_to_manager(waiting, made_on=date(2026, 11, 18), today=day, calendar=CALENDAR, policy=DEFAULT)
    assert is_told is expected
