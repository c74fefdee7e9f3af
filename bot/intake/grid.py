"""The cells of one sheet, before anybody knows what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | float | date
"""A text (stripped; "" is blank), a number, or a real date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """One row that is not blank; `number` as a person sees it in the sheet (from 1)."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """The cell of a column (from 0); blank beyond the end."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def width(self) -> int:
        """The number of columns up to the last cell that is not blank."""
        return max((place + 1 for place, cell in enumerate(self.cells) if cell != ""), default=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """A merged area; rows as a person sees them (from 1), columns from 0; both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A sheet. `delimited` when it came from a text file, where a stray comma can push cells to the right."""

    name: str
    rows: tuple[GridRow, ...]
    merges: tuple[Merge, ...] = ()
    delimited: bool = False


def text_of(cell: Cell) -> str:
    """The cell as a person would write it: 1001.0 is "1001", a date is ISO."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(cell.split())
