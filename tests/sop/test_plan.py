"""Instalments: split to the last sen, on open days, judged from the front."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.money import Money
from sop.plan import (
    TRANSITIONS,
    Counted,
    Instalment,
    Plan,
    PlanMoved,
    PlanState,
    Share,
    Standing,
    asked_now,
    consent_until,
    counted,
    moved,
    next_due,
    reminder_on,
    standings,
    state_of,
)
from sop.plan_schedule import PlanRefused, Rhythm, Wish, check_typed, propose
from sop.policy import DEFAULT
from tests.sop.indonesia import CALENDAR, local

TODAY = date(2026, 11, 18)
PAID, AHEAD, MISSED = Standing.PAID, Standing.AHEAD, Standing.MISSED


def wish(rupiah: int = 10_000_000, count: int = 3, first: str = "2026-11-20", rhythm: Rhythm = Rhythm.WEEKLY) -> Wish:
    return Wish(total=Money.rupiah(rupiah), instalments=count, first_on=date.fromisoformat(first), rhythm=rhythm)


def proposed(asked: Wish) -> list[tuple[str, int]]:
    plan = propose(asked, today=TODAY, calendar=CALENDAR, policy=DEFAULT)
    return [(one.due_on.isoformat(), one.amount.rupiah_exact) for one in plan]


def test_the_last_instalment_takes_the_rest() -> None:
    assert proposed(wish()) == [("2026-11-20", 3_333_333), ("2026-11-27", 3_333_333), ("2026-12-04", 3_333_334)]


def test_a_closed_day_moves_on() -> None:
    assert [on for on, _ in proposed(wish(first="2026-12-18"))] == ["2026-12-18", "2026-12-26", "2027-01-02"]


@pytest.mark.parametrize(
    ("rhythm", "first", "days"),
    [
        (Rhythm.WEEKLY, "2026-11-20", ["2026-11-20", "2026-11-27", "2026-12-04"]),
        (Rhythm.FORTNIGHTLY, "2026-11-20", ["2026-11-20", "2026-12-04", "2026-12-18"]),
        (Rhythm.MONTHLY, "2026-11-30", ["2026-11-30", "2026-12-30", "2027-01-30"]),
        (Rhythm.MONTHLY, "2026-12-31", ["2026-12-31", "2027-02-01", "2027-03-01"]),  # Sundays move; February ends early
    ],
)
def test_rhythms(rhythm: Rhythm, first: str, days: list[str]) -> None:
    assert [on for on, _ in proposed(wish(first=first, rhythm=rhythm))] == days


@pytest.mark.parametrize(
    "asked",
    [
        wish(count=1),  # that is a promise
        wish(count=7),
        wish(first="2026-11-17"),  # in the past
        wish(first="2027-11-18", rhythm=Rhythm.MONTHLY),  # the last one lies beyond a year
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
    money = Counted(received=Money.rupiah(received))
    judged = standings(THREE, money, today=day, calendar=CALENDAR, policy=DEFAULT)
    assert (judged, state_of(judged, policy=DEFAULT)) == (found, state)


@pytest.mark.parametrize("state", list(PlanState))
def test_it_moves_only_along_the_table(state: PlanState) -> None:
    for wanted in PlanState:
        plan = Plan(id=1, payer_id=2, state=state, amount=Money.rupiah(1), asked_at=local("2026-11-18 10:00"))
        if wanted in TRANSITIONS[state]:
            assert moved(plan, wanted).state is wanted
        else:
            with pytest.raises(PlanMoved):
                moved(plan, wanted)


@pytest.mark.parametrize(
    ("received", "disputed", "found"),
    [
        (0, 3_000_000, (AHEAD, AHEAD, AHEAD)),  # all of it is disputed: nothing is asked
        (0, 1_000_000, (MISSED, MISSED, AHEAD)),  # what is not disputed is asked first
        (2_000_000, 1_000_000, (PAID, PAID, AHEAD)),
        (1_500_000, 1_000_000, (PAID, MISSED, AHEAD)),
    ],
)
def test_what_is_disputed_is_taken_off_the_end(received: int, disputed: int, found: tuple[Standing, ...]) -> None:
    money = Counted(received=Money.rupiah(received), disputed=Money.rupiah(disputed))
    assert standings(THREE, money, today=date(2026, 12, 1), calendar=CALENDAR, policy=DEFAULT) == found


def share(amount: int, balance: int, received: int = 0, disputed: int = 0) -> Share:
    return Share(
        amount=Money.rupiah(amount),
        balance=Money.rupiah(balance),
        received=Money.rupiah(received),
        disputed=Money.rupiah(disputed),
    )


@pytest.mark.parametrize(
    ("shares", "received", "disputed"),
    [
        ([share(1_000, 1_000)], 0, 0),
        ([share(1_000, 600, received=400)], 400, 0),
        ([share(1_000, 800)], 200, 0),  # a credit note made the debt less
        ([share(600, 1_000, disputed=400)], 0, 400),  # the disputed part was never in the plan; still nothing came
        ([share(600, 700, received=300, disputed=400)], 300, 300),
        ([share(600, 600)], 0, 0),  # the disputed part was credited: no instalment was paid by that
        ([share(500, 0, received=900), share(500, 500)], 500, 0),  # too much for one is nothing for another
    ],
)
def test_what_counts_for_a_plan(shares: list[Share], received: int, disputed: int) -> None:
    assert counted(shares) == Counted(received=Money.rupiah(received), disputed=Money.rupiah(disputed))


@pytest.mark.parametrize(
    ("received", "today", "asked", "following"),
    [
        (0, "2026-11-18", 1_000_000, "2026-11-20"),
        (0, "2026-11-27", 2_000_000, "2026-11-20"),  # what was missed is asked with it
        (1_000_000, "2026-11-21", 1_000_000, "2026-11-27"),
        (1_400_000, "2026-11-27", 600_000, "2026-11-27"),
        (3_000_000, "2026-11-21", 0, None),
    ],
)
def test_what_is_asked_now(received: int, today: str, asked: int, following: str | None) -> None:
    day, money = date.fromisoformat(today), Counted(received=Money.rupiah(received))
    assert asked_now(THREE, money.received, today=day) == Money.rupiah(asked)
    found = standings(THREE, money, today=day, calendar=CALENDAR, policy=DEFAULT)
    one = next_due(THREE, found)
    assert (None if one is None else one.due_on.isoformat()) == following


def test_its_days_are_open_days() -> None:
    monday = Instalment(due_on=date(2026, 11, 23), amount=Money.rupiah(1))
    assert reminder_on(monday, calendar=CALENDAR, policy=DEFAULT) == date(2026, 11, 21)
    assert consent_until(date(2026, 11, 20), calendar=CALENDAR, policy=DEFAULT) == date(2026, 11, 24)


@given(
    sen=st.integers(2_000, 10**12),
    count=st.integers(2, 6),
    rhythm=st.sampled_from(Rhythm),
    ahead=st.integers(0, 60),
)
def test_a_proposal_adds_up_and_would_be_accepted_by_hand(sen: int, count: int, rhythm: Rhythm, ahead: int) -> None:
    asked = Wish(total=Money(sen), instalments=count, first_on=TODAY + timedelta(days=ahead), rhythm=rhythm)
    plan = propose(asked, today=TODAY, calendar=CALENDAR, policy=DEFAULT)
    assert all(CALENDAR.is_open(one.due_on) for one in plan)
    check_typed(plan, total=Money(sen), today=TODAY, policy=DEFAULT)
