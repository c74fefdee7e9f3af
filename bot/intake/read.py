"""From the bytes of a file to its sheets."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from bot.intake.delimited import read_delimited
from bot.intake.grid import Cell, Grid, GridRow, Merge
from bot.intake.result import ListRefused
from bot.intake.sniff import MAX_FILE_BYTES, MEBIBYTE, kind_of

CHILD_SECONDS = 90
_CHILD = Path(__file__).with_name("sheet_child.py")


def read_grids(content: bytes, *, filename: str) -> tuple[Grid, ...]:
    """The visible sheets of a file, one for CSV and TSV. Raises ListRefused when it cannot be read safely."""
    if kind_of(content, filename=filename) == "text":
        return (read_delimited(content, filename=filename),)
    return tuple(_grid(sheet) for sheet in _sheets(content, filename=filename))


def _sheets(content: bytes, *, filename: str) -> list[dict[str, Any]]:
    too_big = ListRefused("too_big", filename=filename, limit=str(MAX_FILE_BYTES // MEBIBYTE))
    try:
        child = subprocess.run(  # noqa: S603  (our own file; nothing of the upload is in the command line)
            [sys.executable, "-P", "-X", "utf8", str(_CHILD)],
            input=content,
            capture_output=True,
            timeout=CHILD_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise too_big from error
    if child.returncode != 0:  # out of memory: the reader aborts
        raise too_big
    answer = json.loads(child.stdout)
    if "refused" in answer:
        raise ListRefused(answer["refused"], filename=filename)
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _grid(sheet: dict[str, Any]) -> Grid:
    rows = (GridRow(number=number, cells=tuple(_cell(cell) for cell in cells)) for number, cells in sheet["rows"])
    merges = (Merge(top=top, left=left, bottom=bottom, right=right) for top, left, bottom, right in sheet["merges"])
    return Grid(name=sheet["name"], rows=tuple(rows), merges=tuple(merges))


def _cell(cell: Any) -> Cell:
    if isinstance(cell, list):
        return date.fromisoformat(cell[1])
    return float(cell) if isinstance(cell, int | float) else str(cell).replace("\xa0", " ").strip()
