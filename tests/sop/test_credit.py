"""Credit notes: what may be credited, and how the command is read."""

from __future__ import annotations

import pytest

from sop.credit import CreditTooLarge, NothingCredited, check_shares
from sop.credit_command import CreditHalfTyped, TypedCredit, typed_credit
from sop.money import Money
from sop.payment_command import AmountUnclear
from tests.sop.test_discount import invoice

MILLION = Money.rupiah(1_000_000)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("F-1 250.000 NR-012", TypedCredit(invoice="F-1", amount=Money.rupiah(250_000), number="NR-012")),
        ("F-1 250.000", TypedCredit(invoice="F-1", amount=Money.rupiah(250_000), number=None)),
        ("F-1 1,5jt NR 012", TypedCredit(invoice="F-1", amount=Money.rupiah(1_500_000), number="NR 012")),
        ("F-1 semua NR-7", TypedCredit(invoice="F-1", amount=None, number="NR-7")),
        ("F-1 250rb 0012", TypedCredit(invoice="F-1", amount=Money.rupiah(250_000), number="0012")),
    ],
)
def test_the_command_is_taken_apart(typed: str, expected: TypedCredit) -> None:
    assert typed_credit(typed) == expected


@pytest.mark.parametrize(
    ("typed", "refusal"), [("", CreditHalfTyped), ("F-1", CreditHalfTyped), ("F-1 banyak", AmountUnclear)]
)
def test_half_typed_is_refused(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        typed_credit(typed)


def test_no_more_is_credited_than_is_open() -> None:
    known = {1: invoice(paid=400_000)}
    check_shares({1: Money.rupiah(600_000)}, known)
    with pytest.raises(CreditTooLarge):
        check_shares({1: Money.rupiah(600_001)}, known)
    with pytest.raises(CreditTooLarge):
        check_shares({2: MILLION}, known)  # another payer's, or paid meanwhile
    for nothing in ({}, {1: Money.ZERO}, {1: -MILLION}):
        with pytest.raises(NothingCredited):
            check_shares(nothing, known)
