"""Who may give a customer more time by himself: a row for each role. (sop 4; 000-IV.A.2; the figures are ours)"""
# ruff: noqa: RUF009 - these calls make dataclass fields, as dataclasses.field does

from __future__ import annotations

from dataclasses import dataclass, field

from sop.money import Money
from sop.policy.figure import count, rupiah

BILLION = 1_000_000_000
MILLION = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class GrantRow:
    """What one role may grant alone; one step further and the next role is asked."""

    days: int = count(7, 0, 366)  # from the due date, or from today once that has passed
    times_per_invoice: int = count(1, 0, 20)  # "perpanjangan ini diberikan satu kali" (T17)
    times_per_payer: int = count(2, 0, 100)  # within the window below
    amount: Money = rupiah(50 * MILLION, 100 * BILLION)  # of everything that gets more time at once


def _finance() -> GrantRow:
    return GrantRow(days=7, times_per_invoice=1, times_per_payer=3, amount=Money.rupiah(100 * MILLION))


def _manager() -> GrantRow:
    return GrantRow(days=30, times_per_invoice=2, times_per_payer=4, amount=Money.rupiah(500 * MILLION))


def _admin() -> GrantRow:
    return GrantRow(days=90, times_per_invoice=4, times_per_payer=12, amount=Money.rupiah(100 * BILLION))


@dataclass(frozen=True, kw_only=True, slots=True)
class ExtensionTerms:
    """More time before the due date, and what a manager gives afterwards. (sop 3, 5)"""

    collector: GrantRow = field(default_factory=GrantRow)  # sales too, who works cards as he does
    finance: GrantRow = field(default_factory=_finance)
    manager: GrantRow = field(default_factory=_manager)
    admin: GrantRow = field(default_factory=_admin)
    window_days: int = count(90, 1, 366)  # in which a payer's grants are counted
    expires_days_after_due: int = count(0, 0, 30)  # a request nobody answered is over the day after these
