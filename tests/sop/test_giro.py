"""A giro is money when it has cleared, and rests until the bank has answered. (sop 3; indonesia 2.3)"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sop.claim import Answerer, OnlyFinance, OwnMoney
from sop.giro import (
    HOLDING,
    TRANSITIONS,
    BankUnreadable,
    Giro,
    GiroAnswered,
    GiroNotValid,
    GiroState,
    answered,
    bank_name,
    check_effective,
    clears_on,
    is_asked,
    is_reminded,
    withdrawn,
)
from sop.money import Money
from sop.people import Role
from sop.policy import DEFAULT
from sop.refusal import Refused
from tests.sop.indonesia import CALENDAR, local

RINA, DEWI = 1, 2
FINANCE = Answerer(person_id=DEWI, role=Role.FINANCE, has_finance=True)
HELD, CLEARED, BOUNCED, WITHDRAWN = GiroState
TODAY = date(2026, 11, 18)
FRIDAY = date(2026, 11, 27)


def giro(state: GiroState = HELD, effective_on: date = FRIDAY) -> Giro:
    return Giro(
        id=1,
        payer_id=7,
        amount=Money.rupiah(1_000_000),
        number="GA 1",
        bank="BCA",
        effective_on=effective_on,
        state=state,
        taken_by_id=RINA,
        taken_at=local("2026-11-18 10:00"),
    )


@pytest.mark.parametrize("state", list(GiroState))
def test_it_moves_only_along_the_table(state: GiroState) -> None:
    for wanted in (CLEARED, BOUNCED):
        if wanted in TRANSITIONS[state]:
            assert answered(giro(state), wanted, FINANCE).state is wanted
        else:
            with pytest.raises(GiroAnswered):
                answered(giro(state), wanted, FINANCE)


def test_what_has_ended_holds_nothing_and_moves_no_more() -> None:
    assert {state for state in GiroState if not TRANSITIONS[state]} == set(GiroState) - HOLDING


@pytest.mark.parametrize(
    ("by", "to", "refusal"),
    [
        (Answerer(person_id=RINA, role=Role.COLLECTOR, has_finance=True), CLEARED, OnlyFinance),
        (Answerer(person_id=3, role=Role.MANAGER, has_finance=True), BOUNCED, OnlyFinance),
        (Answerer(person_id=RINA, role=Role.MANAGER, has_finance=False), CLEARED, OwnMoney),
        (FINANCE, WITHDRAWN, GiroAnswered),  # only undo takes it back
    ],
)
def test_nobody_answers_beyond_his_part(by: Answerer, to: GiroState, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        answered(giro(), to, by)


def test_undo_ends_with_finances_answer() -> None:
    assert withdrawn(giro()).state is WITHDRAWN
    with pytest.raises(GiroAnswered):
        withdrawn(giro(CLEARED))


@pytest.mark.parametrize(("days", "is_valid"), [(-70, False), (-69, True), (0, True), (70, True), (71, False)])
def test_a_giro_is_valid_for_seventy_days(days: int, is_valid: bool) -> None:
    on = TODAY + timedelta(days=days)
    if is_valid:
        check_effective(on, today=TODAY, policy=DEFAULT)
    else:
        with pytest.raises(GiroNotValid):
            check_effective(on, today=TODAY, policy=DEFAULT)


@pytest.mark.parametrize(
    ("effective_on", "clears"),
    [
        (FRIDAY, date(2026, 11, 30)),  # Saturday is a working day
        (date(2026, 12, 23), date(2026, 12, 28)),  # Christmas and its joint leave between
        (date(2026, 11, 22), date(2026, 11, 24)),  # effective on a Sunday
    ],
)
def test_the_bank_knows_after_two_working_days(effective_on: date, clears: date) -> None:
    assert clears_on(giro(effective_on=effective_on), calendar=CALENDAR, policy=DEFAULT) == clears


@pytest.mark.parametrize(
    ("today", "reminded_on", "expected"),
    [
        (date(2026, 11, 25), None, False),
        (date(2026, 11, 26), None, True),
        (date(2026, 11, 26), date(2026, 11, 26), False),  # once
        (FRIDAY, None, False),  # too late to be a reminder
    ],
)
def test_funds_are_reminded_of_on_the_open_day_before(today: date, reminded_on: date | None, expected: bool) -> None:
    one = replace(giro(), reminded_on=reminded_on)
    assert is_reminded(one, today=today, calendar=CALENDAR, policy=DEFAULT) is expected


def test_taken_late_for_its_reminder_it_is_reminded_of_as_long_as_that_helps() -> None:
    monday = giro(effective_on=date(2026, 11, 23))
    assert is_reminded(monday, today=date(2026, 11, 21), calendar=CALENDAR, policy=DEFAULT)
    assert not is_reminded(monday, today=date(2026, 11, 22), calendar=CALENDAR, policy=DEFAULT)  # a Sunday
    assert not is_reminded(giro(CLEARED), today=date(2026, 11, 26), calendar=CALENDAR, policy=DEFAULT)


@pytest.mark.parametrize(
    ("today", "state", "asked_on", "expected"),
    [
        (date(2026, 11, 28), HELD, None, False),
        (date(2026, 11, 30), HELD, None, True),
        (date(2026, 11, 30), HELD, date(2026, 11, 30), False),
        (date(2026, 12, 1), HELD, date(2026, 11, 30), True),  # daily, until it is answered
        (date(2026, 12, 6), HELD, date(2026, 12, 5), False),  # a Sunday
        (date(2026, 12, 1), CLEARED, None, False),
        (date(2026, 12, 1), BOUNCED, None, False),
    ],
)
def test_finance_is_asked_daily_from_the_clearing_day_on(
    today: date, state: GiroState, asked_on: date | None, expected: bool
) -> None:
    one = replace(giro(state), asked_on=asked_on)
    assert is_asked(one, today=today, calendar=CALENDAR, policy=DEFAULT) is expected


def test_a_bank_has_a_name() -> None:
    assert bank_name(" bank  jatim ") == "BANK JATIM"
    for typed in ("", "1", "12", "b" * 31):
        with pytest.raises(BankUnreadable):
            bank_name(typed)
