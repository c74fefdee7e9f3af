"""Who may give how much more time, how often and up to which amount."""

from __future__ import annotations

from datetime import date

import pytest

from sop.authority import Given, Limit, Power, row_of
from sop.money import Money
from sop.people import Role
from sop.policy import DEFAULT, policy_from_toml
from sop.promise_dates import Occasion
from tests.sop.indonesia import CALENDAR

NEVER, MILLION = Given(), 1_000_000


def occasion(today: str = "2026-11-13") -> Occasion:
    """Invoices due on Wednesday 18 November."""
    return Occasion(
        today=date.fromisoformat(today), oldest_due_on=date(2026, 11, 18), calendar=CALENDAR, policy=DEFAULT
    )


@pytest.mark.parametrize(
    ("role", "until", "rupiah", "given", "limit"),
    [
        (Role.COLLECTOR, "2026-11-25", MILLION, NEVER, None),
        (Role.COLLECTOR, "2026-11-26", MILLION, NEVER, Limit.DAYS),
        (Role.COLLECTOR, "2026-11-25", 51 * MILLION, NEVER, Limit.AMOUNT),
        (Role.COLLECTOR, "2026-11-19", MILLION, Given(to_invoice=1), Limit.PER_INVOICE),
        (Role.COLLECTOR, "2026-11-19", MILLION, Given(to_payer=2), Limit.PER_PAYER),
        (Role.SALES, "2026-11-26", MILLION, NEVER, Limit.DAYS),  # works cards as a collector does
        (Role.FINANCE, "2026-11-25", 51 * MILLION, NEVER, None),
        (Role.MANAGER, "2026-12-18", MILLION, Given(to_invoice=1, to_payer=3), None),
        (Role.MANAGER, "2026-12-19", MILLION, NEVER, Limit.DAYS),
        (Role.MANAGER, "2026-11-19", MILLION, Given(to_invoice=2), Limit.PER_INVOICE),
        (Role.MANAGER, "2026-11-19", 501 * MILLION, NEVER, Limit.AMOUNT),
        (Role.ADMIN, "2027-02-16", 501 * MILLION, Given(to_invoice=3, to_payer=11), None),
    ],
)
def test_the_table(role: Role, until: str, rupiah: int, given: Given, limit: Limit | None) -> None:
    power = Power(row=row_of(role, policy=DEFAULT), given=given)
    assert power.limit(date.fromisoformat(until), Money.rupiah(rupiah), occasion=occasion()) is limit


def test_once_it_is_overdue_the_days_count_from_today() -> None:
    manager = Power(row=DEFAULT.extension.manager, given=NEVER)
    assert manager.latest(occasion("2026-12-01")) == date(2026, 12, 31)


def test_a_company_writes_its_own_table() -> None:
    policy = policy_from_toml("[extension.manager]\ndays = 14\ntimes_per_invoice = 1\n[extension]\nwindow_days = 30")
    assert (policy.extension.manager.days, policy.extension.manager.times_per_invoice) == (14, 1)
    assert policy.extension.manager.amount == DEFAULT.extension.manager.amount
    assert policy.extension.collector == DEFAULT.extension.collector
