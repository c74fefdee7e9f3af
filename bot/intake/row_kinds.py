"""Which rows below the header are invoices; totals, titles, footers and repeated headers are left out knowingly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.intake.columns import MIN_FIELDS, MONEY, Layout
from bot.intake.grid import Cell, GridRow, text_of
from bot.intake.result import Question, Reason
from bot.intake.synonyms import squeezed

CUSTOMER_BLANK = "customer.blank"
MIN_BLANKS_OF_A_GROUP = 2
_DOWN = (
    *("customer", "customer_code", "contact", "salutation", "phone"),
    *("collector", "sales", "province", "consent", "segment"),
    *("exchange_days", "pay_days", "term_basis"),
)
"""What a merged cell says for all its rows. Never the money: one amount over three rows is not three amounts."""

_TOTAL = re.compile(r"^(grand\s*total|sub\s*-?\s*total|total|jumlah|saldo akhir)\b|\btotal\s*:?$", re.IGNORECASE)
_PLAIN_TOTAL = re.compile(r"^((grand|sub)\s*-?\s*)?(total|jumlah)\s*:?$", re.IGNORECASE)
_FOOTER = re.compile(
    r"^(dicetak|di ?cetak|tgl cetak|tanggal cetak|printed|print date|halaman|hal\.|page|mengetahui|disetujui|"
    r"dibuat oleh|diperiksa|catatan|keterangan|note)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorted:
    """The invoice rows, and the numbers of the rows left out."""

    invoices: tuple[GridRow, ...]
    dropped: tuple[int, ...]


def sort_rows(layout: Layout) -> Sorted:
    """Merged cells are filled first."""
    rows = _with_merges(layout)
    invoices = tuple(row for row in rows if not _is_left_out(layout, row))
    kept = {row.number for row in invoices}
    return Sorted(
        invoices=invoices,
        dropped=(*layout.title_rows, *(row.number for row in rows if row.number not in kept)),
    )


def fill_groups(
    layout: Layout, rows: tuple[GridRow, ...], answers: Mapping[str, str]
) -> tuple[tuple[GridRow, ...], tuple[Question, ...]]:
    """A list that names each customer on the first of his rows only: asked about, never filled on a guess."""
    blanks = tuple(row.number for row in rows if layout.cell(row, "customer") == "")
    answer = answers.get(CUSTOMER_BLANK)
    if not blanks or answer == "refuse" or not _looks_grouped(layout, rows, blanks):
        return rows, ()
    if answer == "fill_down":
        return _filled_down(layout, rows), ()
    reason = Reason(key="customer_groups", values={"column": layout.label("customer"), "count": str(len(blanks))})
    return rows, (Question(key=CUSTOMER_BLANK, reason=reason, choices=("fill_down", "refuse"), rows=blanks),)


def _looks_grouped(layout: Layout, rows: tuple[GridRow, ...], blanks: tuple[int, ...]) -> bool:
    names = [text_of(layout.cell(row, "customer")) for row in rows]
    repeats = any(one == below != "" for one, below in pairwise(names))
    return len(blanks) >= MIN_BLANKS_OF_A_GROUP and names[0] != "" and not repeats


def _filled_down(layout: Layout, rows: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    filled: list[GridRow] = []
    for row in rows:
        is_continued = bool(filled) and layout.cell(row, "customer") == "" and _may_follow(layout, filled[-1], row)
        filled.append(_copied(layout, filled[-1], row) if is_continued else row)
    return tuple(filled)


def _may_follow(layout: Layout, above: GridRow, row: GridRow) -> bool:
    """False when the row has a customer code of its own: it is another customer whose name is missing."""
    code = layout.cell(row, "customer_code")
    return code in ("", layout.cell(above, "customer_code"))


def _copied(layout: Layout, above: GridRow, row: GridRow) -> GridRow:
    places = [place for field in _DOWN for place in layout.columns.get(field, ())]
    return _replaced(row, {place: above.cell(place) for place in places if row.cell(place) == ""})


def _with_merges(layout: Layout) -> tuple[GridRow, ...]:
    by_number = {row.number: row for row in layout.rows}
    places = {place for field in _DOWN for place in layout.columns.get(field, ())}
    for merge in layout.grid.merges:
        if merge.left != merge.right or merge.left not in places or merge.top not in by_number:
            continue
        cell = by_number[merge.top].cell(merge.left)
        for number in range(merge.top + 1, merge.bottom + 1):
            if number in by_number:
                by_number[number] = _replaced(by_number[number], {merge.left: cell})
    return tuple(by_number.values())


def _replaced(row: GridRow, cells: Mapping[int, Cell]) -> GridRow:
    width = max(len(row.cells), max(cells, default=-1) + 1)
    return GridRow(number=row.number, cells=tuple(cells.get(c, row.cell(c)) for c in range(width)))


def _is_left_out(layout: Layout, row: GridRow) -> bool:
    if _is_header_again(layout, row):
        return True
    due = text_of(layout.cell(row, "due_on"))
    if any(character.isdigit() for character in due):
        return False
    return _is_label(layout, row) or _is_note(layout, row)


def _is_label(layout: Layout, row: GridRow) -> bool:
    """A totals row or a page footer. A customer called "Total Jaya" with an invoice number is neither."""
    first = next((cell for cell in row.cells if isinstance(cell, str) and cell), "")
    if _PLAIN_TOTAL.match(first):
        return True
    number = layout.cell(row, "number")
    return bool(_TOTAL.search(first) or _FOOTER.search(first)) and number in ("", first)


def _is_header_again(layout: Layout, row: GridRow) -> bool:
    """A header printed once more on each page."""
    texts = {squeezed(text_of(cell)) for cell in row.cells if isinstance(cell, str) and cell}
    return len(texts) >= MIN_FIELDS and texts <= set(layout.header)


def _is_note(layout: Layout, row: GridRow) -> bool:
    """No due date, no money, and not both a number and a customer: a title, a signature, a remark."""
    has_money = any(row.cell(place) != "" for field in MONEY for place in layout.columns.get(field, ()))
    is_named = layout.cell(row, "number") != "" and layout.cell(row, "customer") != ""
    return not has_money and not is_named
