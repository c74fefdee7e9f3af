"""How long the managers have, and how a run's questions are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sop.escalation import Escalation, EscalationReason, EscalationState
from sop.escalation_timing import (
    Arrival,
    Office,
    brought_up,
    deadline_of,
    goes_up,
    may_approve_together,
    next_level_at,
    next_level_of,
    reminds,
    shown,
)
from sop.money import Money
from sop.policy import DEFAULT
from sop.zones import WIB, WIT
from tests.sop.indonesia import CALENDAR, local

OFFICE = Office(zone=WIB, calendar=CALENDAR, policy=DEFAULT)
H4, UNCLEAR = EscalationReason.H4, EscalationReason.UNCLEAR


@pytest.mark.parametrize(
    ("reason", "opened", "deadline"),
    [
        (H4, "2026-11-18 10:00", "2026-11-19 10:00"),  # one working day
        (H4, "2026-11-20 15:00", "2026-11-23 08:00"),  # Saturday's hours end at noon
        (H4, "2026-11-22 10:00", "2026-11-24 08:00"),  # asked on a Sunday is asked on Monday
        (H4, "2026-12-23 10:00", "2026-12-26 10:00"),  # cuti bersama and Christmas are no working days
        (H4, "2026-12-23 15:00", "2026-12-28 08:00"),  # and the Saturday after them ends at noon
        (H4, "2026-03-17 09:00", "2026-03-25 09:00"),  # Nyepi, Idul Fitri and their cuti bersama
        (UNCLEAR, "2026-12-23 16:30", "2026-12-26 12:00"),
        (UNCLEAR, "2026-11-18 10:00", "2026-11-18 16:00"),  # the same day (000-IV.B.3)
        (UNCLEAR, "2026-11-18 15:59", "2026-11-18 16:00"),
        (UNCLEAR, "2026-11-18 16:00", "2026-11-19 16:00"),  # too late: the next working day
        (UNCLEAR, "2026-11-18 19:00", "2026-11-19 16:00"),
        (UNCLEAR, "2026-11-21 09:00", "2026-11-21 12:00"),  # a Saturday ends at noon
        (UNCLEAR, "2026-11-20 17:30", "2026-11-21 12:00"),  # the next working day is a Saturday
        (UNCLEAR, "2026-11-21 13:00", "2026-11-23 16:00"),
    ],
)
def test_deadlines(reason: EscalationReason, opened: str, deadline: str) -> None:
    assert deadline_of(reason, local(opened), office=OFFICE) == local(deadline)


def test_a_deadline_is_the_offices_own_time() -> None:
    east = replace(OFFICE, zone=WIT)
    assert deadline_of(UNCLEAR, local("2026-11-18 10:00", WIT), office=east) == local("2026-11-18 16:00", WIT)


@pytest.mark.parametrize(
    ("reason", "deadline", "next_level"),
    [
        (H4, "2026-11-19 10:00", "2026-11-20 10:00"),  # as long again
        (UNCLEAR, "2026-11-18 16:00", "2026-11-19 16:00"),
    ],
)
def test_at_twice_the_deadline_it_goes_up(reason: EscalationReason, deadline: str, next_level: str) -> None:
    question = Escalation(
        id=1,
        reason=reason,
        state=EscalationState.OPEN,
        opened_at=local("2026-11-18 10:00"),
        deadline_at=local(deadline),
    )
    at = next_level_at(question, office=OFFICE)
    assert at == local(next_level)
    assert goes_up(question, now=at, office=OFFICE)
    assert not goes_up(question, now=at - timedelta(seconds=1), office=OFFICE)
    assert not goes_up(replace(question, state=EscalationState.DECIDED), now=at, office=OFFICE)


@pytest.mark.parametrize(("level", "asked_next"), [(1, 2), (2, 2)])  # above the admins there is nobody
def test_the_last_level_is_asked_again(level: int, asked_next: int) -> None:
    question = Escalation(
        id=1,
        reason=H4,
        state=EscalationState.OPEN,
        opened_at=local("2026-11-18 10:00"),
        deadline_at=local("2026-11-19 10:00"),
        level=level,
    )
    assert next_level_of(question, policy=DEFAULT) == asked_next


def test_the_managers_are_reminded_once_at_the_deadline() -> None:
    question = Escalation(
        id=1,
        reason=H4,
        state=EscalationState.TAKEN,
        opened_at=local("2026-11-18 10:00"),
        deadline_at=local("2026-11-19 10:00"),
    )
    assert not reminds(question, now=question.deadline_at - timedelta(seconds=1))
    assert reminds(question, now=question.deadline_at)
    assert not reminds(replace(question, reminded_at=question.deadline_at), now=question.deadline_at)
    assert not reminds(replace(question, state=EscalationState.RETURNED), now=question.deadline_at)


def arrivals(*rupiah: int) -> list[Arrival]:
    return [Arrival(escalation_id=number, balance=Money.rupiah(one)) for number, one in enumerate(rupiah, start=1)]


@pytest.mark.parametrize(
    ("balances", "alone", "listed", "daily"),
    [
        ([], 0, 0, 0),
        ([1_000_000] * 5, 5, 0, 0),
        ([1_000_000] * 6, 0, 6, 0),  # more than five become one list
        ([999_999, 1_000_000], 1, 0, 1),  # small payers only in the daily list
        ([999_999] * 9 + [1_000_000] * 5, 5, 0, 9),  # they do not make a list of the others
    ],
)
def test_how_a_run_is_shown(balances: list[int], alone: int, listed: int, daily: int) -> None:
    result = shown(arrivals(*balances), policy=DEFAULT)
    assert (len(result.alone), len(result.listed), len(result.daily_only)) == (alone, listed, daily)


@pytest.mark.parametrize(
    ("reason", "balance", "alone", "daily"),
    [
        (H4, 999_999, 0, 1),  # reminded of in the daily list only
        (H4, 1_000_000, 1, 0),
        (UNCLEAR, 999_999, 1, 0),  # a person asked and waits for the answer
        (EscalationReason.PROMISE_BEYOND, 1, 1, 0),
    ],
)
def test_a_small_payer_is_brought_up_again_as_he_was_shown(
    reason: EscalationReason, balance: int, alone: int, daily: int
) -> None:
    late = Escalation(
        id=1,
        reason=reason,
        state=EscalationState.OPEN,
        opened_at=local("2026-11-18 10:00"),
        deadline_at=local("2026-11-19 10:00"),
    )
    result = shown([brought_up(late, Money.rupiah(balance))], policy=DEFAULT)
    assert (len(result.alone), len(result.daily_only)) == (alone, daily)


@pytest.mark.parametrize(
    ("backlog", "alone", "listed"),
    [
        (1, 3, 0),  # one is no list
        (2, 0, 3),  # an import's old debts are one list, however few
    ],
)
def test_what_an_import_brings_late_is_one_list(backlog: int, alone: int, listed: int) -> None:
    three = [replace(one, is_backlog=one.escalation_id <= backlog) for one in arrivals(*[1_000_000] * 3)]
    result = shown(three, policy=DEFAULT)
    assert (len(result.alone), len(result.listed)) == (alone, listed)


def test_small_requests_may_be_approved_together() -> None:
    together = may_approve_together(arrivals(10_000_000, 10_000_001), policy=DEFAULT)
    assert [one.escalation_id for one in together] == [1]
