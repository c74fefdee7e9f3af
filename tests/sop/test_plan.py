"""Instalments: split to the last sen, on open days, judged from the front."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.money import Money
from sop.plan import (
    TRANSITIONS,
    Instalment,
    Plan,
    PlanMoved,
    PlanRefused,
    PlanState,
    Standing,
    Wish,
    check_typed,
    moved,
    propose,
    standings,
    state_of,
)
from sop.policy import DEFAULT
from tests.sop.indonesia import CALENDAR

TODAY = date(2026, 11, 18)
PAID, AHEAD, MISSED = Standing.PAID, Standing.AHEAD, Standing.MISSED


def wish(rupiah: int = 10_000_000, count: int = 3, first: str = "2026-11-20", every: int = 7) -> Wish:
    return Wish(total=Money.rupiah(rupiah), instalments=count, first_on=date.fromisoformat(first), every_days=every)


def proposed(asked: Wish) -> list[tuple[str, int]]:
    plan = propose(asked, today=TODAY, calendar=CALENDAR, policy=DEFAULT)
    return [(one.due_on.isoformat(), one.amount.rupiah_exact) for one in plan]


def test_the_last_instalment_takes_the_rest() -> None:
    assert proposed(wish()) == [("2026-11-20", 3_333_333), ("2026-11-27", 3_333_333), ("2026-12-04", 3_333_334)]


def test_a_closed_day_moves_on() -> None:
    assert [on for on, _ in proposed(wish(first="2026-12-18"))] == ["2026-12-18", "2026-12-26", "2027-01-02"]


@pytest.mark.parametrize(
    "asked",
    [
        wish(count=1),  # that is a promise
        wish(count=13),
        wish(first="2026-11-17"),  # in the past
        wish(count=12, every=40),  # longer than a year
        wish(every=0),  # all on one day
        wish(rupiah=2, count=3),  # an instalment of nothing
    ],
)
def test_refused(asked: Wish) -> None:
    with pytest.raises(PlanRefused):
        propose(asked, today=TODAY, calendar=CALENDAR, policy=DEFAULT)


def instalments(*rows: tuple[str, int]) -> list[Instalment]:
    return [Instalment(due_on=date.fromisoformat(on), amount=Money.rupiah(rupiah)) for on, rupiah in rows]


THREE = instalments(("2026-11-20", 1_000_000), ("2026-11-27", 1_000_000), ("2026-12-04", 1_000_000))


def test_instalments_agreed_by_hand() -> None:
    check_typed(THREE, total=Money.rupiah(3_000_000), today=TODAY, policy=DEFAULT)


@pytest.mark.parametrize(
    ("rows", "rupiah"),
    [
        (THREE, 3_000_001),  # they do not add up
        (THREE[::-1], 3_000_000),  # they do not rise
        (THREE[:1], 1_000_000),  # one is a promise
        ([], 0),
        (instalments(("2026-11-17", 1), ("2026-11-18", 1)), 2),  # the first lies in the past
        (instalments(("2026-11-18", 1), ("2027-11-19", 1)), 2),  # the last is too far away
    ],
)
def test_refused_by_hand(rows: list[Instalment], rupiah: int) -> None:
    with pytest.raises(PlanRefused):
        check_typed(rows, total=Money.rupiah(rupiah), today=TODAY, policy=DEFAULT)


@pytest.mark.parametrize(
    ("received", "today", "found", "state"),
    [
        (0, "2026-11-20", (AHEAD, AHEAD, AHEAD), PlanState.RUNNING),
        (0, "2026-11-21", (AHEAD, AHEAD, AHEAD), PlanState.RUNNING),  # the grace day
        (0, "2026-11-23", (MISSED, AHEAD, AHEAD), PlanState.RUNNING),  # one miss
        (0, "2026-11-30", (MISSED, MISSED, AHEAD), PlanState.BROKEN),  # the second in a row
        (1_000_000, "2026-11-30", (PAID, MISSED, AHEAD), PlanState.RUNNING),
        (990_000, "2026-11-23", (PAID, AHEAD, AHEAD), PlanState.RUNNING),  # Rp10.000 short
        (2_500_000, "2026-11-18", (PAID, PAID, AHEAD), PlanState.RUNNING),  # ahead of time
        (3_000_000, "2026-11-18", (PAID, PAID, PAID), PlanState.COMPLETED),
    ],
)
def test_standings(received: int, today: str, found: tuple[Standing, ...], state: PlanState) -> None:
    day = date.fromisoformat(today)
    judged = standings(THREE, Money.rupiah(received), today=day, calendar=CALENDAR, policy=DEFAULT)
    assert (judged, state_of(judged, policy=DEFAULT)) == (found, state)


@pytest.mark.parametrize("state", list(PlanState))
def test_it_moves_only_along_the_table(state: PlanState) -> None:
    for wanted in PlanState:
        if wanted in TRANSITIONS[state]:
            assert moved(Plan(id=1, payer_id=2, state=state), wanted).state is wanted
        else:
            with pytest.raises(PlanMoved):
                moved(Plan(id=1, payer_id=2, state=state), wanted)


@given(
    sen=st.integers(2_000, 10**12),
    count=st.integers(2, 12),
    every=st.integers(7, 30),
    ahead=st.integers(0, 20),
)
def test_a_proposal_adds_up_and_would_be_accepted_by_hand(sen: int, count: int, every: int, ahead: int) -> None:
    asked = Wish(total=Money(sen), instalments=count, first_on=TODAY + timedelta(days=ahead), every_days=every)
    plan = propose(asked, today=TODAY, calendar=CALENDAR, policy=DEFAULT)
    assert all(CALENDAR.is_open(one.due_on) for one in plan)
    check_typed(plan, total=Money(sen), today=TODAY, policy=DEFAULT)
