"""CSV and TSV: which encoding, which delimiter, and the cells."""

from __future__ import annotations

import csv
from collections import Counter

from bot.intake.grid import Grid, GridRow
from bot.intake.result import ListRefused

DELIMITERS = ";,\t|"
SAMPLE_ROWS = 200


def read_delimited(content: bytes, *, filename: str) -> Grid:
    """The cells as texts. Row numbers count records, as a spreadsheet program shows them.

    Raises ListRefused when the quoting is broken: an unclosed quote would swallow rows.
    """
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return _grid(rest, first.strip()[-1], filename)  # a spreadsheet program does not count this line as a row
    grids = [_grid(text, delimiter, filename) for delimiter in DELIMITERS if delimiter in text]
    if not grids:
        raise ListRefused("no_header", filename=filename)
    return max(grids, key=_regularity)


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")  # the five bytes cp1252 leaves open; no byte is lost


def _grid(text: str, delimiter: str, filename: str) -> Grid:
    rows = []
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            stripped = tuple(cell.replace("\xa0", " ").strip() for cell in cells)
            if any(stripped):
                rows.append(GridRow(number=number, cells=stripped))
    except csv.Error as error:
        raise ListRefused("broken_csv", filename=filename, row=str(reader.line_num)) from error
    return Grid(name="", rows=tuple(rows), delimited=True)


def _regularity(grid: Grid) -> int:
    """How many cells stand in rows of the most usual width: the true delimiter cuts a list most evenly."""
    widths = Counter(len(row.cells) for row in grid.rows[:SAMPLE_ROWS] if len(row.cells) > 1)
    return max((width * count for width, count in widths.items()), default=0)
