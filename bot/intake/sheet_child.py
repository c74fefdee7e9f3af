"""Reads a workbook from stdin and writes its visible sheets to stdout as JSON; started by read.py as its own process.

A hostile workbook of a few kilobytes makes the reader ask for gigabytes and abort its whole process (one cell in the
last corner of a sheet is enough). Here that ends this child alone. Standard library and calamine only: the file is
run by path.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

MEMORY_BYTES = 2 * 1024**3


def limit_memory() -> None:
    """Caps the address space and switches core dumps off, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (exists on Unix only)

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def plain(cell: object) -> Any:
    """A cell in JSON: a text, a number, or ["d", iso] for a date."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return ["d", cell.date().isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell.strip() if isinstance(cell, str) else cell


def sheet_json(sheet: calamine.CalamineSheet) -> dict[str, Any]:
    """One sheet: the rows that are not blank with their numbers, and the merged areas."""
    rows = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [plain(cell) for cell in row]
        if any(cell != "" for cell in cells):
            rows.append([number, cells])
    merges = [[top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return {"name": sheet.name, "rows": rows, "merges": merges}


def answer(content: bytes) -> dict[str, Any]:
    """The visible work sheets, or the key of the refusal."""
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        kinds = [meta.typ for meta in book.sheets_metadata]
        if calamine.SheetTypeEnum.MacroSheet in kinds or calamine.SheetTypeEnum.Vba in kinds:
            return {"refused": "macros"}
        visible = [
            meta.name
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet and meta.visible == calamine.SheetVisibleEnum.Visible
        ]
        return {"sheets": [sheet_json(book.get_sheet_by_name(name)) for name in visible]}
    except calamine.PasswordError:
        return {"refused": "encrypted"}
    except calamine.CalamineError:
        return {"refused": "broken_file"}


if __name__ == "__main__":
    limit_memory()
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
