"""One date column of a list: which order its texts are in, proved on the whole column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.intake.columns import Layout
from bot.intake.dates import DateUnreadable, Order, form_of, read_date, readings, swapped
from bot.intake.grid import Cell, GridRow
from bot.intake.result import Question, Reason

FIELDS = ("due_on", "issued_on")
LAST_MONTH = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class DateColumn:
    """The dates of a column by row; a Reason where there is none, None where the cell is blank."""

    days: Mapping[int, date | Reason | None]
    questions: tuple[Question, ...] = ()


def read_dates(layout: Layout, rows: tuple[GridRow, ...], answers: Mapping[str, str]) -> dict[str, DateColumn]:
    """Reads the columns due_on and issued_on. Rows that an open question withholds are in the question's `rows`.

    A column that proves no order itself takes the one of the other column, if that is written in the same form.
    """
    columns = {field: {row.number: layout.cell(row, field) for row in rows} for field in FIELDS}
    read = {}
    for field, other in (FIELDS, FIELDS[::-1]):
        name = (field, layout.label(field))
        order, open_order = _order(columns[field], _proofs(columns[other].values()), (name, answers))
        swaps, open_swaps = _swaps(columns[field], name, answers)
        days = {number: _day(cell, order, swap=number in swaps) for number, cell in columns[field].items()}
        read[field] = DateColumn(days=days, questions=open_order + open_swaps)
    return read


def _day(cell: Cell, order: Order | None, *, swap: bool) -> date | Reason | None:
    if cell == "":
        return None
    try:
        day = read_date(cell, order)
    except DateUnreadable as error:
        return Reason(key=error.key, values={"value": str(cell)})
    return swapped(day) if swap else day


def _order(
    cells: Mapping[int, Cell], elsewhere: set[tuple[str, Order]], about: tuple[tuple[str, str], Mapping[str, str]]
) -> tuple[Order | None, tuple[Question, ...]]:
    """The one order the texts prove. In a column that proves both, what is ambiguous is refused row by row."""
    proved = {order for _, order in _proofs(cells.values())}
    ambiguous = tuple(number for number, cell in cells.items() if len(_orders(cell)) > 1)
    if proved or not ambiguous:
        return (proved.pop() if len(proved) == 1 else None), ()
    (field, label), answers = about
    key = f"dates.{field}"
    if answers.get(key) in {order.value for order in Order}:
        return Order(answers[key]), ()
    forms = {form_of(str(cells[number])) for number in ambiguous}
    borrowed = {order for _, order in elsewhere}
    if len(borrowed) == 1 and forms <= {form for form, _ in elsewhere}:
        return borrowed.pop(), ()
    reason = Reason(key="which_order", values={"column": label, "example": str(cells[ambiguous[0]])})
    return None, (Question(key=key, reason=reason, choices=tuple(o.value for o in Order), rows=ambiguous),)


def _proofs(cells: Iterable[Cell]) -> set[tuple[str, Order]]:
    """(form of the text, order it can only be read in) of each cell that proves one."""
    proving = ((cell, _orders(cell)) for cell in cells)
    return {(form_of(str(cell)), next(iter(orders))) for cell, orders in proving if len(orders) == 1}


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
