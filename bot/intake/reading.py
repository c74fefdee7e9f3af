"""Reads a receivable list: the one way from a file to typed invoices. Touches no database and no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from bot.intake.balances import MoneyColumns, find_money, paid_questions
from bot.intake.columns import MONEY, Layout, column_questions, find_layout
from bot.intake.conflicts import agree
from bot.intake.date_columns import DateColumn, read_dates
from bot.intake.grid import GridRow
from bot.intake.read import read_grids
from bot.intake.result import ListedInvoice, ListRefused, Question, ReadList, RefusedRow
from bot.intake.row_kinds import fill_groups, sort_rows
from bot.intake.rows import RowReader
from bot.intake.twins import twins_of

NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def read_list(content: bytes, *, filename: str, answers: Mapping[str, str] = NO_ANSWERS) -> ReadList:
    """Every invoice that is certain, every refused row with its reason, every question that is open.

    `answers`: question key -> one of its choices. Also "column.FIELD" -> a header as written ("-" for none), to say
    which column is which. Raises ListRefused when the file as a whole cannot be read.
    """
    layout = find_layout(read_grids(content, filename=filename), filename=filename, answers=answers)
    digest = hashlib.sha256(content).hexdigest()
    if isinstance(layout, Question):
        return _unread((layout,), digest)
    return _read(layout, digest, filename, answers)


def _read(layout: Layout, digest: str, filename: str, answers: Mapping[str, str]) -> ReadList:
    sorted_rows = sort_rows(layout)
    if not sorted_rows.invoices:
        raise ListRefused("no_rows", filename=filename)
    rows, group_questions = fill_groups(layout, sorted_rows.invoices, answers)
    days = read_dates(layout, rows, answers)
    money = find_money(layout, rows, answers)
    questions = column_questions(layout, answers) + group_questions + days["due_on"].questions
    questions += days["issued_on"].questions
    questions += paid_questions(money, answers) if isinstance(money, MoneyColumns) else money
    invoices, refused = _rows(layout, rows, days, (money, questions, answers))
    agreed = agree(invoices, answers)
    return ReadList(
        invoices=agreed.invoices,
        refused=refused,
        questions=questions + agreed.questions,
        columns=_column_labels(layout, money),
        source_fingerprint=layout.fingerprint,
        file_digest=digest,
        dropped=sorted_rows.dropped,
    )


def _rows(
    layout: Layout,
    rows: tuple[GridRow, ...],
    days: Mapping[str, DateColumn],
    decided: tuple[MoneyColumns | tuple[Question, ...], tuple[Question, ...], Mapping[str, str]],
) -> tuple[tuple[ListedInvoice, ...], tuple[RefusedRow, ...]]:
    money, questions, answers = decided
    if not isinstance(money, MoneyColumns):
        return (), ()
    withheld = {row for question in questions for row in question.rows}
    reader = RowReader(layout=layout, money=money, days=days, twins=twins_of(layout, rows), answers=answers)
    read = [reader.read(row) for row in rows if row.number not in withheld]
    return (
        tuple(one for one in read if isinstance(one, ListedInvoice)),
        tuple(one for one in read if isinstance(one, RefusedRow)),
    )


def _column_labels(layout: Layout, money: MoneyColumns | tuple[Question, ...]) -> dict[str, str]:
    """Field -> header as written; several phone columns joined."""
    labels = {
        field: ", ".join(layout.labels[place] for place in places)
        for field, places in layout.columns.items()
        if field not in MONEY
    }
    if isinstance(money, MoneyColumns):
        labels |= {field: column.label for field, column in money.present.items()}
    return labels


def _unread(questions: tuple[Question, ...], digest: str) -> ReadList:
    return ReadList(invoices=(), refused=(), questions=questions, columns={}, source_fingerprint="", file_digest=digest)
