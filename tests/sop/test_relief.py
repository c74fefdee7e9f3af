"""Relief: asked, granted, earned in time or lapsed."""

from __future__ import annotations

from datetime import date

import pytest

from sop.money import Money
from sop.policy import DEFAULT
from sop.relief import (
    TRANSITIONS,
    Relief,
    ReliefKind,
    ReliefMoved,
    ReliefRefused,
    ReliefState,
    TermRefused,
    check_amount,
    check_term,
    is_over,
    is_settled,
    moved,
    offer_until,
)
from tests.sop.indonesia import CALENDAR, local

TODAY = date(2026, 11, 18)


def relief(state: ReliefState = ReliefState.GRANTED) -> Relief:
    return Relief(
        id=1,
        payer_id=2,
        kind=ReliefKind.SETTLEMENT_DISCOUNT,
        state=state,
        asked_at=local("2026-11-18 10:00"),
        amount=Money.rupiah(500),
        until_on=date(2026, 11, 30),
    )


@pytest.mark.parametrize("state", list(ReliefState))
def test_it_moves_only_along_the_table(state: ReliefState) -> None:
    for wanted in ReliefState:
        if wanted in TRANSITIONS[state]:
            assert moved(relief(state), wanted).state is wanted
        else:
            with pytest.raises(ReliefMoved):
                moved(relief(state), wanted)


@pytest.mark.parametrize(
    ("balance", "late", "in_time", "earned"),
    [
        (500, 0, 4_500, True),
        (400, 0, 4_600, True),  # more than was asked for: the rest is let off
        (501, 0, 4_499, False),
        (0, 0, 5_000, False),  # all was paid: nothing is left to let off
        (500, 0, 0, False),  # nothing came: a debt that small is no settlement
        (500, 1, 4_499, False),  # the last rupiah came too late
    ],
)
def test_a_settlement_is_earned_in_time(balance: int, late: int, in_time: int, earned: bool) -> None:
    found = is_settled(relief(), balance=Money.rupiah(balance), late=Money.rupiah(late), in_time=Money.rupiah(in_time))
    assert found is earned


@pytest.mark.parametrize(("today", "over"), [("2026-11-30", False), ("2026-12-01", False), ("2026-12-02", True)])
def test_it_lapses_after_its_day_of_grace(today: str, over: bool) -> None:
    assert is_over(relief(), today=date.fromisoformat(today), calendar=CALENDAR, policy=DEFAULT) is over


@pytest.mark.parametrize(
    ("named", "until"),
    [(None, "2026-11-25"), (date(2026, 11, 30), "2026-11-30"), (date(2026, 11, 22), "2026-11-23")],  # a Sunday
)
def test_until_when_an_offer_stands(named: date | None, until: str) -> None:
    assert offer_until(named, today=TODAY, calendar=CALENDAR, policy=DEFAULT).isoformat() == until


@pytest.mark.parametrize("named", [date(2026, 11, 17), date(2027, 3, 1)])
def test_an_offer_lies_ahead_and_near(named: date) -> None:
    with pytest.raises(ReliefRefused):
        offer_until(named, today=TODAY, calendar=CALENDAR, policy=DEFAULT)


@pytest.mark.parametrize("rupiah", [0, 1_000, 1_001])
def test_never_nothing_and_never_all(rupiah: int) -> None:
    with pytest.raises(ReliefRefused):
        check_amount(Money.rupiah(rupiah), total=Money.rupiah(1_000))


@pytest.mark.parametrize(("days", "before"), [(0, None), (30, 30), (181, None)])
def test_terms_refused(days: int, before: int | None) -> None:
    with pytest.raises(TermRefused):
        check_term(days, before=before, policy=DEFAULT)


def test_a_longer_term_may_be_asked() -> None:
    check_term(60, before=30, policy=DEFAULT)
