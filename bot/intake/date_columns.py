"""One date column of a list: which order its texts are in, proved on the whole column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.intake.columns import Layout
from bot.intake.dates import DateUnreadable, Order, read_date, readings, swapped
from bot.intake.grid import Cell, GridRow
from bot.intake.result import Question, Reason

LAST_MONTH = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class DateColumn:
    """The dates of a column by row; a Reason where there is none, None where the cell is blank."""

    days: Mapping[int, date | Reason | None]
    questions: tuple[Question, ...] = ()


def read_dates(layout: Layout, field: str, rows: tuple[GridRow, ...], answers: Mapping[str, str]) -> DateColumn:
    """Reads a column. Rows that an open question withholds are in the question's `rows`."""
    cells = {row.number: layout.cell(row, field) for row in rows}
    label = layout.label(field)
    order, open_order = _order(cells, (field, label), answers)
    swaps, open_swaps = _swaps(cells, (field, label), answers)
    days = {number: _day(cell, order, swap=number in swaps) for number, cell in cells.items()}
    return DateColumn(days=days, questions=open_order + open_swaps)


def _day(cell: Cell, order: Order | None, *, swap: bool) -> date | Reason | None:
    if cell == "":
        return None
    try:
        day = read_date(cell, order)
    except DateUnreadable as error:
        return Reason(key=error.key, values={"value": str(cell)})
    return swapped(day) if swap else day


def _order(
    cells: Mapping[int, Cell], name: tuple[str, str], answers: Mapping[str, str]
) -> tuple[Order | None, tuple[Question, ...]]:
    """The one order the texts prove. In a column that proves both, what is ambiguous is refused row by row."""
    found = {number: _orders(cell) for number, cell in cells.items()}
    proved = {next(iter(orders)) for orders in found.values() if len(orders) == 1}
    ambiguous = tuple(number for number, orders in found.items() if len(orders) > 1)
    if proved or not ambiguous:
        return (proved.pop() if len(proved) == 1 else None), ()
    field, label = name
    key = f"dates.{field}"
    if answers.get(key) in {order.value for order in Order}:
        return Order(answers[key]), ()
    reason = Reason(key="which_order", values={"column": label, "example": str(cells[ambiguous[0]])})
    return None, (Question(key=key, reason=reason, choices=tuple(o.value for o in Order), rows=ambiguous),)


def _orders(cell: Cell) -> frozenset[Order]:
    """Empty when the cell says nothing about the order, one when it proves it, two when it is ambiguous."""
    if not isinstance(cell, str):
        return frozenset()
    try:
        found = readings(cell)
    except DateUnreadable:
        return frozenset()
    return frozenset(found) if len(found) == 1 or len(set(found.values())) > 1 else frozenset()


def _swaps(
    cells: Mapping[int, Cell], name: tuple[str, str], answers: Mapping[str, str]
) -> tuple[frozenset[int], tuple[Question, ...]]:
    """Real dates beside texts like 31/12/2026 may have day and month exchanged.

    A spreadsheet that expects the other order leaves 31/12/2026 a text and silently makes 5 December the 12th of May.
    Real dates with a day above 12 show that this did not happen.
    """
    real = {number: cell for number, cell in cells.items() if isinstance(cell, date)}
    if not any(_orders(cell) for cell in cells.values()) or any(day.day > LAST_MONTH for day in real.values()):
        return frozenset(), ()
    doubtful = tuple(number for number, day in real.items() if day.day != day.month)
    field, label = name
    key = f"typed_dates.{field}"
    if not doubtful or answers.get(key) == "as_is":
        return frozenset(), ()
    if answers.get(key) == "swapped":
        return frozenset(doubtful), ()
    reason = Reason(key="swapped_dates", values={"column": label, "example": real[doubtful[0]].isoformat()})
    return frozenset(), (Question(key=key, reason=reason, choices=("as_is", "swapped"), rows=doubtful),)
