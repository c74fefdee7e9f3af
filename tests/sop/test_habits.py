"""How late somebody usually pays, for how long he is silent, and what he reads without a word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sop.habits import Punctuality, days_silent, ignored, punctuality_of

NOON = datetime(2026, 11, 18, 5, tzinfo=UTC)  # in Jakarta
MIDNIGHT = datetime(2026, 11, 17, 17, tzinfo=UTC)  # in Jakarta
MINUTE = timedelta(minutes=1)
JAKARTA = "Asia/Jakarta"
DUE = date(2026, 11, 1)


def ago(days: float) -> datetime:
    return NOON - timedelta(days=days)


@pytest.mark.parametrize(
    ("days_after_due", "expected"),
    [
        ((), None),  # nothing was paid yet: no habit is claimed
        ((0,), Punctuality(late_percent=0, usual_days_late=0)),
        ((-5, 0), Punctuality(late_percent=0, usual_days_late=0)),  # early is in time
        ((10, 0), Punctuality(late_percent=50, usual_days_late=5)),
        ((3, 4, 6), Punctuality(late_percent=100, usual_days_late=4)),  # 4.33
    ],
)
def test_punctuality(days_after_due: tuple[int, ...], expected: Punctuality | None) -> None:
    assert punctuality_of((DUE, DUE + timedelta(days=days)) for days in days_after_due) == expected


@pytest.mark.parametrize(
    ("calls", "answered_at", "expected"),
    [
        ((), None, 0),
        ((ago(3), ago(2), ago(1)), None, 3),
        ((ago(2), ago(2.01), ago(1)), None, 2),  # twice on one day
        ((ago(3), ago(2), ago(1)), ago(1.5), 1),  # he answered in between
        ((ago(3), ago(2)), ago(0.1), 0),
        ((MIDNIGHT - MINUTE, MIDNIGHT + MINUTE), None, 2),  # one day in UTC, two in Jakarta
    ],
)
def test_days_silent(calls: tuple[datetime, ...], answered_at: datetime | None, expected: int) -> None:
    assert days_silent(calls, answered_at=answered_at, zone=JAKARTA) == expected


def test_a_reminder_is_ignored_until_he_answers() -> None:
    assert ignored((ago(6), ago(3)), answered_at=None) == 2
    assert ignored((ago(6), ago(3)), answered_at=ago(4)) == 1
    assert ignored((ago(6), ago(3)), answered_at=ago(1)) == 0
