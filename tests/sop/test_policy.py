"""The numbers are the procedure's; segments and versions follow the document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sop.policy import DEFAULT, DocumentHead, policy_from_toml
from sop.policy.figure import written

# What the procedure says, as a policy file would write it, with its section.
PROCEDURE = {
    "document.kode_dokumen": '"ACC"',  # head of the form
    "document.revisi": '"0-0"',
    "machine": "true",
    "segments.kunci.machine": "false",  # 2.7 key accounts "never by machine"
    "hours.working_from": '"08:00"',  # 1
    "hours.working_until": '"17:00"',
    "hours.working_saturday_until": '"12:00"',
    "ladder.first_reminder_days_before": "7",  # 2, A.1
    "ladder.no_reply_after_days": "2",  # 2, A.1
    "ladder.readiness_call_days_before": "3",  # 2, A.2
    "ladder.management_from_open_days": "4",  # 2, C.2
    "ladder.while_deciding_every_working_days": "2",  # 2, C.2
    "ladder.after_decision_every_working_days": "3",  # 2
    "ladder.planned_at": '"05:00"',  # 2.5
    "ladder.late_digest_within_minutes": "1",  # 2.4
    "hours.machine_from": '"09:00"',  # 2.5
    "hours.machine_until": '"16:30"',
    "hours.machine_saturday_until": '"12:00"',
    "hours.friday_pause_from": '"11:30"',
    "hours.friday_pause_until": '"13:15"',
    "payments.posting_reminder_at": '"10:00"',  # 2.6
    "desk.digest_at": '"08:00"',  # 3
    "desk.digest_unpressed_at": '"10:00"',
    "desk.card_cap": "45",
    "hours.quiet_from": '"09:00"',
    "hours.quiet_until": '"11:30"',
    "desk.invoices_on_card": "8",
    "desk.contacts_on_card": "3",
    "desk.undo_minutes": "10",
    "desk.send_delay_minutes": "2",
    "desk.callback_after_hours": "3",
    "desk.callback_until": '"17:00"',
    "desk.snooze_minutes": "60",  # `1 jam lagi`
    "desk.visit_at": '"10:00"',
    "signs.unreachable_days": "3",
    "signs.look_back_days": "180",
    "escalation.unclear_until": '"16:00"',
    "payments.slip_required_from_claim": "2",
    "payments.deposit_after_working_days": "1",
    "payments.deposit_until": '"10:00"',
    "payments.giro_clearing_working_days": "2",
    "payments.giro_valid_days": "70",
    "payments.giro_reminder_days_before": "1",
    "promise.tolerance": "10000",  # 4
    "promise.grace_working_days": "1",
    "promise.remind_open_days_before": "1",
    "promise.broken_in_a_row": "2",
    "authority.days_after_oldest_due": "7",
    "authority.working_days_from_today": "3",
    "extension.collector.days": "7",  # 4: the same as of a promise
    "extension.collector.amount": "50000000",
    "extension.collector.times_per_invoice": "1",  # T17: "perpanjangan ini diberikan satu kali"
    "plan.remind_open_days_before": "1",  # T25
    "plan.missed_in_a_row": "2",  # "two missed: void and escalated"
    "escalation.deadline_working_days": "1",  # 5
    "escalation.next_level_after_deadlines": "2",
    "escalation.levels": "2",
    "escalation.small_payer_below": "1000000",
    "escalation.list_above": "5",
    "escalation.sales_after_open_days": "2",  # 004
    "escalation.small_claim_up_to": "500000000",  # 004, Perma 4/2019
    "payments.claim_to_manager_after_working_days": "2",  # 6
    "caps.pause_after_message_hours": "24",
    "payments.reversal_told_above": "5000000",  # 8
    "discount.basis_points": "0",  # 002: off until the company offers it
    "discount.days_before_due": "7",
    "discount.days_after_issue": "0",
    "hours.legal_from": '"08:00"',  # 7
    "hours.legal_until": '"20:00"',
    "caps.chase_per_day": "1",
    "caps.chase_in_window": "3",
    "caps.window_days": "7",
    "caps.calls_per_day": "2",
    "guard.profile": '"dagang"',
    "letters.gap_days": "7",  # 9
    "letters.media_link_hours": "24",
    "inbound.nudge_minutes": "30",  # 10
    "inbound.cover_minutes": "120",
    "inbound.manager_minutes": "240",
    "inbound.free_reply_hours": "24",
    "signs.ignored_reminders": "2",  # 11
    "signs.a_percent": "80",
    "signs.b_percent": "15",
    "signs.c_percent": "5",
    "reports.collector_at": '"17:00"',  # 12
    "reports.team_at": '"17:30"',
    "reports.simulated_days": "30",  # 14
    "desk.press_expires_seconds": "150",  # design: Telegram drops older presses
    "desk.invite_hours": "48",
    "desk.leave_days_most": "92",
    "desk.leave_ahead_days": "366",
}


@pytest.mark.parametrize(("key", "said"), PROCEDURE.items())
def test_the_default_is_what_the_procedure_says(key: str, said: str) -> None:
    assert written(DEFAULT.figures()[key]) == said


def test_the_more_particular_segment_wins() -> None:
    policy = policy_from_toml(
        """
        [segments.proyek.promise]
        grace_working_days = 3
        [segments.kunci.desk]
        card_cap = 10
        """
    )
    assert policy.segment_names == ("kunci", "proyek")
    assert policy.for_segment("proyek", "kunci").promise.grace_working_days == 3  # the invoice's, then the customer's
    assert policy.for_segment(None, "kunci").desk.card_cap == 10
    assert policy.for_segment(None, "kunci").machine is False  # what the default says about it stays
    assert policy.for_segment(None, None) == policy.for_segment() == policy
    assert policy.for_segment("dihapus", None) == policy  # a segment struck from the document


def test_a_segment_stands_on_the_companys_own_numbers() -> None:
    policy = policy_from_toml("[promise]\ngrace_working_days = 2\n[segments.kunci]\nmachine = true")
    assert policy.for_segment("kunci").promise.grace_working_days == 2
    assert policy.for_segment("kunci").machine is True


def test_the_version_names_the_document_and_moves_with_every_number() -> None:
    assert DEFAULT.version.startswith("0-0-")
    assert DEFAULT.for_segment("kunci").version == DEFAULT.version
    other = policy_from_toml("[segments.kunci.promise]\ngrace_working_days = 2")
    assert other.version != DEFAULT.version
    assert other.for_segment("kunci").version == other.version
    assert replace(DEFAULT, document=DocumentHead(revisi="1-0")).version.startswith("1-0-")


def test_the_version_is_the_same_on_every_machine() -> None:
    # Changes only together with a number of the default: records of the past refer to it.
    assert DEFAULT.version == "0-0-04bc0076"
