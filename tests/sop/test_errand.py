"""Work beside the calls: whose, by when, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sop.errand import (
    ERRANDS,
    Errand,
    ErrandClosed,
    ErrandKind,
    ErrandState,
    due_of,
    finished,
    goes_to_managers,
    is_to_be_reminded,
)
from sop.policy import DEFAULT
from tests.sop.indonesia import CALENDAR, local

ONE = Errand(
    id=1,
    payer_id=7,
    kind=ErrandKind.POST_LETTER,
    state=ErrandState.OPEN,
    due_on=date(2026, 11, 20),
    created_at=local("2026-11-18 10:00"),
)


def test_every_kind_has_its_row() -> None:
    assert set(ERRANDS) == set(ErrandKind)
    assert {rule.title for rule in ERRANDS.values()} == {f"errand_{kind.value}" for kind in ErrandKind}


def test_it_is_due_after_working_days_and_done_once() -> None:
    assert due_of(today=date(2026, 11, 20), calendar=CALENDAR, policy=DEFAULT) == date(2026, 11, 23)  # over a Sunday
    assert finished(ONE).state is ErrandState.DONE
    for state in (ErrandState.DONE, ErrandState.CANCELLED):
        with pytest.raises(ErrandClosed):
            finished(replace(ONE, state=state))


@pytest.mark.parametrize(
    ("today", "reminded", "told"),
    [
        (date(2026, 11, 20), False, False),  # its day
        (date(2026, 11, 21), True, False),  # one working day late
        (date(2026, 11, 23), True, True),  # two, over a Sunday
    ],
)
def test_what_is_late_is_said_daily_and_then_to_the_managers(today: date, reminded: bool, told: bool) -> None:
    assert is_to_be_reminded(ONE, today=today) is reminded
    assert not is_to_be_reminded(replace(ONE, reminded_on=today), today=today)
    assert goes_to_managers(ONE, today=today, calendar=CALENDAR, policy=DEFAULT) is told
    done = replace(ONE, state=ErrandState.DONE)
    assert not is_to_be_reminded(done, today=today)
    assert not goes_to_managers(done, today=today, calendar=CALENDAR, policy=DEFAULT)
