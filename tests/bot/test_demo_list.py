"""The demo's own list reads back without refusals or questions and has work for every step."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from bot.demo_list import COLLECTORS, demo_list
from bot.intake import ReadList, read_list
from sop.money import Money
from sop.zones import ZONES

TODAY = date(2026, 11, 18)
SMALL = Money.rupiah(1_000_000)


def read_demo(*, today: date, seed: int) -> ReadList:
    return read_list(demo_list(today=today, seed=seed), filename="piutang-demo.xlsx")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 1), date(2028, 2, 29)])
def test_it_reads_back_whole(today: date, seed: int) -> None:
    read = read_demo(today=today, seed=seed)
    assert (read.refused, read.questions) == ((), ())
    assert len(read.invoices) == 149
    assert len(read.open_invoices) == 145
    assert read.columns["amount"] == "Faktur Netto"
    due_in_days = {(invoice.due_on - today).days for invoice in read.open_invoices}
    assert due_in_days >= set(range(-10, 15))  # H+10 to H-14: every step has its invoices on every day of a fortnight
    assert min(due_in_days) < -10


def test_it_has_the_people_the_demo_tells_about() -> None:
    read = read_demo(today=TODAY, seed=1)
    customers = {invoice.customer_code: invoice for invoice in read.invoices}
    assert len(customers) == 40
    assert {invoice.collector for invoice in read.invoices} == set(COLLECTORS)
    assert {invoice.zone for invoice in read.invoices} == set(ZONES)
    assert sum(invoice.consent is True for invoice in customers.values()) == 30
    assert any(Money.ZERO < invoice.paid < invoice.amount for invoice in read.invoices)
    assert all(invoice.phones and invoice.phones[0].startswith("+62812000") for invoice in read.invoices)
    by_phone = defaultdict(set)
    for invoice in read.invoices:
        by_phone[invoice.phones].add((invoice.customer, invoice.collector))
    assert sorted(len(shops) for shops in by_phone.values())[-2:] == [1, 2]  # one owner of two shops


def test_one_small_customer_is_long_overdue() -> None:
    owed: dict[str, Money] = defaultdict(lambda: Money.ZERO)
    oldest: dict[str, date] = {}
    for invoice in read_demo(today=TODAY, seed=1).open_invoices:
        owed[invoice.customer] += invoice.balance
        oldest[invoice.customer] = min(invoice.due_on, oldest.get(invoice.customer, invoice.due_on))
    small = [customer for customer, balance in owed.items() if balance < SMALL]
    assert small == ["Warung Bu Darmi"]
    assert oldest[small[0]] <= TODAY - timedelta(days=5)


def test_the_same_day_and_seed_give_the_same_bytes() -> None:
    assert demo_list(today=TODAY, seed=1) == demo_list(today=TODAY, seed=1)
    assert demo_list(today=TODAY, seed=1) != demo_list(today=TODAY, seed=2)
