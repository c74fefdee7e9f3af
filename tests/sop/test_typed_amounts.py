"""Typed amounts: exact or asked, never a guess of a thousand times too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.money import Money
from sop.typed_amounts import AskAmount, ExactAmount, parse_amount

OUTSTANDING = Money.rupiah(12_500_000)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("5jt", 5_000_000),
        ("5 JUTA", 5_000_000),
        ("1,5 juta", 1_500_000),
        ("1.5jt", 1_500_000),  # before a unit a single decimal is one
        ("1,25jt", 1_250_000),
        ("1.500.000", 1_500_000),
        ("Rp 750.000", 750_000),
        ("Rp. 32.400.000", 32_400_000),
        ("Rp1.500.000,-", 1_500_000),
        ("Rp 1.500.000,00", 1_500_000),
        ("1,500,000.00", 1_500_000),  # the English way cannot mean anything else
        ("500rb", 500_000),
        ("250k", 250_000),
        ("1jt 500rb", 1_500_000),
        ("2 milyar", 2_000_000_000),
        ("5000000", 5_000_000),
        ("750.000", 750_000),
        ("Rp 75.000", 75_000),
        ("1.500.000 rupiah", 1_500_000),
        ("semua", 12_500_000),
        ("lunas", 12_500_000),
    ],
)
def test_certain(text: str, rupiah: int) -> None:
    assert parse_amount(text, outstanding=OUTSTANDING) == ExactAmount(amount=Money.rupiah(rupiah))


def test_sen_are_kept() -> None:
    assert parse_amount("32.400.000,50") == ExactAmount(amount=Money(3_240_000_050))


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("1.5", [1_500, 1_500_000]),  # thousand or million?
        ("1.500", [1_500, 1_500_000]),
        ("12.500", [12_500, 12_500_000]),
        ("1,500", [1_500, 1_500_000]),
        ("150", [150_000, 150_000_000]),
        ("1.500 juta", [1_500_000, 1_500_000_000]),  # decimal or grouped?
        ("2,125jt", [2_125_000, 2_125_000_000]),
        ("1m", []),  # a million in English, a billion in Bahasa
        ("lima juta", []),
        ("500rb 1jt", []),
        ("1.5.0", []),
        ("Rp 500", []),
        ("-5jt", []),
        ("0", []),
        ("0 juta", []),
        ("", []),
        ("9" * 30, []),  # no sum of this world
        ("9" * 5000, []),  # Python itself refuses to read such a number
    ],
)
def test_asked(text: str, choices: list[int]) -> None:
    expected = AskAmount(choices=tuple(Money.rupiah(one) for one in choices))
    assert parse_amount(text, outstanding=OUTSTANDING) == expected


def test_all_of_something_unknown_is_asked() -> None:
    assert parse_amount("semua") == AskAmount()
    assert parse_amount("semua", outstanding=Money.ZERO) == AskAmount()


@given(st.integers(100_000, 10**12))
def test_a_written_amount_is_read_back(rupiah: int) -> None:
    dotted = f"{rupiah:,}".replace(",", ".")
    for text in (dotted, f"Rp {dotted}", f"Rp{dotted},00", str(rupiah)):
        assert parse_amount(text) == ExactAmount(amount=Money.rupiah(rupiah))


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    answer = parse_amount(text, outstanding=OUTSTANDING)
    sums = [answer.amount] if isinstance(answer, ExactAmount) else list(answer.choices)
    assert all(one > Money.ZERO for one in sums)
