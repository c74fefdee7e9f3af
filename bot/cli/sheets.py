"""The workbook that `santun export` writes; `santun import` reads it back."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from bot.cli.words import sentences
from sop.money import SEN_PER_RUPIAH
from storage.exports import OpenInvoice

_COLUMNS = ("number", "code", "customer", "issued_on", "due_on", "amount", "paid", "balance", "collector", "days_late")
_WIDE = 28


def open_invoices_sheet(rows: Sequence[OpenInvoice], *, today: date, language: str) -> bytes:
    """This function will lay the open invoices out as one sheet; amounts are numbers in rupiah, dates are dates."""
    held = io.BytesIO()
    headers = sentences(language)["columns"]
    with xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet(headers["sheet"])
        bold, amount = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        sheet.write_row(0, 0, [headers[name] for name in _COLUMNS], bold)
        for place, one in enumerate(rows, start=1):
            sheet.write_row(place, 0, _cells(one, today=today))
        sheet.set_column(0, len(_COLUMNS) - 1, 14)
        sheet.set_column(_COLUMNS.index("customer"), _COLUMNS.index("customer"), _WIDE)
        sheet.set_column(_COLUMNS.index("amount"), _COLUMNS.index("balance"), 16, amount)
        sheet.freeze_panes(1, 0)
    return held.getvalue()


def _cells(one: OpenInvoice, *, today: date) -> list[object]:
    paid = one.amount - one.balance
    return [
        one.number,
        one.code or "",
        one.customer,
        one.issued_on or "",
        one.due_on,
        one.amount.sen / SEN_PER_RUPIAH,
        paid.sen / SEN_PER_RUPIAH,
        one.balance.sen / SEN_PER_RUPIAH,
        one.collector or "",
        max(0, (today - one.due_on).days),
    ]
