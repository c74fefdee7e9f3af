"""Which customers go, and how they are spread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.money import Money
from sop.reassignment import NothingToMove, Owned, PartKind, part_named, parts_of, spread_over
from sop.signs import Abc


def owned(number: int, juta: int = 1, *, city: str | None = None, abc: Abc = Abc.C) -> Owned:
    amount = Money.rupiah(juta * 1_000_000)
    return Owned(payer_id=number, name=f"Toko {number}", city=city, abc=abc, balance=amount, overdue=Money.ZERO)


def test_parts_are_all_the_classes_and_the_cities() -> None:
    his = [
        owned(1, city="Bandung", abc=Abc.A),
        owned(2, city="Kota Bogor"),
        owned(3, city="BANDUNG."),  # written otherwise, the same place
        owned(4),
    ]
    found = {(one.kind, one.code): [each.payer_id for each in one.payers] for one in parts_of(his)}
    assert found == {
        (PartKind.ALL, "all"): [1, 2, 3, 4],
        (PartKind.CLASS, "a"): [1],
        (PartKind.CLASS, "c"): [2, 3, 4],
        (PartKind.CITY, "k0"): [1, 3],
        (PartKind.CITY, "k1"): [2],
    }


@pytest.mark.parametrize("code", ["b", "k9", "", "drop table"])
def test_a_part_that_is_not_there_is_refused(code: str) -> None:
    with pytest.raises(NothingToMove):
        part_named([owned(1, abc=Abc.A)], code)


def test_the_largest_do_not_all_go_to_the_first() -> None:
    shares = spread_over([owned(number, juta=number) for number in range(1, 7)], [10, 20])
    assert [(one.to_id, [each.payer_id for each in one.payers]) for one in shares] == [(10, [6, 3, 2]), (20, [5, 4, 1])]
    assert [one.balance for one in shares] == [Money.rupiah(11_000_000), Money.rupiah(10_000_000)]


@given(st.lists(st.integers(1, 500), max_size=60), st.integers(1, 7))
def test_nobody_is_lost_and_the_counts_differ_by_one_at_most(amounts: list[int], collectors: int) -> None:
    shares = spread_over([owned(place, juta) for place, juta in enumerate(amounts)], list(range(collectors)))
    assert sorted(one.payer_id for share in shares for one in share.payers) == list(range(len(amounts)))
    counts = [len(share.payers) for share in shares] + [0] * (collectors - len(shares))
    assert max(counts) - min(counts) <= 1
