"""Sales people hear before the managers: from H+2 on, and no more at H+4."""

from __future__ import annotations

from datetime import date

import pytest

from sop.ladder import escalation_threshold
from sop.policy import DEFAULT
from sop.sales_help import span_of
from tests.sop.indonesia import CALENDAR


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        ("2026-11-18", "2026-11-14", "2026-11-16"),  # Wednesday: due on Saturday is H+3, on Monday H+2
        ("2026-11-21", "2026-11-18", "2026-11-19"),  # Saturday
        ("2026-11-23", "2026-11-19", "2026-11-20"),  # Monday: Sunday counts no day
        ("2026-12-26", "2026-12-20", "2026-12-22"),  # after cuti bersama and Christmas; a Sunday counts as Monday
    ],
)
def test_which_due_dates_are_late_enough(today: str, first: str, last: str) -> None:
    span = span_of(date.fromisoformat(today), calendar=CALENDAR, policy=DEFAULT)
    assert (span.first, span.last) == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_managers_never_have_it_already() -> None:
    for day in range(1, 31):
        today = date(2026, 12, day)
        span = span_of(today, calendar=CALENDAR, policy=DEFAULT)
        assert span.first > escalation_threshold(today, calendar=CALENDAR, policy=DEFAULT)
