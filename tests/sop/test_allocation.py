"""Which invoices a payment pays: certain or asked, and every sen accounted for."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations as subsets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.allocation import (
    Allocated,
    AskWhich,
    NothingPaid,
    Part,
    Payable,
    UnknownInvoice,
    Way,
    allocate,
    oldest_first,
)
from sop.money import Money


def payables(*rupiah: int, set_aside: frozenset[int] = frozenset()) -> list[Payable]:
    """Invoices 1, 2, 3 ..., each due a day after the one before."""
    return [
        Payable(
            invoice_id=number,
            due_on=date(2026, 11, 1) + timedelta(days=number),
            balance=Money.rupiah(one),
            set_aside=number in set_aside,
        )
        for number, one in enumerate(rupiah, start=1)
    ]


def parts(allocated: Allocated) -> dict[int, int]:
    return {part.invoice_id: part.amount.rupiah_exact for part in allocated.parts}


@pytest.mark.parametrize(
    ("amount", "owed", "named", "way", "paid", "credit"),
    [
        (500, [300, 500], (2,), Way.NAMED, {2: 500}, 0),
        (200, [300, 500], (2,), Way.NAMED, {2: 200}, 0),  # a part of it
        (600, [300, 500], (2, 1), Way.NAMED, {1: 300, 2: 300}, 0),  # the older of the named first
        (900, [300, 500], (2,), Way.NAMED, {2: 500}, 400),  # over-payment is credit, not another invoice's
        (500, [300, 500], (), Way.EXACT_INVOICE, {2: 500}, 0),
        (800, [300, 500, 800], (), Way.EXACT_INVOICE, {3: 800}, 0),  # before any combination
        (800, [300, 500, 900], (), Way.EXACT_COMBINATION, {1: 300, 2: 500}, 0),
        (1700, [300, 500, 900], (), Way.EXACT_COMBINATION, {1: 300, 2: 500, 3: 900}, 0),  # everything
        (2000, [300, 500], (), Way.EVERYTHING, {1: 300, 2: 500}, 1200),  # more than everything
        (500, [], (), Way.CREDIT, {}, 500),
        (500, [0], (), Way.CREDIT, {}, 500),  # paid already
    ],
)
def test_what_is_certain(
    amount: int, owed: list[int], named: tuple[int, ...], way: Way, paid: dict[int, int], credit: int
) -> None:
    answer = allocate(Money.rupiah(amount), payables(*owed), named=named)
    assert isinstance(answer, Allocated)
    assert (answer.way, parts(answer), answer.credit) == (way, paid, Money.rupiah(credit))


@pytest.mark.parametrize(
    ("amount", "owed"),
    [
        (400, [300, 500]),  # nothing fits
        (300, [300, 300]),  # two invoices of that amount
        (500, [200, 300, 100, 400]),  # two combinations
        (600, [300, 300, 300]),  # which two of three
    ],
)
def test_what_is_asked(amount: int, owed: list[int]) -> None:
    answer = allocate(Money.rupiah(amount), payables(*owed))
    assert isinstance(answer, AskWhich)
    assert answer.proposed == oldest_first(Money.rupiah(amount), payables(*owed))


def test_oldest_first_skips_what_is_set_aside() -> None:
    disputed_first = payables(300, 500, 200, set_aside=frozenset({1}))
    assert parts(oldest_first(Money.rupiah(600), disputed_first)) == {2: 500, 3: 100}


def test_more_than_everything_is_asked_while_something_is_set_aside() -> None:
    answer = allocate(Money.rupiah(2000), payables(300, 500, set_aside=frozenset({1})))
    assert isinstance(answer, AskWhich)
    assert answer.proposed.credit == Money.rupiah(1500)


def test_a_disputed_invoice_paid_exactly_is_paid() -> None:
    answer = allocate(Money.rupiah(300), payables(300, 500, set_aside=frozenset({1})))
    assert answer == Allocated(
        way=Way.EXACT_INVOICE, parts=(Part(invoice_id=1, amount=Money.rupiah(300)),), credit=Money.ZERO
    )


@pytest.mark.parametrize("sen", [0, -100])
def test_nothing_is_no_payment(sen: int) -> None:
    with pytest.raises(NothingPaid):
        allocate(Money(sen), payables(300))
    with pytest.raises(NothingPaid):
        oldest_first(Money(sen), payables(300))


def test_a_named_invoice_must_be_open() -> None:
    with pytest.raises(UnknownInvoice):
        allocate(Money.rupiah(300), payables(300), named=(1, 9))


def test_a_hundred_invoices_are_answered_quickly() -> None:
    """Of equal amounts the number of combinations is astronomic: the search stops and asks."""
    hundred = [1_000_003 + 7 * number for number in range(100)]
    assert isinstance(allocate(Money.rupiah(50_000_350), payables(*hundred)), AskWhich)


OWED = st.lists(st.integers(1, 30), max_size=6)


@given(amount=st.integers(1, 200), owed=OWED, aside=st.frozensets(st.integers(1, 6)))
def test_every_sen_is_on_an_invoice_or_credit(amount: int, owed: list[int], aside: frozenset[int]) -> None:
    answer = allocate(Money(amount), [*_sen(owed, aside)])
    allocated = answer.proposed if isinstance(answer, AskWhich) else answer
    assert Money.total([*(part.amount for part in allocated.parts), allocated.credit]) == Money(amount)
    balances = dict(enumerate(owed, start=1))
    assert all(Money.ZERO < part.amount <= Money(balances[part.invoice_id]) for part in allocated.parts)


@given(amount=st.integers(1, 100), owed=OWED)
def test_a_combination_is_taken_only_when_it_is_the_only_one(amount: int, owed: list[int]) -> None:
    fitting = [
        chosen
        for size in range(1, len(owed) + 1)
        for chosen in subsets(range(1, len(owed) + 1), size)
        if sum(owed[number - 1] for number in chosen) == amount
    ]
    alone = [chosen for chosen in fitting if len(chosen) == 1]
    answer = allocate(Money(amount), [*_sen(owed, frozenset())])
    if amount > sum(owed):
        assert isinstance(answer, Allocated)
    elif len(alone) == 1 or (not alone and len(fitting) == 1):
        assert isinstance(answer, Allocated)
        assert tuple(part.invoice_id for part in answer.parts) == (alone or fitting)[0]
    else:
        assert isinstance(answer, AskWhich)


def _sen(owed: list[int], aside: frozenset[int]) -> list[Payable]:
    return [
        Payable(invoice_id=number, due_on=date(2026, 11, number), balance=Money(one), set_aside=number in aside)
        for number, one in enumerate(owed, start=1)
    ]
