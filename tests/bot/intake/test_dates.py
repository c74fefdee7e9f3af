"""Dates as lists write them, and the proof of their order on the whole column."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import read_list
from bot.intake.dates import SERIAL_EPOCH, DateUnreadable, Order, read_date
from tests.bot.intake.sheets import keys, read_rows, reasons, with_cells, xlsx_of

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "old": "Januari Pebruari Maret April Mei Juni Juli Agustus September Oktober Nopember Desember".split(),
    "short": "Jan Peb Mar Apr Mei Jun Jul Agt Sep Okt Nop Des".split(),
    "shorter": "Jan Feb Mar Apr Mei Jun Jul Ags Sept Okt Nov Des".split(),
    "august": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(),
    "en": "January February March April May June July August September October November December".split(),
    "en short": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
WEEKDAYS = "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)),
        ("31-12-26", date(2026, 12, 31)),
        ("12/31/2026", date(2026, 12, 31)),
        ("05/05/2026", date(2026, 5, 5)),  # the same in both orders
        ("31-Des-26", date(2026, 12, 31)),
        ("31 Desember 2026", date(2026, 12, 31)),
        ("28/Jan/13", date(2013, 1, 28)),
        ("17-Agu-26", date(2026, 8, 17)),
        ("17 Agt 2026", date(2026, 8, 17)),
        ("17-Ags-26", date(2026, 8, 17)),
        ("5 Nop 2026", date(2026, 11, 5)),
        ("5-Peb-27", date(2027, 2, 5)),
        ("1 Mei 2026", date(2026, 5, 1)),
        ("1-Okt-26", date(2026, 10, 1)),
        ("Dec 31, 2026", date(2026, 12, 31)),
        ("Jumat, 20 November 2026", date(2026, 11, 20)),
        ("2026-12-05", date(2026, 12, 5)),
        ("2026-12-05 00:00:00", date(2026, 12, 5)),
        ("31/12/2026 14:30", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        (46387.0, date(2026, 12, 31)),
        (46387.75, date(2026, 12, 31)),
        ("46387", date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_date_that_can_be_read_in_one_way_only(written: str | float | date, day: date) -> None:
    assert read_date(written, None) == day


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("05/12/2026", "date_ambiguous"),
        ("31/02/2026", "date_unreadable"),
        ("18/11", "date_unreadable"),  # no year
        ("20261231", "date_unreadable"),
        ("besok", "date_unreadable"),
        ("31 Dese 2026", "date_unreadable"),
        ("Senin, 20 November 2026", "date_weekday"),
        (20261231.0, "date_unreadable"),
        (date(1999, 12, 31), "date_out_of_range"),
    ],
)
def test_a_date_that_is_refused(written: str | float | date, key: str) -> None:
    with pytest.raises(DateUnreadable) as refused:
        read_date(written, None)
    assert refused.value.key == key


def named_forms(day: date) -> list[str]:
    """Every form with a month name: none needs an order."""
    forms = []
    for names in MONTHS.values():
        month = names[day.month - 1]
        forms += [
            f"{day.day}-{month}-{day:%y}",
            f"{day.day:02} {month} {day:%Y}",
            f"{day.day}/{month.upper()}/{day:%Y}",
        ]
    return [*forms, f"{WEEKDAYS[day.weekday()]}, {forms[1]}", day.isoformat(), str((day - SERIAL_EPOCH).days)]


@given(day=DAYS, pick=st.integers(min_value=0))
def test_a_named_month_is_read_back(day: date, pick: int) -> None:
    forms = named_forms(day)
    assert read_date(forms[pick % len(forms)], None) == day


@given(day=DAYS, mark=st.sampled_from("/-. "), order=st.sampled_from(Order), short=st.booleans())
def test_numbers_are_read_back_in_their_order(day: date, mark: str, order: Order, short: bool) -> None:
    year = f"{day:%y}" if short else f"{day:%Y}"
    parts = [f"{day:%d}", f"{day:%m}"] if order is Order.DAY_FIRST else [f"{day:%m}", f"{day:%d}"]
    written = mark.join([*parts, year])
    assert read_date(written, order) == day
    try:
        assert read_date(written, None) == day
    except DateUnreadable as refused:
        assert refused.key == "date_ambiguous"


@given(day=DAYS)
def test_a_serial_is_read_back(day: date) -> None:
    assert read_date(float((day - SERIAL_EPOCH).days), None) == day


def test_one_row_proves_the_order_of_its_column() -> None:
    read = read_rows(
        with_cells(number="F-1", issued="01/02/2026", due="05/12/2026"),
        with_cells(number="F-2", issued="25/02/2026", due="31/12/2026"),
    )
    assert not read.questions
    assert [invoice.due_on for invoice in read.invoices] == [date(2026, 12, 5), date(2026, 12, 31)]
    assert [invoice.issued_on for invoice in read.invoices] == [date(2026, 2, 1), date(2026, 2, 25)]


def test_a_column_of_months_first_is_proved_too() -> None:
    read = read_rows(
        with_cells(number="F-1", issued="", due="05/12/2026"), with_cells(number="F-2", issued="", due="12/31/2026")
    )
    assert [invoice.due_on for invoice in read.invoices] == [date(2026, 5, 12), date(2026, 12, 31)]


def test_an_order_nobody_can_tell_is_asked_and_the_answer_is_used() -> None:
    rows = [
        with_cells(number="F-1", issued="", due="05/12/2026"),
        with_cells(number="F-2", issued="", due="11/11/2026"),
    ]
    read = read_rows(*rows)
    assert keys(read) == ["dates.due_on"]
    assert read.questions[0].rows == (2,)
    assert [invoice.number for invoice in read.invoices] == ["F-2"]  # 11 November in both orders
    answered = read_rows(*rows, **{"dates.due_on": "day_first"})
    assert [invoice.due_on for invoice in answered.invoices] == [date(2026, 12, 5), date(2026, 11, 11)]
    assert keys(read_rows(*rows, **{"dates.due_on": "perhaps"})) == ["dates.due_on"]


def test_a_column_without_proof_takes_the_order_of_the_other_in_the_same_form() -> None:
    read = read_rows(with_cells(issued="05/11/2026", due="28/11/2026"))
    assert [invoice.issued_on for invoice in read.invoices] == [date(2026, 11, 5)]
    other_form = read_rows(with_cells(issued="05-11-26", due="28/11/2026"))
    assert keys(other_form) == ["dates.issued_on"]
    of_both = read_rows(
        with_cells(number="F-1", issued="05/11/2026", due="28/11/2026"),
        with_cells(number="F-2", issued="05/11/2026", due="11/28/2026"),
    )
    assert keys(of_both) == ["dates.issued_on"]


def test_in_a_column_of_both_orders_only_what_is_certain_is_read() -> None:
    read = read_rows(
        with_cells(number="F-1", issued="", due="31/12/2026"),
        with_cells(number="F-2", issued="", due="12/30/2026"),
        with_cells(number="F-3", issued="", due="05/12/2026"),
    )
    assert [invoice.number for invoice in read.invoices] == ["F-1", "F-2"]
    assert reasons(read) == [(4, "Jatuh Tempo", "date_ambiguous")]


HALF_CONVERTED = (
    ("No Faktur", "Pelanggan", "Jatuh Tempo", "Nilai Faktur", "Dibayar", "Sisa"),
    ("F-1", "Toko Melati", "31/12/2026", 500_000, 0, 500_000),
    ("F-2", "Toko Melati", date(2026, 5, 12), 500_000, 0, 500_000),  # typed 05/12/2026 into an American Excel
)


@pytest.mark.parametrize(("answer", "day"), [("swapped", date(2026, 12, 5)), ("as_is", date(2026, 5, 12))])
def test_real_dates_beside_texts_may_be_swapped_and_are_asked_about(answer: str, day: date) -> None:
    content = xlsx_of(*HALF_CONVERTED)
    read = read_list(content, filename="daftar.xlsx")
    assert keys(read) == ["typed_dates.due_on"]
    assert [invoice.number for invoice in read.invoices] == ["F-1"]
    answered = read_list(content, filename="daftar.xlsx", answers={"typed_dates.due_on": answer})
    assert [invoice.due_on for invoice in answered.invoices] == [date(2026, 12, 31), day]


def test_a_real_date_late_in_its_month_shows_that_nothing_was_swapped() -> None:
    content = xlsx_of(*HALF_CONVERTED, ("F-3", "Toko Melati", date(2026, 5, 20), 500_000, 0, 500_000))
    read = read_list(content, filename="daftar.xlsx")
    assert not read.questions
    assert [invoice.due_on for invoice in read.invoices][1] == date(2026, 5, 12)


def test_dates_that_contradict_each_other_are_refused() -> None:
    first = date(2026, 11, 1)
    read = read_rows(
        with_cells(number="F-1", issued="30-Nov-26", due="29-Nov-26"),
        with_cells(number="F-2", issued=f"{first:%Y-%m-%d}", due=f"{first + timedelta(days=731):%Y-%m-%d}"),
        with_cells(number="F-3", issued="30-Nov-26", due=""),
        with_cells(number="F-4", issued="besok", due="30-Nov-26"),
    )
    assert reasons(read) == [
        (2, "Jatuh Tempo", "due_before_issued"),
        (3, "Jatuh Tempo", "term_too_long"),
        (4, "Jatuh Tempo", "due_missing"),
        (5, "Tgl Faktur", "date_unreadable"),
    ]
