"""Amounts never lose a sen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.money import HasSen, Money

SEN = st.integers(min_value=-(10**18), max_value=10**18)
AMOUNT = st.builds(Money, SEN)


@pytest.mark.parametrize(
    ("amount", "on_screen"),
    [
        (Money.rupiah(1_250_000), 1_250_000),  # a whole amount is itself
        (Money(12_349), 123),  # 49 sen are rounded down
        (Money(12_350), 124),  # half a rupiah is rounded up
        (Money(-12_350), -124),  # and away from zero for a difference
        (Money.ZERO, 0),  # nothing is nothing
    ],
)
def test_an_amount_is_shown_in_whole_rupiah(amount: Money, on_screen: int) -> None:
    assert amount.whole() == on_screen


def test_sen_are_never_dropped_in_silence() -> None:
    assert Money.rupiah(7).rupiah_exact == 7
    with pytest.raises(HasSen):
        _ = Money(701).rupiah_exact


@pytest.mark.parametrize("wrong", [1.5, "100", True, None])
def test_only_whole_numbers_of_sen_are_amounts(wrong: object) -> None:
    with pytest.raises(TypeError):
        Money(wrong)  # type: ignore[arg-type]


@given(st.lists(AMOUNT))
def test_a_sum_counts_every_sen(amounts: list[Money]) -> None:
    assert sum(amounts, Money.ZERO) == Money.total(amounts) == Money(sum(one.sen for one in amounts))


@given(AMOUNT, AMOUNT)
def test_what_is_added_can_be_taken_away(one: Money, other: Money) -> None:
    assert (one + other) - other == one
    assert one - other == -(other - one)
    assert (one < other) == (one.sen < other.sen)


@given(AMOUNT, st.integers(min_value=1, max_value=60))
def test_instalments_add_up_and_only_the_last_is_not_whole(amount: Money, parts: int) -> None:
    instalments = amount.split(parts)
    assert len(instalments) == parts
    assert Money.total(instalments) == amount
    assert not any(one.has_sen for one in instalments[:-1])
    assert len(set(instalments[:-1])) <= 1
    assert Money.ZERO <= instalments[-1] - instalments[0] < Money.rupiah(parts + 1)


def test_nothing_can_be_split_into_no_parts() -> None:
    with pytest.raises(ValueError, match="0 parts"):
        Money.rupiah(1).split(0)


@given(AMOUNT, st.integers(min_value=-50, max_value=50))
def test_a_multiple_is_a_repeated_sum(amount: Money, times: int) -> None:
    assert amount * times == times * amount == Money(amount.sen * times)


@given(AMOUNT)
def test_a_balance_is_true_when_anything_is_left(amount: Money) -> None:
    assert bool(amount) == (amount != Money.ZERO)
    assert amount.positive() == max(amount, Money.ZERO)
