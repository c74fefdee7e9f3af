"""More time asked before the due date."""

from __future__ import annotations

from datetime import date

import pytest

from sop.extension import TRANSITIONS, AlreadyDue, Extension, ExtensionMoved, ExtensionState, NotLater, ask, moved
from sop.money import Money
from sop.policy import DEFAULT
from sop.promise_dates import DateClosed, Occasion
from sop.refusal import Refused
from tests.sop.indonesia import CALENDAR, local


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
    assert ask(date.fromisoformat(until), Money.rupiah(rupiah), occasion=occasion("2026-11-13")) is state


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
        ask(date.fromisoformat(until), Money.rupiah(1_000_000), occasion=occasion(today))


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
