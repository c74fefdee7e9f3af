"""Cash in a collector's hand: nobody confirms his own money, and late is asked of us, never of the customer. (sop 3)"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sop.cash import (
    HOLDING,
    TRANSITIONS,
    CashAnswered,
    CashReceipt,
    CashState,
    NumberUnreadable,
    OnlyManager,
    answered,
    deposit_due_at,
    goes_to_manager,
    paper_number,
    withdrawn,
)
from sop.claim import Answerer, OnlyFinance, OwnMoney
from sop.money import Money
from sop.people import Role
from sop.policy import DEFAULT
from sop.refusal import Refused
from sop.zones import WIB
from tests.sop.indonesia import CALENDAR, local

RINA, DEWI, BUDI = 1, 2, 3
FINANCE = Answerer(person_id=DEWI, role=Role.FINANCE, has_finance=True)
MANAGER = Answerer(person_id=BUDI, role=Role.MANAGER, has_finance=True)
IN_HAND, DEPOSITED, MISSING, WITHDRAWN = CashState


def cash(state: CashState = IN_HAND, *, taken_at: str = "2026-11-18 10:00", told_on: date | None = None) -> CashReceipt:
    """Taken by Rina on a Wednesday."""
    return CashReceipt(
        id=1,
        payer_id=7,
        amount=Money.rupiah(1_000_000),
        number="TT-1",
        state=state,
        taken_by_id=RINA,
        taken_at=local(taken_at),
        told_on=told_on,
    )


@pytest.mark.parametrize("state", list(CashState))
def test_it_moves_only_along_the_table(state: CashState) -> None:
    for wanted in (DEPOSITED, MISSING, WITHDRAWN):
        by = MANAGER if wanted is WITHDRAWN else FINANCE
        if wanted in TRANSITIONS[state]:
            assert answered(cash(state), wanted, by).state is wanted
        else:
            with pytest.raises(CashAnswered):
                answered(cash(state), wanted, by)


def test_what_has_ended_holds_nothing_and_moves_no_more() -> None:
    assert {state for state in CashState if not TRANSITIONS[state]} == set(CashState) - HOLDING


@pytest.mark.parametrize(
    ("by", "to", "refusal"),
    [
        (Answerer(person_id=RINA, role=Role.COLLECTOR, has_finance=True), DEPOSITED, OnlyFinance),
        (MANAGER, DEPOSITED, OnlyFinance),  # finance is there
        (Answerer(person_id=RINA, role=Role.FINANCE, has_finance=True), DEPOSITED, OwnMoney),
        (Answerer(person_id=RINA, role=Role.MANAGER, has_finance=False), DEPOSITED, OwnMoney),
        (FINANCE, WITHDRAWN, OnlyManager),
        (Answerer(person_id=RINA, role=Role.MANAGER, has_finance=False), WITHDRAWN, OnlyManager),
    ],
)
def test_nobody_answers_beyond_his_part(by: Answerer, to: CashState, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        answered(cash(), to, by)


def test_undo_ends_with_finances_answer() -> None:
    assert withdrawn(cash()).state is WITHDRAWN
    for state in (DEPOSITED, MISSING, WITHDRAWN):
        with pytest.raises(CashAnswered):
            withdrawn(cash(state))


@pytest.mark.parametrize(
    ("taken_at", "due_at"),
    [
        ("2026-11-18 10:00", "2026-11-19 10:00"),
        ("2026-11-18 23:30", "2026-11-19 10:00"),
        ("2026-11-21 11:00", "2026-11-23 10:00"),  # Saturday: Monday
        ("2026-12-23 09:00", "2026-12-26 10:00"),  # two closed days between
    ],
)
def test_it_is_due_at_ten_of_the_next_working_day(taken_at: str, due_at: str) -> None:
    receipt = cash(taken_at=taken_at)
    assert deposit_due_at(receipt, zone=WIB, calendar=CALENDAR, policy=DEFAULT) == local(due_at)


@pytest.mark.parametrize(
    ("now", "state", "told_on", "expected"),
    [
        ("2026-11-19 09:59", IN_HAND, None, False),
        ("2026-11-19 10:00", IN_HAND, None, True),
        ("2026-11-19 15:00", IN_HAND, date(2026, 11, 19), False),
        ("2026-11-20 09:00", IN_HAND, date(2026, 11, 19), False),  # daily, at its hour
        ("2026-11-20 10:00", MISSING, date(2026, 11, 19), True),
        ("2026-11-22 10:00", IN_HAND, date(2026, 11, 21), False),  # Sunday
        ("2026-11-20 10:00", DEPOSITED, None, False),
        ("2026-11-20 10:00", WITHDRAWN, None, False),
    ],
)
def test_late_it_goes_to_the_managers_once_a_day(
    now: str, state: CashState, told_on: date | None, expected: bool
) -> None:
    receipt = replace(cash(state), told_on=told_on)
    assert goes_to_manager(receipt, now=local(now), zone=WIB, calendar=CALENDAR, policy=DEFAULT) is expected


@pytest.mark.parametrize(("typed", "number"), [(" tt-001 ", "TT-001"), ("ga  12", "GA 12")])
def test_a_paper_number_is_kept_in_one_way(typed: str, number: str) -> None:
    assert paper_number(typed) == number


@pytest.mark.parametrize("typed", ["", "   ", "--", "x" * 31])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NumberUnreadable):
        paper_number(typed)
