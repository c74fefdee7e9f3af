"""What customers and managers type about instalments and relief: read when it is certain, else asked again."""

from __future__ import annotations

from datetime import date

import pytest

from sop.consent import agrees
from sop.money import Money
from sop.typed_plan import parse_plan
from sop.typed_relief import TypedRelief, parse_relief, parse_term
from tests.sop.indonesia import CALENDAR

TODAY, TOTAL = date(2026, 11, 18), Money.rupiah(10_000_000)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SETUJU", True),
        ("Setuju.", True),  # the quick reply, or typed
        ("ya, saya setuju pak", True),
        ("oke setuju terima kasih", True),
        ("Agree", True),
        ("tidak setuju", False),
        ("belum setuju", False),
        ("setuju tapi mulai bulan depan", False),  # a person must read it
        ("kalau 6x saya setuju", False),
        ("ok", False),
        ("Diskusi", False),
        ("", False),
    ],
)
def test_consent_says_nothing_else(text: str, found: bool) -> None:
    assert agrees(text) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5jt tgl 1/12, 5jt 15/12", [("2026-12-01", 5_000_000), ("2026-12-15", 5_000_000)]),
        ("1.500.000 1 desember dan sisanya 15 des", [("2026-12-01", 1_500_000), ("2026-12-15", 8_500_000)]),
        ("1,5jt 1/12\nsisanya 8/12", [("2026-12-01", 1_500_000), ("2026-12-08", 8_500_000)]),
        ("Rp 5.000.000 tanggal 30 Nov; 5 juta pada 14 Des", [("2026-11-30", 5_000_000), ("2026-12-14", 5_000_000)]),
        ("5jt 22/11, 5jt 29/11", [("2026-11-23", 5_000_000), ("2026-11-30", 5_000_000)]),  # Sundays move on
        ("4 kali, tiap tanggal 5", []),
        ("5jt 1/12, sisanya menyusul", []),  # a part is uncertain, so all of it is
        ("sisanya 1/12, sisanya 8/12", []),
        ("15jt 1/12, sisanya 8/12", []),  # nothing is left
        ("5jt", []),
    ],
)
def test_a_list_of_instalments(text: str, found: list[tuple[str, int]]) -> None:
    read = parse_plan(text, today=TODAY, calendar=CALENDAR, total=TOTAL)
    assert [(one.due_on.isoformat(), one.amount.rupiah_exact) for one in read] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("500rb sampai 30 Nov", TypedRelief(amount=Money.rupiah(500_000), until_on=date(2026, 11, 30))),
        ("1,5jt s/d 30/11", TypedRelief(amount=Money.rupiah(1_500_000), until_on=date(2026, 11, 30))),
        ("500.000", TypedRelief(amount=Money.rupiah(500_000))),
        ("500rb sampai lunas", None),
        ("sebagian", None),
    ],
)
def test_relief_until_a_day(text: str, found: TypedRelief | None) -> None:
    assert parse_relief(text, today=TODAY, calendar=CALENDAR) == found


@pytest.mark.parametrize(
    ("text", "days"), [("60 hari", 60), ("45", 45), ("tempo 30 hari", 30), ("net 60", 60), ("dua bulan", None)]
)
def test_a_credit_term(text: str, days: int | None) -> None:
    assert parse_term(text) == days
