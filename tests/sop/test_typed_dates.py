"""Typed dates: certain phrases are exact, everything else asks. Never wrong in silence."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.typed_dates import Ask, Exact, Why, parse_date
from tests.sop.indonesia import CALENDAR

TODAY = date(2026, 11, 18)  # a Wednesday
PHRASES = Path(__file__).parents[3] / "shared" / "data" / "tanggal.json"


def read(text: str, today: date = TODAY) -> Exact | Ask:
    return parse_date(text, today=today, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("hari ini", "2026-11-18"),
        ("Besok", "2026-11-19"),
        ("bsk pagi", "2026-11-19"),
        ("besok jam 9.30", "2026-11-19"),
        ("lusa", "2026-11-20"),
        ("Baik pak, saya transfer besok ya", "2026-11-19"),  # polite words around it
        ("hari Jum'at", "2026-11-20"),
        ("hari Senin", "2026-11-23"),
        ("Jumat ini", "2026-11-20"),
        ("tgl 25", "2026-11-25"),
        ("tanggal 5", "2026-12-05"),  # never a day in the past
        ("tgl 18", "2026-11-18"),  # today
        ("tgl 25 bulan ini", "2026-11-25"),
        ("tgl 5 bln dpn", "2026-12-05"),
        ("25/11", "2026-11-25"),
        ("5/12", "2026-12-05"),  # day first
        ("5/1", "2027-01-05"),
        ("25/11/26", "2026-11-25"),
        ("25-11-2026", "2026-11-25"),
        ("25.11.2026", "2026-11-25"),
        ("25 Nop", "2026-11-25"),
        ("5 Peb 2027", "2027-02-05"),
        ("25-Nov-26", "2026-11-25"),
        ("tgl 25 november", "2026-11-25"),
        ("Jumat, 20 November 2026", "2026-11-20"),
        ("29 Feb 2028", "2028-02-29"),
    ],
)
def test_certain(text: str, on: str) -> None:
    assert read(text) == Exact(on=date.fromisoformat(on))


@pytest.mark.parametrize(
    ("text", "why", "choices"),
    [
        ("besok lusa", Why.SEVERAL, ["2026-11-19", "2026-11-20"]),  # "one of these days"
        ("Jumat", Why.SEVERAL, ["2026-11-20"]),
        ("Rabu", Why.SEVERAL, ["2026-11-18", "2026-11-25"]),  # today or in a week
        ("hari Rabu", Why.SEVERAL, ["2026-11-18", "2026-11-25"]),
        ("Senin ini", Why.SEVERAL, ["2026-11-23"]),  # this week's has passed
        ("Jumat depan", Why.SEVERAL, ["2026-11-20", "2026-11-27"]),
        ("Jumat minggu depan", Why.SEVERAL, ["2026-11-27"]),
        ("Selasa atau Kamis", Why.SEVERAL, ["2026-11-19", "2026-11-24"]),
        ("Minggu", Why.SEVERAL, ["2026-11-21", "2026-11-23"]),  # Sunday is closed
        ("tgl 31", Why.SEVERAL, ["2026-11-30", "2026-12-31"]),  # November has none
        ("setelah tgl 20", Why.SEVERAL, ["2026-11-21"]),
        ("antara tgl 25-27", Why.SEVERAL, ["2026-11-25", "2026-11-26", "2026-11-27"]),
        ("5 juta besok, sisanya 27/11", Why.SEVERAL, ["2026-11-19", "2026-11-27"]),
        ("Kamis, 20 November 2026", Why.SEVERAL, ["2026-11-19", "2026-11-20"]),  # the 20th is a Friday
        ("10 hari kerja lagi", Why.SEVERAL, ["2026-11-30"]),
        ("akhir bulan depan", Why.SEVERAL, ["2026-12-31"]),
        ("5 Agustus", Why.FAR, ["2027-08-05"]),  # no year, and far away
        ("17/11", Why.FAR, ["2027-11-17"]),  # yesterday's date: hardly next year's
        ("insya Allah besok", Why.SEVERAL, ["2026-11-19"]),
        ("secepatnya", Why.NO_PROMISE, []),
        ("insya Allah", Why.NO_PROMISE, []),
        ("nanti dikabari", Why.NO_PROMISE, []),
        ("nunggu dana cair", Why.NO_PROMISE, []),
        ("kemarin", Why.PAST, []),
        ("sudah transfer tadi", Why.PAST, []),
        ("17/11/2026", Why.PAST, []),
        ("tgl 5 bulan ini", Why.PAST, []),
        ("30/2", Why.UNKNOWN, []),
        ("minggu kedua Desember", Why.UNKNOWN, []),
        ("jam 3", Why.UNKNOWN, []),
        ("H+3", Why.UNKNOWN, []),
        ("0812", Why.UNKNOWN, []),
        ("ok", Why.UNKNOWN, []),
        ("", Why.UNKNOWN, []),
    ],
)
def test_asked(text: str, why: Why, choices: list[str]) -> None:
    assert read(text) == Ask(choices=tuple(date.fromisoformat(one) for one in choices), why=why)


@pytest.mark.parametrize(
    "text", ["bukan besok", "jangan besok", "besok atau lusa", "besok tidak bisa", "sebelum tgl 25"]
)
def test_a_date_inside_a_sentence_is_never_taken_by_itself(text: str) -> None:
    assert isinstance(read(text), Ask)


def cases() -> list[tuple[str, str]]:
    rows = json.loads(PHRASES.read_text("utf-8"))["cases"] if PHRASES.exists() else []
    return [(row["phrase"], row["expected"]) for row in rows]


@pytest.mark.skipif(not PHRASES.exists(), reason="the list of phrases is not beside this checkout")
def test_the_seventy_phrases() -> None:
    """Every one is exact, or asks and offers it (the open days around it when it is closed); or is no promise."""
    wrong = [f"{phrase}: {read(phrase)}, not {expected}" for phrase, expected in cases() if not _fits(phrase, expected)]
    assert len(cases()) == 70
    assert not wrong, "\n".join(wrong)


def _fits(phrase: str, expected: str) -> bool:
    answer = read(phrase)
    if not expected[:4].isdigit() or len(expected) > len("2026-11-25?"):
        return isinstance(answer, Ask)  # "secepatnya", "setelah lebaran", "H+3", "tanggal muda"
    on = date.fromisoformat(expected.removesuffix("?"))
    if isinstance(answer, Exact):
        return answer.on == on
    if on < TODAY:
        return answer.why is Why.PAST
    around = {on} if CALENDAR.is_open(on) else {CALENDAR.previous_open(on), CALENDAR.next_open(on)}
    return around <= set(answer.choices)


DAYS = st.dates(date(2026, 1, 1), date(2027, 9, 30))


@given(
    today=DAYS, text=st.sampled_from(["lusa", "tgl 31", "akhir bulan", "minggu depan", "Jumat", "tanggal tua", "5/3"])
)
def test_on_any_day_the_choices_are_open_days_from_today_on(today: date, text: str) -> None:
    answer = read(text, today)
    if isinstance(answer, Exact):
        assert answer.on >= today
    else:
        assert list(answer.choices) == sorted(set(answer.choices))
        assert all(CALENDAR.is_open(on) and on >= today for on in answer.choices)


@given(today=DAYS, ahead=st.integers(0, 100))
def test_a_written_date_is_read_back(today: date, ahead: int) -> None:
    on = today + timedelta(days=ahead)
    for text in (f"{on:%d/%m/%Y}", f"{on.day}/{on.month}", f"{on:%d-%m-%Y}", f"{on.day}.{on.month}.{on.year}"):
        assert read(text, today) == Exact(on=on)


@given(st.text(max_size=40))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(read(text), (Exact, Ask))
