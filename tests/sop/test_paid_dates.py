"""The day of a payment, on Wednesday 18 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from sop.paid_dates import PaidDateUnclear, paid_date_of

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("hari ini", "2026-11-18"),
        ("Kemarin", "2026-11-17"),
        ("17/11", "2026-11-17"),
        ("17-11-2026", "2026-11-17"),
        ("17.11.26", "2026-11-17"),
        ("17 nov", "2026-11-17"),
        ("17Nov", "2026-11-17"),
        ("3 oktober 2026", "2026-10-03"),
        ("2026-11-16", "2026-11-16"),
        ("tgl 17", "2026-11-17"),
        ("tgl 25", "2026-10-25"),  # the last such day
        ("30/12", "2025-12-30"),  # not ahead, so last year's
    ],
)
def test_a_day_that_has_been(typed: str, on: str) -> None:
    assert paid_date_of(typed, today=TODAY) == date.fromisoformat(on)


@pytest.mark.parametrize("typed", ["besok", "19/11/2026", "31/11", "17/13", "1/1/2020", "", "lusa", "1.500.000"])
def test_anything_else_is_asked(typed: str) -> None:
    with pytest.raises(PaidDateUnclear):
        paid_date_of(typed, today=TODAY)
