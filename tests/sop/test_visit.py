"""The life of a visit. (sop 9; 001, 003)"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sop.visit import TRANSITIONS, Visit, VisitEarly, VisitMoved, VisitState, is_unreported, moved, reported

TODAY = date(2026, 11, 19)


def visit(state: VisitState = VisitState.PLANNED, *, on: date = TODAY) -> Visit:
    return Visit(
        id=1, payer_id=1, person_id=1, planned_on=on, state=state, ordered_at=datetime(2026, 11, 18, tzinfo=UTC)
    )


@pytest.mark.parametrize("start", VisitState)
@pytest.mark.parametrize("to", VisitState)
def test_only_the_steps_of_the_table(start: VisitState, to: VisitState) -> None:
    if to in TRANSITIONS[start]:
        assert moved(visit(start), to) is to
    else:
        with pytest.raises(VisitMoved):
            moved(visit(start), to)


def test_nothing_is_reported_before_its_day() -> None:
    with pytest.raises(VisitEarly):
        reported(visit(on=date(2026, 11, 20)), VisitState.MET, today=TODAY)
    assert reported(visit(on=date(2026, 11, 18)), VisitState.MET, today=TODAY) is VisitState.MET
    assert reported(visit(VisitState.NOT_MET), VisitState.MET, today=TODAY) is VisitState.MET  # came back later


@pytest.mark.parametrize(
    "state, on, is_open",
    [
        (VisitState.PLANNED, date(2026, 11, 18), True),
        (VisitState.PLANNED, TODAY, False),  # the day is not over
        (VisitState.MET, date(2026, 11, 18), False),
        (VisitState.CANCELLED, date(2026, 11, 18), False),
    ],
)
def test_what_nobody_reported_is_asked_for(state: VisitState, on: date, is_open: bool) -> None:
    assert is_unreported(visit(state, on=on), today=TODAY) is is_open
