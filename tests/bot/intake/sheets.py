"""Small lists in the forms customers send them, built where they are tested."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter

from bot.intake import ReadList, read_list

Written = str | int | float | date | None

HEADER = ("No Faktur", "Pelanggan", "Tgl Faktur", "Jatuh Tempo", "Nilai Faktur", "Dibayar", "Sisa Piutang")
GOOD = ("F-1", "Toko Melati", "03/11/2026", "28/11/2026", "Rp1.250.000,00", "Rp250.000,00", "Rp1.000.000,00")


def csv_of(*rows: Sequence[Written], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_of(*rows: Sequence[Written], merges: Sequence[tuple[str, str]] = ()) -> bytes:
    """The rows as a workbook with real dates; `merges` are (area, text)."""
    return book_of({"Piutang": rows}, merges=merges)


def book_of(sheets: Mapping[str, Sequence[Sequence[Written]]], *, merges: Sequence[tuple[str, str]] = ()) -> bytes:
    """A workbook of several sheets; merged areas are on the first."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, (name, rows) in enumerate(sheets.items()):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write(number, column, cell)
            for area, text in merges if place == 0 else ():
                sheet.merge_range(area, text)
    return out.getvalue()


def read_rows(*rows: Sequence[Written], header: Sequence[Written] = HEADER, **answers: str) -> ReadList:
    """Reads a CSV of the rows below a header."""
    return read_list(csv_of(header, *rows), filename="daftar.csv", answers=answers)


def with_cells(**cells: Written) -> tuple[Written, ...]:
    """The good row with some cells replaced: number, customer, issued, due, amount, paid, balance."""
    names = ("number", "customer", "issued", "due", "amount", "paid", "balance")
    assert not set(cells) - set(names)
    return tuple(cells.get(name, good) for name, good in zip(names, GOOD, strict=True))


def reasons(read: ReadList) -> list[tuple[int, str, str]]:
    """(row, column, reason key) of what was refused."""
    return [(refused.row, refused.column, refused.reason.key) for refused in read.refused]


def keys(read: ReadList) -> list[str]:
    """The keys of the open questions."""
    return [question.key for question in read.questions]
