"""More time asked before the due date."""

from __future__ import annotations

from datetime import date

import pytest

from sop.authority import Given, Power
from sop.extension import (
    TRANSITIONS,
    AlreadyDue,
    Extension,
    ExtensionMoved,
    ExtensionState,
    NotLater,
    ask,
    date_choices,
    is_over,
    moved,
)
from sop.money import Money
from sop.policy import DEFAULT
from sop.promise_dates import DateClosed, Occasion
from sop.refusal import Refused
from tests.sop.indonesia import CALENDAR, local

COLLECTOR = Power(row=DEFAULT.extension.collector, given=Given())


def occasion(today: str) -> Occasion:
    """Invoices due on Wednesday 18 November."""
    return Occasion(
        today=date.fromisoformat(today), oldest_due_on=date(2026, 11, 18), calendar=CALENDAR, policy=DEFAULT
    )


@pytest.mark.parametrize(
    ("until", "rupiah", "state"),
    [
        ("2026-11-25", 1_000_000, ExtensionState.GRANTED),  # a week after the due date
        ("2026-11-26", 1_000_000, ExtensionState.REQUESTED),  # a day more
        ("2026-11-25", 60_000_000, ExtensionState.REQUESTED),  # too much money
    ],
)
def test_within_authority_it_is_granted_at_once(until: str, rupiah: int, state: ExtensionState) -> None:
    found = ask(date.fromisoformat(until), Money.rupiah(rupiah), power=COLLECTOR, occasion=occasion("2026-11-13"))
    assert found is state


def test_given_once_before_the_managers_are_asked() -> None:
    again = Power(row=DEFAULT.extension.collector, given=Given(to_invoice=1, to_payer=1))
    state = ask(date(2026, 11, 19), Money.rupiah(1), power=again, occasion=occasion("2026-11-13"))
    assert state is ExtensionState.REQUESTED


@pytest.mark.parametrize(
    ("today", "until", "refusal"),
    [
        ("2026-11-18", "2026-11-20", AlreadyDue),  # on the due date it is a promise
        ("2026-11-19", "2026-11-20", AlreadyDue),
        ("2026-11-13", "2026-11-18", NotLater),  # the due date itself needs no more time
        ("2026-11-13", "2026-11-22", DateClosed),  # a Sunday
    ],
)
def test_refused(today: str, until: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        ask(date.fromisoformat(until), Money.rupiah(1_000_000), power=COLLECTOR, occasion=occasion(today))


@pytest.mark.parametrize(
    ("today", "over"),
    [("2026-11-17", False), ("2026-11-18", False), ("2026-11-19", True)],  # the day after the due date has passed
)
def test_a_request_nobody_answered_is_over(today: str, over: bool) -> None:
    assert is_over(date(2026, 11, 18), today=date.fromisoformat(today), policy=DEFAULT) is over


def test_the_days_on_buttons_say_which_need_the_managers() -> None:
    choices = date_choices(Money.rupiah(1_000_000), power=COLLECTOR, occasion=occasion("2026-11-13"))
    marked = {one.on.isoformat(): one.needs_approval for one in choices}
    assert marked["2026-11-19"] is False and marked["2026-11-25"] is False
    assert marked["2026-11-30"] is True


@pytest.mark.parametrize("state", list(ExtensionState))
def test_it_moves_only_along_the_table(state: ExtensionState) -> None:
    extension = Extension(
        id=1, payer_id=2, until_on=date(2026, 11, 25), state=state, asked_at=local("2026-11-13 10:00")
    )
    for wanted in ExtensionState:
        if wanted in TRANSITIONS[state]:
            assert moved(extension, wanted).state is wanted
        else:
            with pytest.raises(ExtensionMoved):
                moved(extension, wanted)
