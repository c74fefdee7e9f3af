"""The numbers of the ladder, the hours and the collector's day. Each stands here once; the clause follows it.

"sop n" is section n of the procedure as the product runs it, "000-IV.A.1" a clause of the company's own document.
"""
# ruff: noqa: RUF009 - these calls make dataclass fields, as dataclasses.field does

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from sop.policy.figure import clock, count, day_or_none, text


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentHead:
    """The head of the company's document, as its SOP form prints it. (sop 2.7)"""

    kode_dokumen: str = text("ACC")
    revisi: str = text("0-0")
    tanggal_berlaku: date | None = day_or_none()
    disiapkan: str = text("")
    diperiksa: str = text("")
    disahkan: str = text("")


@dataclass(frozen=True, kw_only=True, slots=True)
class LadderDays:
    """When each step of the ladder is reached. (000-IV)"""

    first_reminder_days_before: int = count(7, 2, 60)  # H-7 (000-IV.A.1)
    no_reply_after_days: int = count(2, 1, 14)  # H-5, counted from the unanswered reminder (000-IV.A.1)
    readiness_call_days_before: int = count(3, 1, 30)  # H-3 (000-IV.A.2)
    management_from_open_days: int = count(4, 4, 30)  # H+4; H+1 to H+3 are its three days before (000-IV.C.1, C.2)
    while_deciding_every_working_days: int = count(2, 1, 14)  # calls go on meanwhile (sop 2, 000-IV.C.2)
    after_decision_every_working_days: int = count(3, 1, 30)  # until paid or with legal (sop 2)
    planned_at: time = clock("05:00", "00:00", "08:00")  # in the payer's zone (sop 2.5)
    late_digest_within_minutes: int = count(1, 1, 60)  # after an import past the digest hour (sop 2.4)


@dataclass(frozen=True, kw_only=True, slots=True)
class HoursOfDay:
    """Local hours; every window holds its start and not its end. Saturdays end earlier, Sundays have none."""

    working_from: time = clock("08:00", "05:00", "12:00")  # (sop 1)
    working_until: time = clock("17:00", "13:00", "22:00")  # (sop 1)
    working_saturday_until: time = clock("12:00", "05:00", "22:00")  # (sop 1)
    machine_from: time = clock("09:00", "08:00", "12:00")  # machine reminders (sop 2.5)
    machine_until: time = clock("16:30", "13:00", "20:00")  # (sop 2.5)
    machine_saturday_until: time = clock("12:00", "08:00", "20:00")  # (sop 2.5)
    friday_pause_from: time = clock("11:30", "08:00", "20:00")  # Friday prayer (sop 2.5)
    friday_pause_until: time = clock("13:15", "08:00", "20:00")  # (sop 2.5)
    legal_from: time = clock("08:00", "08:00", "12:00")  # may only be narrowed (sop 7, G1)
    legal_until: time = clock("20:00", "13:00", "20:00")  # may only be narrowed (sop 7, G1)
    quiet_from: time = clock("09:00")  # a collector's peak call hours: urgent pushes only (sop 3, 004)
    quiet_until: time = clock("11:30")  # (sop 3, 004)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskDay:
    """The collector's day, his cards and his buttons. (sop 3)"""

    digest_at: time = clock("08:00", "06:00", "12:00")  # his zone, working days (sop 3)
    digest_unpressed_at: time = clock("10:00", "06:00", "17:00")  # managers get `Alihkan hari ini` (sop 3)
    card_cap: int = count(45, 1, 500)  # payers a collector can work in a day (sop 3)
    invoices_on_card: int = count(8, 1, 20)  # then "dan 52 lain" (sop 3)
    contacts_on_card: int = count(3, 1, 10)  # last contacts shown (sop 3)
    batch_list_size: int = count(20, 1, 50)  # messages to be sent by hand on one page of the batch list (sop 7; ours)
    undo_minutes: int = count(10, 1, 60)  # `Batalkan` (sop 3)
    send_delay_minutes: int = count(2, 0, 60)  # messages a tap causes wait, undo cancels them (sop 3)
    callback_after_hours: int = count(3, 1, 8)  # `Tidak diangkat` returns once (sop 3)
    callback_until: time = clock("17:00", "12:00", "20:00")  # at the latest (sop 3)
    snooze_minutes: int = count(60, 5, 480)  # `1 jam lagi` (sop 3)
    snooze_afternoon_at: time = clock("15:00", "12:00", "20:00")  # `Sore ini` (ours)
    snooze_morning_at: time = clock("08:30", "06:00", "12:00")  # `Besok pagi`, next working day (ours)
    visit_at: time = clock("10:00", "08:00", "17:00")  # when a visit is announced for (ours)
    press_expires_seconds: int = count(150, 10, 3600)  # older presses are lost: cards are redrawn (design)
    invite_hours: int = count(48, 1, 720)  # a single-use invitation (design)
    leave_days_most: int = count(92, 1, 366)  # longer than maternity leave is a reassignment (ours)
    leave_ahead_days: int = count(366, 1, 730)  # no leave begins further ahead (ours)


@dataclass(frozen=True, kw_only=True, slots=True)
class Caps:
    """How often one payer may be approached, all his invoices together. (sop 7, G5)"""

    chase_per_day: int = count(1, 0, 1)  # the law has no number; one is the most (sop 2.1, 7)
    chase_in_window: int = count(3, 0, 7)  # chase messages ... (sop 7)
    window_days: int = count(7, 1, 31)  # ... in so many days (sop 7)
    calls_per_day: int = count(2, 1, 5)  # attempts; the next one is warned about (sop 7)
    pause_after_message_hours: int = count(24, 0, 168)  # after the customer's own message (sop 6)


@dataclass(frozen=True, kw_only=True, slots=True)
class InboundDeadlines:
    """A customer wrote and nobody reacts; counted in working time. (sop 10)"""

    nudge_minutes: int = count(30, 1, 1440)  # the collector (sop 10)
    cover_minutes: int = count(120, 1, 1440)  # his cover (sop 10)
    manager_minutes: int = count(240, 1, 2880)  # the manager (sop 10)
    free_reply_hours: int = count(24, 1, 24)  # WhatsApp's window for free text (sop 10)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportHours:
    """When reports are due and how they cut the ages. (sop 12)"""

    collector_at: time = clock("17:00", "12:00", "22:00")  # (sop 12, 003)
    team_at: time = clock("17:30", "12:00", "22:00")  # (sop 12, 003)
    weekly_on_weekday: int = count(1, 1, 6)  # ISO weekday, 1 is Monday (ours; 000-VI.3)
    weekly_at: time = clock("08:00", "06:00", "22:00")  # (ours; 000-VI.3)
    simulated_days: int = count(30, 1, 366)  # a rehearsal without --days (sop 14)
