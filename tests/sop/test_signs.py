"""Warning signs with their evidence, a score with its parts, and the ABC classes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.money import Money
from sop.policy import DEFAULT
from sop.signs import Abc, Behaviour, Evidence, Heat, Sign, abc_of, score_of, signs_of

CALM = Behaviour(balance=Money.rupiah(10_000_000), days_late=0)


@pytest.mark.parametrize(
    ("known", "evidence"),
    [
        (CALM, []),
        (replace(CALM, reminders_ignored=1), []),
        (replace(CALM, reminders_ignored=2), [(Sign.IGNORES, 2)]),
        (replace(CALM, days_silent=2), []),
        (replace(CALM, days_silent=3), [(Sign.SILENT, 3)]),
        (
            replace(CALM, is_short_of_money=True, asks_new_terms=True),
            [(Sign.SHORT_OF_MONEY, 1), (Sign.ASKS_NEW_TERMS, 1)],
        ),
        (replace(CALM, days_late=9, usual_days_late=4), [(Sign.LATER_THAN_USUAL, 5)]),
        (replace(CALM, days_late=4, usual_days_late=4), []),  # as always
        (replace(CALM, days_late=9), []),  # no history to compare with
        (replace(CALM, broken_promises=1), [(Sign.BROKE_PROMISE, 1)]),
    ],
)
def test_signs(known: Behaviour, evidence: list[tuple[Sign, int]]) -> None:
    assert signs_of(known, policy=DEFAULT) == tuple(Evidence(sign=sign, count=count) for sign, count in evidence)


LIMIT = Money.rupiah(10_000_000)


@pytest.mark.parametrize(
    ("known", "parts", "heat"),
    [
        (CALM, (0, 0, 0), Heat.NONE),
        (replace(CALM, days_late=60), (22, 0, 0), Heat.LOW),  # half of 45, rounded down
        (replace(CALM, days_late=400), (45, 0, 0), Heat.MEDIUM),  # never more than 45
        (replace(CALM, credit_limit=LIMIT), (0, 15, 0), Heat.NONE),  # half of two limits
        (replace(CALM, credit_limit=LIMIT, balance=LIMIT * 5), (0, 30, 0), Heat.LOW),
        (replace(CALM, credit_limit=Money.ZERO), (0, 0, 0), Heat.NONE),  # an unknown limit claims nothing
        (replace(CALM, broken_promises=1), (0, 0, 10), Heat.NONE),
        (replace(CALM, broken_promises=5, late_percent=100), (0, 0, 25), Heat.LOW),  # 15 and 10
        (replace(CALM, days_late=120, credit_limit=LIMIT, broken_promises=1), (45, 15, 10), Heat.HIGH),
    ],
)
def test_score(known: Behaviour, parts: tuple[int, int, int], heat: Heat) -> None:
    score = score_of(known, policy=DEFAULT)
    assert (score.overdue, score.exposure, score.behaviour) == parts
    assert (score.points, score.heat) == (sum(parts), heat)


@pytest.mark.parametrize(
    ("balances", "classes"),
    [
        ([], []),
        ([100], [Abc.A]),
        ([80, 15, 5], [Abc.A, Abc.B, Abc.C]),
        ([79, 15, 6], [Abc.A, Abc.A, Abc.B]),  # who crosses a border belongs to the class before it
        ([80, 15, 5, 0], [Abc.A, Abc.B, Abc.C, Abc.C]),  # nothing owed
        ([0, 0], [Abc.C, Abc.C]),
    ],
)
def test_abc(balances: list[int], classes: list[Abc]) -> None:
    owed = {number: Money.rupiah(one) for number, one in enumerate(balances)}
    assert abc_of(owed, policy=DEFAULT) == dict(enumerate(classes))


@given(st.dictionaries(st.integers(1, 99), st.integers(0, 10**9).map(Money), max_size=20))
def test_who_owes_more_is_never_in_a_lower_class(balances: dict[int, Money]) -> None:
    classes = abc_of(balances, policy=DEFAULT)
    assert set(classes) == set(balances)
    ordered = sorted(balances, key=lambda payer_id: (-balances[payer_id].sen, payer_id))
    ranks = [classes[payer_id].rank for payer_id in ordered]
    assert ranks == sorted(ranks)
