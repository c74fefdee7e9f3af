"""How finance types a payment, on Wednesday 18 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from sop.money import Money
from sop.paid_dates import PaidDateUnclear
from sop.payment_command import AmountUnclear, HalfTyped, TypedPayment, typed_payment

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("typed", "number", "rupiah", "paid_on"),
    [
        ("F-001 1000000", "F-001", 1_000_000, None),
        ("F-001 1.000.000 17/11", "F-001", 1_000_000, "2026-11-17"),
        ("INV/26/1 1,5 juta kemarin", "INV/26/1", 1_500_000, "2026-11-17"),
        ("F-001 Rp 750.000 3 november 2026", "F-001", 750_000, "2026-11-03"),
        ("F-001 2jt 500rb hari ini", "F-001", 2_500_000, "2026-11-18"),
        ("F-001 lunas", "F-001", None, None),
        ("F-001 lunas kemarin", "F-001", None, "2026-11-17"),
    ],
)
def test_number_amount_and_day(typed: str, number: str, rupiah: int | None, paid_on: str | None) -> None:
    amount = None if rupiah is None else Money.rupiah(rupiah)
    on = None if paid_on is None else date.fromisoformat(paid_on)
    assert typed_payment(typed, today=TODAY) == TypedPayment(number=number, amount=amount, paid_on=on)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", HalfTyped),
        ("F-001", HalfTyped),
        ("F-001 banyak", AmountUnclear),
        ("F-001 -500000", AmountUnclear),
        ("F-001 1,5", AmountUnclear),  # a unit is missing
        ("F-001 1000000 besok", PaidDateUnclear),
        ("F-001 1000000 19/11/2026", PaidDateUnclear),  # tomorrow's money is no money
    ],
)
def test_half_typed_is_helped(typed: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        typed_payment(typed, today=TODAY)
