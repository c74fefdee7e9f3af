"""The order of a collector's day, and the one line that says why a card is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.ladder import Step
from sop.money import Money
from sop.policy import DEFAULT
from sop.signs import Abc
from sop.worklist import Candidate, PromiseKind, PromiseToday, Urgency, groups_of, in_order, plan_day


def candidate(number: int, step: Step = Step.H_PLUS_2, juta: int = 1, days: int = 2, abc: Abc = Abc.B) -> Candidate:
    return Candidate(payer_id=number, step=step, amount=Money.rupiah(juta * 1_000_000), days_late=days, abc=abc)


def promised(number: int, kind: PromiseKind, abc: Abc = Abc.C) -> Candidate:
    promise = PromiseToday(kind=kind, promised_on=date(2026, 11, 17))
    return replace(candidate(number, abc=abc), promise=promise)


def test_the_order_of_the_procedure() -> None:
    before_due = candidate(1, Step.H_MINUS_3, juta=900, days=0, abc=Abc.A)
    small_and_old = candidate(2, juta=1, days=100)  # 100 million rupiah-days
    large_and_young = candidate(3, juta=60, days=2)  # 120
    of_class_a = candidate(4, juta=1, days=1, abc=Abc.A)
    due_today = candidate(5, Step.H_0, days=0)
    promised_today = promised(6, PromiseKind.DUE)
    broken = promised(7, PromiseKind.BROKEN)
    partial = promised(8, PromiseKind.PARTIAL, abc=Abc.A)
    day = [before_due, small_and_old, large_and_young, of_class_a, due_today, promised_today, broken, partial]
    assert [one.payer_id for one in in_order(day)] == [8, 7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("one", "reason", "names"),
    [
        (promised(1, PromiseKind.BROKEN), "why_promise_broken", {"amount", "promised_on"}),
        (promised(1, PromiseKind.PARTIAL), "why_promise_partial", {"amount", "promised_on"}),
        (promised(1, PromiseKind.DUE), "why_promise_due", {"amount", "promised_on"}),
        (promised(1, PromiseKind.INSTALMENT_DUE), "why_instalment_due", {"amount", "promised_on"}),
        (promised(1, PromiseKind.PLAN_BROKEN), "why_plan_broken", {"amount", "promised_on"}),
        (candidate(1, Step.H_0), "why_due_today", {"amount"}),
        (candidate(1, Step.H_PLUS_3), "why_overdue", {"amount", "days", "step"}),
        (candidate(1, Step.AFTER_DECISION), "why_overdue", {"amount", "days", "step"}),
        (candidate(1, Step.H_MINUS_3), "why_ready_to_pay", {"amount"}),
        (candidate(1, Step.NO_REPLY), "why_no_reply", {"amount"}),
        (candidate(1, Step.H_MINUS_7), "why_reminder", {"amount"}),  # "never by machine": a call
    ],
)
def test_every_card_says_why(one: Candidate, reason: str, names: set[str]) -> None:
    (card,) = plan_day([one], policy=DEFAULT).cards
    assert (card.reason, set(card.values), card.place) == (reason, names, 1)


def test_every_step_has_a_reason() -> None:
    assert len(plan_day([candidate(number, step) for number, step in enumerate(Step)], policy=DEFAULT).cards) == len(
        Step
    )


def test_beyond_the_cap_small_c_customers_stay_with_messages_and_others_go_to_the_pool() -> None:
    forty_five = [candidate(number, juta=500) for number in range(45)]
    small_c = replace(candidate(100, abc=Abc.C), amount=Money.rupiah(999_999))
    large_c = candidate(101, juta=1, abc=Abc.C)
    small_b = replace(candidate(102), amount=Money.rupiah(999_999))
    day = plan_day([*forty_five, small_c, large_c, small_b], policy=DEFAULT)
    assert len(day.cards) == 45
    assert (set(day.to_pool), day.messages_only) == ({101, 102}, (100,))


def test_the_digest_counts_by_urgency() -> None:
    groups = groups_of([candidate(1, juta=2), candidate(2, juta=3), promised(3, PromiseKind.DUE)])
    assert [(one.urgency, one.payers, one.amount) for one in groups] == [
        (Urgency.PROMISE_TODAY, 1, Money.rupiah(1_000_000)),
        (Urgency.OVERDUE, 2, Money.rupiah(5_000_000)),
    ]


@given(st.lists(st.tuples(st.sampled_from(Step), st.integers(1, 9), st.sampled_from(Abc)), max_size=120))
def test_nobody_is_lost_and_nobody_comes_twice(rows: list[tuple[Step, int, Abc]]) -> None:
    candidates = [candidate(number, step, juta, abc=abc) for number, (step, juta, abc) in enumerate(rows)]
    day = plan_day(candidates, policy=DEFAULT)
    placed = [card.payer_id for card in day.cards]
    assert sorted([*placed, *day.to_pool, *day.messages_only]) == list(range(len(rows)))
    assert [card.place for card in day.cards] == list(range(1, len(placed) + 1))


def test_where_nothing_is_late_the_higher_score_comes_first() -> None:
    """Before the due date every risk is nil: then it tells who usually pays late."""
    large = candidate(1, Step.H_MINUS_3, juta=9, days=0)
    risky = replace(candidate(2, Step.H_MINUS_3, juta=1, days=0), score=55)
    of_class_a = replace(candidate(3, Step.H_MINUS_3, juta=1, days=0, abc=Abc.A), score=5)
    late = candidate(4, juta=1, days=3)
    assert [one.payer_id for one in in_order([large, risky, of_class_a, late])] == [4, 3, 2, 1]


def test_a_collectors_own_cap_counts_instead_of_the_policys() -> None:
    day = plan_day([candidate(number) for number in range(5)], policy=DEFAULT, own_cap=3, taken=1)
    assert (len(day.cards), len(day.to_pool)) == (2, 3)
