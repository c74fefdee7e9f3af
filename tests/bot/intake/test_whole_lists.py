"""Whole lists in random forms: what is read is right, what is not certain is asked or refused, nothing else happens."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake import ListRefused, read_list
from tests.bot.intake.sheets import GOOD, HEADER, csv_of, with_cells

Sold = tuple[str, date, date, int, int]
"""number, issued, due, amount and paid in sen"""


def written_amount(sen: int, *, english: bool, decimals: bool) -> str:
    rupiah, part = divmod(sen, 100)
    text = f"{rupiah:,}.{part:02}" if decimals or part else f"{rupiah:,}"
    return text if english else text.translate(str.maketrans(",.", ".,"))


@st.composite
def sales(draw: st.DrawFn) -> list[Sold]:
    count = draw(st.integers(min_value=1, max_value=8))
    sold = []
    for number in range(count):
        issued = draw(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)))
        due = issued + timedelta(days=draw(st.integers(min_value=0, max_value=90)))
        amount = draw(st.integers(min_value=0, max_value=10**12))
        paid = draw(st.integers(min_value=0, max_value=amount))
        sold.append((f"F-{number}", issued, due, amount, paid))
    return sold


@given(
    sold=sales(),
    english=st.booleans(),
    decimals=st.booleans(),
    has_paid=st.booleans(),
    day_form=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%y", "%Y-%m-%d", "%d %b %Y"]),
    delimiter=st.sampled_from(";,\t"),
)
@settings(deadline=None)
def test_what_is_read_is_what_was_sold(
    sold: list[Sold], english: bool, decimals: bool, has_paid: bool, day_form: str, delimiter: str
) -> None:
    rows: list[list[str]] = []
    for number, issued, due, amount, paid in sold:
        figures = (amount, paid, amount - paid) if has_paid else (amount, amount - paid)
        money = [written_amount(sen, english=english, decimals=decimals) for sen in figures]
        rows.append([number, "Toko Melati", issued.strftime(day_form), due.strftime(day_form), *money])
    header = HEADER if has_paid else (*HEADER[:5], HEADER[6])
    read = read_list(csv_of(header, *rows, delimiter=delimiter), filename="daftar.csv")
    truth = {number: (issued, due, amount, paid) for number, issued, due, amount, paid in sold}
    for invoice in read.invoices:
        assert truth[invoice.number] == (invoice.issued_on, invoice.due_on, invoice.amount.sen, invoice.paid.sen)
    assert not read.refused
    asked = {row for question in read.questions for row in question.rows}
    assert {invoice.row for invoice in read.invoices} == set(range(2, len(sold) + 2)) - asked
    if day_form in ("%Y-%m-%d", "%d %b %Y") and decimals and any(amount - paid for *_, amount, paid in sold):
        assert not asked  # nothing in such a list is ambiguous


@given(column=st.integers(min_value=0, max_value=6), text=st.text(max_size=20))
@settings(deadline=None)
def test_any_text_in_any_cell_changes_no_other_row_and_stops_nothing(column: int, text: str) -> None:
    row = list(with_cells(number="F-9"))
    row[column] = text
    try:
        read = read_list(csv_of(HEADER, GOOD, with_cells(number="F-2"), row), filename="daftar.csv")
    except ListRefused as refused:
        assert refused.reason.key in ("broken_csv", "not_a_spreadsheet")  # a control character in the text
        return
    good = {invoice.number: invoice.balance.rupiah_exact for invoice in read.invoices if invoice.row in (2, 3)}
    if not read.questions and text.strip().casefold() not in ("f-1", "f-2"):
        assert good == {"F-1": 1_000_000, "F-2": 1_000_000}
    for invoice in read.invoices:
        assert invoice.amount - invoice.paid == invoice.balance


@given(content=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a", "a.pdf"]))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    try:
        read = read_list(content, filename=name)
    except ListRefused as refused:
        assert refused.reason.key
    else:
        assert read.file_digest
