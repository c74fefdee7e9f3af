"""Only the disputed part pauses."""

from __future__ import annotations

import pytest

from sop.dispute import (
    TRANSITIONS,
    Dispute,
    DisputeCause,
    DisputeClosed,
    DisputeState,
    DisputeTooLarge,
    check_amount,
    disputed_part,
    moved,
)
from sop.money import Money
from tests.sop.indonesia import local

MILLION = Money.rupiah(1_000_000)


def dispute(rupiah: int | None = None, state: DisputeState = DisputeState.OPEN) -> Dispute:
    return Dispute(
        id=1,
        payer_id=7,
        invoice_id=3,
        cause=DisputeCause.SHORT_DELIVERED,
        state=state,
        opened_at=local("2026-11-18 10:00"),
        amount=None if rupiah is None else Money.rupiah(rupiah),
    )


@pytest.mark.parametrize("state", list(DisputeState))
def test_it_moves_only_along_the_table(state: DisputeState) -> None:
    for wanted in DisputeState:
        if wanted in TRANSITIONS[state]:
            assert moved(dispute(state=state), wanted).state is wanted
        else:
            with pytest.raises(DisputeClosed):
                moved(dispute(state=state), wanted)


@pytest.mark.parametrize(
    ("disputes", "held"),
    [
        ([], 0),
        ([dispute(300_000)], 300_000),
        ([dispute(300_000), dispute(200_000)], 500_000),
        ([dispute()], 1_000_000),  # all of it
        ([dispute(), dispute(300_000)], 1_000_000),  # never more than the balance
        ([dispute(1_200_000)], 1_000_000),  # something was paid since
        ([dispute(300_000, DisputeState.ACCEPTED)], 300_000),  # until the credit note is posted
        ([dispute(300_000, DisputeState.REJECTED)], 0),
        ([dispute(300_000, DisputeState.SETTLED)], 0),
    ],
)
def test_the_part_that_pauses(disputes: list[Dispute], held: int) -> None:
    assert disputed_part(disputes, balance=MILLION) == Money.rupiah(held)


@pytest.mark.parametrize("rupiah", [None, 1, 1_000_000])  # all, the least, the whole balance
def test_accepted_amounts(rupiah: int | None) -> None:
    check_amount(None if rupiah is None else Money.rupiah(rupiah), balance=MILLION)


@pytest.mark.parametrize("rupiah", [0, 1_000_001, -1])
def test_refused_amounts(rupiah: int) -> None:
    with pytest.raises(DisputeTooLarge):
        check_amount(Money.rupiah(rupiah), balance=MILLION)
