"""Invoice numbers that stand in a list more than once."""

from __future__ import annotations

from collections import defaultdict

from bot.intake.columns import Layout
from bot.intake.grid import GridRow, text_of


def twins_of(layout: Layout, rows: tuple[GridRow, ...]) -> dict[int, int]:
    """Refused row -> another row with the same invoice number.

    Of rows that are equal cell by cell the first is good. When they differ nobody can tell which is right, and all
    are refused.
    """
    by_number: dict[str, list[GridRow]] = defaultdict(list)
    for row in rows:
        number = text_of(layout.cell(row, "number")).casefold()
        if number:
            by_number[number].append(row)
    twins: dict[int, int] = {}
    for same in by_number.values():
        first, *others = same
        twins |= {other.number: first.number for other in others}
        if any(other.cells != first.cells for other in others):
            twins[first.number] = others[0].number
    return twins
