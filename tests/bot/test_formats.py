"""Amounts and days as people read them."""

from __future__ import annotations

import pytest

from bot.formats import clock_time, full_date, money, month_name, short_date, short_money, weekday_date


@pytest.mark.parametrize(
    "sen, text",
    [
        (0, "Rp0"),
        (100, "Rp1"),
        (999_00, "Rp999"),
        (1_000_00, "Rp1.000"),
        (1_250_000_00, "Rp1.250.000"),
        (1_250_000_50, "Rp1.250.000,50"),  # the sen only where there are any
        (5, "Rp0,05"),
        (-1_500_00, "-Rp1.500"),  # a difference
        (123_456_789_012_00, "Rp123.456.789.012"),
    ],
)
def test_money_is_written_in_full(sen: int, text: str) -> None:
    assert money(sen, "id") == money(sen, "en") == text


@pytest.mark.parametrize(
    "rupiah, text",
    [
        (0, "Rp0"),
        (999, "Rp999"),
        (1_000, "Rp1 rb"),
        (1_499, "Rp1 rb"),
        (1_500, "Rp2 rb"),  # half a digit rounds up
        (950_000, "Rp950 rb"),
        (999_499, "Rp999 rb"),
        (999_500, "Rp1 jt"),  # not Rp1.000 rb
        (1_250_000, "Rp1,3 jt"),
        (12_500_000, "Rp12,5 jt"),
        (12_000_000, "Rp12 jt"),
        (999_949_999, "Rp999,9 jt"),
        (999_950_000, "Rp1 M"),
        (1_234_000_000, "Rp1,2 M"),
        (5_000_000_000_000, "Rp5.000 M"),  # the last unit takes all that is larger
        (-12_500_000, "-Rp12,5 jt"),
    ],
)
def test_money_is_short_on_a_narrow_screen(rupiah: int, text: str) -> None:
    assert short_money(rupiah * 100, "id") == text


@pytest.mark.parametrize(
    "rupiah, text", [(750_000, "Rp750 k"), (12_500_000, "Rp12,5 m"), (2_000_000_000, "Rp2 bn"), (999, "Rp999")]
)
def test_the_short_units_are_english_for_english_readers(rupiah: int, text: str) -> None:
    assert short_money(rupiah * 100, "en") == text


@pytest.mark.parametrize(
    "day, bahasa, english",
    [
        ("2026-11-27", "Jumat, 27 November 2026", "Friday, 27 November 2026"),
        ("2026-08-02", "Minggu, 2 Agustus 2026", "Sunday, 2 August 2026"),
        ("2027-01-04", "Senin, 4 Januari 2027", "Monday, 4 January 2027"),
        ("2026-11-27T23:30:00+07:00", "Jumat, 27 November 2026", "Friday, 27 November 2026"),  # as its own clock shows
    ],
)
def test_a_day_has_its_weekday(day: str, bahasa: str, english: str) -> None:
    assert (full_date(day, "id"), full_date(day, "en")) == (bahasa, english)


def test_days_are_short_in_lists_and_on_buttons() -> None:
    day = "2026-08-07"
    assert [short_date(day, language) for language in ("id", "en")] == ["7 Agu", "7 Aug"]
    assert [weekday_date(day, language) for language in ("id", "en")] == ["Jum 7 Agu", "Fri 7 Aug"]
    assert [month_name(day, language) for language in ("id", "en")] == ["Agustus 2026", "August 2026"]


def test_a_time_is_that_of_its_own_zone() -> None:
    assert clock_time("2026-11-27T09:05:59+08:00", "id") == "09.05"


def test_a_day_alone_has_no_time() -> None:
    with pytest.raises(ValueError, match="is a day"):
        clock_time("2026-11-27", "id")
