"""The numbers of promises, authority, escalations, payments, letters and signs. Each stands here once."""
# ruff: noqa: RUF009 - these calls make dataclass fields, as dataclasses.field does

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sop.money import Money
from sop.policy.figure import clock, count, rising, rupiah, switch, text

BILLION = 1_000_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseTerms:
    """When a promise counts as kept, and what follows when not. (sop 4, 004)"""

    tolerance: Money = rupiah(10_000, 1_000_000)  # missing so little is still KEPT (sop 4)
    grace_working_days: int = count(1, 0, 5)  # after promised_on (sop 4)
    broken_in_a_row: int = count(2, 1, 5)  # escalates (sop 4)
    remind_open_days_before: int = count(1, 1, 3)  # reminder to the customer (sop 4)
    horizon_days: int = count(90, 7, 366)  # no date further away is taken at all (ours; indonesia 5.2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """What a collector may grant alone, promise or more time; beyond it the manager. (sop 4, 000-IV.A.2)"""

    days_after_oldest_due: int = count(7, 0, 90)  # the later of this ... (sop 4)
    working_days_from_today: int = count(3, 0, 30)  # ... and this (sop 4)
    amount: Money = rupiah(50_000_000, 100 * BILLION)  # no more than so much in one promise (sop 4; the figure is ours)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanTerms:
    """Instalments. (001, 002; the figures are ours)"""

    instalments_least: int = count(2, 2, 6)
    instalments_most: int = count(6, 2, 6)  # more do not fit into one message with every day (T19)
    horizon_days: int = count(365, 30, 1830)  # the last instalment
    remind_open_days_before: int = count(1, 1, 3)  # T25
    missed_in_a_row: int = count(2, 1, 5)  # the plan goes to the manager
    consent_working_days: int = count(3, 1, 14)  # the customer's SETUJU is awaited so long (T19)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReliefTerms:
    """Waived penalties, settlement discounts and changed credit terms. (002, 003; the figures are ours)"""

    offer_days: int = count(7, 1, 60)  # a settlement is good so long where no day was named
    horizon_days: int = count(60, 7, 366)  # no offer is good for longer
    term_choices: tuple[int, ...] = rising(30, 45, 60, 90)  # days of credit on the buttons
    longest_term_days: int = count(180, 7, 366)


@dataclass(frozen=True, kw_only=True, slots=True)
class EscalationTerms:
    """How long a manager has, and what becomes a list. (sop 5)"""

    deadline_working_days: int = count(1, 1, 10)  # (sop 5)
    unclear_until: time = clock("16:00", "12:00", "20:00")  # H0 `Belum jelas`, same day (000-IV.B.3)
    next_level_after_deadlines: int = count(2, 2, 5)  # at twice the deadline (sop 5)
    levels: int = count(2, 1, 2)  # the managers, then the admins; above them there is nobody (ours)
    small_payer_below: Money = rupiah(1_000_000, BILLION)  # only in the daily list (sop 5)
    list_above: int = count(5, 1, 50)  # more in one run become one list (sop 5)
    approve_all_up_to: Money = rupiah(10_000_000, BILLION)  # `Setujui semua <= Rp ...` (sop 5; the figure is ours)
    sales_after_open_days: int = count(2, 1, 3)  # their sales person hears that they are late (004; the figure is ours)
    small_claim_up_to: Money = rupiah(500_000_000, BILLION)  # gugatan sederhana (Perma 4/2019; 004)


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentTerms:
    """Claims, cash, giro and deductions. (sop 3, 6, 8)"""

    claim_to_manager_after_working_days: int = count(2, 1, 10)  # then daily (sop 6)
    slip_required_from_claim: int = count(2, 1, 5)  # a second claim needs its slip (sop 3)
    posting_reminder_at: time = clock("10:00", "08:00", "17:00")  # finance's button not pressed (sop 2.6)
    deposit_after_working_days: int = count(1, 0, 5)  # cash in the collector's hand ... (sop 3)
    deposit_until: time = clock("10:00", "08:00", "17:00")  # ... then to the manager (sop 3)
    giro_clearing_working_days: int = count(2, 0, 10)  # hold until effective date + so many (sop 3)
    giro_valid_days: int = count(70, 30, 120)  # from its issue (indonesia 2.3)
    giro_reminder_days_before: int = count(1, 0, 5)  # reminder of funds (sop 3)
    ledger_stale_after_hours: int = count(26, 1, 168)  # an older feed holds chasing (sop 6; the figure is ours)
    pph22_basis_points: int = count(150, 0, 1000)  # PPh 22 of the amount before tax (sop 8)
    pph23_basis_points: int = count(200, 0, 1500)  # PPh 23 (sop 8)
    ppn_basis_points: int = count(1100, 0, 2000)  # PPN kept by a wapu buyer (sop 8)
    dispute_answer_working_days: int = count(3, 1, 30)  # he hears of it again (T15; the figure is ours)
    deduction_slack: Money = rupiah(1_000, 100_000)  # rounding between two ledgers (ours)
    reversal_told_above: Money = rupiah(5_000_000, 100 * BILLION)  # the managers hear of it (sop 8; the figure is ours)


@dataclass(frozen=True, kw_only=True, slots=True)
class DiscountTerms:
    """Something off for who pays early; off until a company says how much, mostly in a segment. (002)"""

    basis_points: int = count(0, 0, 1000)  # of the invoice; 0: no such offer
    days_before_due: int = count(7, 0, 90)  # the last day to pay, counted back from due_on ...
    days_after_issue: int = count(0, 0, 90)  # ... or, when not 0, counted from the day of the invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrandTerms:
    """Work beside a call, and tukar faktur. (sop 3; the figures are ours)"""

    due_working_days: int = count(2, 0, 30)  # of an errand nobody set a day for
    to_manager_after_working_days: int = count(2, 1, 10)  # late by so many, then daily
    check_again_after_days: int = count(30, 1, 366)  # the check before chasing (002)
    exchange_days_before_reminder: int = count(7, 1, 60)  # the task for tukar faktur comes so long before H-7


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterTerms:
    """SP1, SP2, SP3, somasi. (sop 9, G13)"""

    gap_days: int = count(7, 7, 60)  # at least between two letters (sop 9)
    answer_days: int = count(7, 1, 60)  # the deadline a letter names (indonesia 3.5)
    number_pattern: str = text(
        "{number:03}/{kind}/FIN/{month}/{year}", must_hold=("{number", "{kind}", "{month}", "{year}")
    )  # 012/SP1/FIN/XI/2026 (sop 9)
    media_link_hours: int = count(24, 1, 168)  # /media/<signed> (sop 9)


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """Early-warning flags, the score of a payer and the ABC cut. (sop 11, 002)"""

    ignored_reminders: int = count(2, 1, 10)  # read and not answered (sop 11)
    unreachable_days: int = count(3, 1, 14)  # in a row without an answered call (sop 3, 11)
    look_back_days: int = count(180, 30, 730)  # what is older says nothing of a payer any more (ours)
    overdue_points: int = count(45, 0, 100)  # the three add up to 100 (peers row 4)
    overdue_full_days: int = count(120, 1, 730)  # linear up to here
    exposure_points: int = count(30, 0, 100)
    exposure_full_limits: int = count(2, 1, 10)  # full at a balance of so many credit limits
    behaviour_points: int = count(25, 0, 100)
    broken_promise_points: int = count(10, 0, 100)  # each broken promise ...
    broken_promises_most: int = count(15, 0, 100)  # ... together at most
    late_ratio_points: int = count(10, 0, 100)  # times the share paid late
    high_from: int = count(70, 1, 100)
    medium_from: int = count(45, 1, 100)
    low_from: int = count(20, 0, 100)
    a_percent: int = count(80, 1, 98)  # ABC by cumulated balance, the three add up to 100 (sop 11, 004)
    b_percent: int = count(15, 1, 98)
    c_percent: int = count(5, 1, 98)
    aging_days: tuple[int, ...] = rising(30, 60, 90)  # 1-30, 31-60, 61-90, above (sop 12)


@dataclass(frozen=True, kw_only=True, slots=True)
class GuardProfile:
    """What the guard lets a manager override. (sop 7, indonesia 1.2)"""

    profile: str = text("dagang", choices=("dagang", "puk"))  # puk: every block is hard
    finance_posting_gate: bool = switch(True)  # H+1 and later wait for finance's button, when there is one (sop 2.6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Retention:
    """How long records are kept. (sop 13, G20; the figures are ours)"""

    journal_years: int = count(10, 5, 30)  # accounting records
    chat_days: int = count(730, 30, 3650)  # texts of conversations
