"""`Untuk faktur mana?`: what finance is offered, and when it is asked again."""

from __future__ import annotations

from datetime import date

import pytest

from sop.allocation import Part, Payable
from sop.money import Money
from sop.placing import MOST_TOGETHER, digest_of, goes_to_managers, is_to_be_reminded, on_these, suggestions
from tests.sop.indonesia import CALENDAR


def open_invoices(*rupiah: int) -> tuple[Payable, ...]:
    return tuple(
        Payable(invoice_id=number, due_on=date(2026, 11, number), balance=Money.rupiah(one))
        for number, one in enumerate(rupiah, start=1)
    )


@pytest.mark.parametrize(
    ("amount", "balances", "sets"),
    [
        (100, (100, 100, 300), [(1,), (2,)]),  # two alike: either
        (300, (100, 200, 300), [(3,), (1, 2)]),  # one alone, or two together
        (250, (100, 200, 300), []),  # nothing adds up: ticked by hand
        (50, (10, 10, 10, 10, 10), []),  # more than four together do not fit a button
    ],
)
def test_what_adds_up_exactly_is_suggested(amount: int, balances: tuple[int, ...], sets: list[tuple[int, ...]]) -> None:
    found = suggestions(Money.rupiah(amount), open_invoices(*balances))
    assert sorted(tuple(one.invoice_id for one in some) for some in found) == sorted(sets)
    assert all(len(some) <= MOST_TOGETHER for some in found)


def test_ticked_invoices_take_the_oldest_first_and_the_rest_is_credit() -> None:
    found = on_these(Money.rupiah(350), open_invoices(100, 200, 300), [3, 1])
    assert found.parts == (
        Part(invoice_id=1, amount=Money.rupiah(100)),
        Part(invoice_id=3, amount=Money.rupiah(250)),
    )
    assert on_these(Money.rupiah(500), open_invoices(100), [1]).credit == Money.rupiah(400)
    assert on_these(Money.rupiah(500), open_invoices(100), []).credit == Money.rupiah(500)


def test_a_signature_is_for_what_was_seen() -> None:
    assert digest_of([2, 1]) == digest_of([1, 2])
    assert digest_of([1, 2]) != digest_of([12])
    assert 0 <= digest_of(range(10)) < 2**32


@pytest.mark.parametrize(
    ("today", "told_on", "reminded", "managers"),
    [
        ("2026-11-20", None, False, False),  # the Friday it was asked
        ("2026-11-21", None, True, False),  # Saturday is a working day
        ("2026-11-21", "2026-11-21", False, False),  # once a day
        ("2026-11-22", "2026-11-21", False, True),  # Sunday: nobody
        ("2026-11-23", "2026-11-21", True, True),
    ],
)
def test_asked_again(today: str, told_on: str | None, reminded: bool, managers: bool) -> None:
    asked, now = date(2026, 11, 20), date.fromisoformat(today)
    told = None if told_on is None else date.fromisoformat(told_on)
    assert is_to_be_reminded(asked, told, today=now, calendar=CALENDAR) is reminded
    assert goes_to_managers(asked, today=now, calendar=CALENDAR) is managers
