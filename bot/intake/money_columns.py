"""One money column of a list: what each cell is worth, under each style its texts may be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.intake.amounts import AmountUnreadable, Style, is_ambiguous, proved_styles, read_amount
from bot.intake.columns import MONEY, Layout
from bot.intake.grid import Cell, GridRow
from bot.intake.result import Reason
from sop.money import Money

CONVERTED_BELOW = 1000

Worth = Money | Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyColumn:
    """A column read in one style. `style` is None when no cell depends on one, or when the column mixes both."""

    field: str
    place: int
    label: str
    style: Style | None
    worth: Mapping[int, Worth]
    blank: frozenset[int]

    def money(self, row: int) -> Money | None:
        """The amount in a row, None when it cannot be read. A blank is zero for what was paid, nothing else."""
        if row in self.blank and self.field != "paid":
            return None
        worth = self.worth[row]
        return worth if isinstance(worth, Money) else None


def variants(
    layout: Layout, field: str, rows: tuple[GridRow, ...], answers: Mapping[str, str]
) -> tuple[MoneyColumn, ...]:
    """Every column that may be the field, in every style its texts leave open."""
    return tuple(
        _column(layout, (field, place), rows, style)
        for place in layout.columns.get(field, ())
        for style in _styles(layout, place, rows, answers)
    )


def style_key(label: str) -> str:
    """The key of the question about the separators of a column."""
    return f"amounts.{label}"


def _styles(
    layout: Layout, place: int, rows: tuple[GridRow, ...], answers: Mapping[str, str]
) -> tuple[Style | None, ...]:
    """The style a column proves, else the answer, else the one its neighbours prove, else both."""
    cells = [row.cell(place) for row in rows]
    proved = proved_styles(cells)
    if proved or not any(map(is_ambiguous, cells)):
        return (next(iter(proved)) if len(proved) == 1 else None,)
    answer = answers.get(style_key(layout.labels[place]))
    answered = tuple(style for style in Style if style.value == answer)
    return answered or _neighbours(layout, rows) or tuple(Style)


def _neighbours(layout: Layout, rows: tuple[GridRow, ...]) -> tuple[Style, ...]:
    """The style of the list's other money columns, when they prove one and the same: one program wrote them all."""
    places = {place for field in MONEY for place in layout.columns.get(field, ())}
    proved = proved_styles(row.cell(place) for row in rows for place in places)
    return tuple(proved) if len(proved) == 1 else ()


def _column(
    layout: Layout, field_place: tuple[str, int], rows: tuple[GridRow, ...], style: Style | None
) -> MoneyColumn:
    field, place = field_place
    texts = [row.cell(place) for row in rows if isinstance(row.cell(place), str)]
    grouped = bool(proved_styles(texts)) or any(map(is_ambiguous, texts))
    return MoneyColumn(
        field=field,
        place=place,
        label=layout.labels[place],
        style=style,
        worth={row.number: _worth(row.cell(place), style, beside_texts=grouped) for row in rows},
        blank=frozenset(row.number for row in rows if row.cell(place) == ""),
    )


def _worth(cell: Cell, style: Style | None, *, beside_texts: bool) -> Worth:
    if beside_texts and isinstance(cell, float) and 0 < abs(cell) < CONVERTED_BELOW:
        # A spreadsheet turned "555.000" into 555 and left "1.250.000" beside it a text.
        return Reason(key="amount_converted", values={"value": repr(cell)})
    try:
        return read_amount(cell, style)
    except AmountUnreadable as error:
        return Reason(key=error.key, values={"value": str(cell)})
