"""A shortfall that looks like tax is asked about with its document."""

from __future__ import annotations

import pytest

from sop.deductions import Deduction, fitting
from sop.money import Money
from sop.policy import DEFAULT


@pytest.mark.parametrize(
    ("amount", "shortfall", "kinds"),
    [
        (11_100_000, 200_000, (Deduction.PPH_23,)),  # 2 % of 10.000.000 before PPN
        (11_100_000, 199_500, (Deduction.PPH_23,)),  # rounded in the other ledger
        (10_000_000, 200_000, (Deduction.PPH_23,)),  # an invoice without PPN
        (11_100_000, 150_000, (Deduction.PPH_22,)),  # 1.5 %
        (11_100_000, 1_100_000, (Deduction.WAPU_PPN,)),
        (11_100_000, 1_250_000, (Deduction.WAPU_PPN,)),  # together with PPh 22
        (11_100_000, 500_000, ()),  # simply short
        (11_100_000, 0, ()),
        (11_100_000, -200_000, ()),  # too much
    ],
)
def test_fitting(amount: int, shortfall: int, kinds: tuple[Deduction, ...]) -> None:
    assert fitting(Money.rupiah(amount), Money.rupiah(shortfall), policy=DEFAULT) == kinds
