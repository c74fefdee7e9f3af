"""Where the list begins and which column is which."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.intake.grid import Cell, Grid, GridRow, text_of
from bot.intake.result import ListRefused, Question, Reason
from bot.intake.synonyms import MANY, SYNONYMS, fields_of, squeezed

HEADER_WITHIN_ROWS = 30
MIN_FIELDS = 3
REQUIRED = ("number", "customer", "due_on")
MONEY = ("amount", "paid", "balance")
NO_COLUMN = "-"

_SCALED = re.compile(
    r"\b(dalam|dlm|in)\s+(rp\.?\s*)?(ribu|ribuan|juta|jutaan|thousands?|millions?)\b|\((ribuan|jutaan)\)|\(?rp\.?\s*['.]?000\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A sheet that is understood: header texts by column, columns by field, and the rows below the header.

    `columns` holds one column for most fields, candidates for the money fields, all of them for phones.
    """

    grid: Grid
    labels: Mapping[int, str]
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[GridRow, ...]
    header: tuple[str, ...]
    title_rows: tuple[int, ...]

    def column(self, field: str) -> int | None:
        """The column of a field that has one, None when the list has none."""
        return next(iter(self.columns.get(field, ())), None)

    def label(self, field: str) -> str:
        """The header of a field as written, "" when the list has none."""
        column = self.column(field)
        return "" if column is None else self.labels[column]

    def cell(self, row: GridRow, field: str) -> Cell:
        """The cell of a field in a row; blank when the list has no such column."""
        column = self.column(field)
        return "" if column is None else row.cell(column)

    @property
    def fingerprint(self) -> str:
        """Equal for lists with the same headers in the same order."""
        return hashlib.sha256("|".join(self.header).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Header:
    grid: Grid
    first: int
    last: int
    texts: Mapping[int, str]

    @property
    def fields(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for column, text in self.texts.items():
            for field in fields_of(text):
                found.setdefault(field, []).append(column)
        return {field: tuple(columns) for field, columns in found.items()}

    @property
    def score(self) -> tuple[int, int, bool]:
        """The fuller the better; of equals a single row."""
        fields = self.fields
        return sum(field in fields for field in REQUIRED), len(fields), self.first == self.last


def find_layout(grids: tuple[Grid, ...], *, filename: str, answers: Mapping[str, str]) -> Layout | Question:
    """The list in the file. A question when several sheets hold one; ListRefused when none does."""
    headers = [header for grid in grids if (header := _best_header(grid)) is not None]
    if not headers:
        raise ListRefused("no_header", filename=filename)
    whole = [header for header in headers if not _missing(header, answers)]
    if len(whole) > 1:
        names = tuple(header.grid.name for header in whole)
        chosen = [header for header in whole if header.grid.name == answers.get("sheet")]
        if not chosen:
            return Question(key="sheet", reason=Reason(key="which_sheet"), choices=names, rows=())
        whole = chosen
    best = max(whole or headers, key=lambda header: header.score)
    return _layout(best, filename=filename, answers=answers)


def column_questions(layout: Layout, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Fields that two columns claim with the same name."""
    rows = tuple(row.number for row in layout.rows)
    questions = []
    for field, columns in layout.columns.items():
        if field not in MANY and len(columns) > 1:
            labels = tuple(layout.labels[column] for column in columns)
            reason = Reason(key="which_column", values={"field": field})
            questions.append(Question(key=f"column.{field}", reason=reason, choices=labels, rows=rows))
    return tuple(questions)


def _best_header(grid: Grid) -> _Header | None:
    found = [header for header in _candidates(grid) if len(header.fields) >= MIN_FIELDS]
    return max(found, key=lambda header: header.score, default=None)


def _candidates(grid: Grid) -> Iterator[_Header]:
    rows = grid.rows[:HEADER_WITHIN_ROWS]
    for place, row in enumerate(rows):
        upper = _spread(grid, row)
        yield _Header(grid=grid, first=row.number, last=row.number, texts=upper)
        if place + 1 < len(rows) and rows[place + 1].number == row.number + 1:
            lower = _spread(grid, rows[place + 1])
            yield _Header(grid=grid, first=row.number, last=row.number + 1, texts=_stacked(upper, lower))


def _spread(grid: Grid, row: GridRow) -> dict[int, str]:
    """The texts of a header row; a merged heading counts for each column it covers."""
    texts = {column: text_of(cell) for column, cell in enumerate(row.cells) if isinstance(cell, str) and cell}
    for merge in grid.merges:
        if merge.top == row.number and merge.left in texts:
            texts |= dict.fromkeys(range(merge.left, merge.right + 1), texts[merge.left])
    return texts


def _stacked(upper: dict[int, str], lower: dict[int, str]) -> dict[int, str]:
    """Two header rows as one: a lower heading that says enough stands alone, else it completes the upper one."""
    stacked = dict(upper)
    for column, text in lower.items():
        together = f"{upper.get(column, '')} {text}".strip()
        stacked[column] = together if fields_of(together) or not fields_of(text) else text
    return stacked


def _missing(header: _Header, answers: Mapping[str, str]) -> str | None:
    """The key of the refusal when a required column is missing."""
    fields = header.fields
    for field, key in (
        ("number", "no_invoice_column"),
        ("customer", "no_customer_column"),
        ("due_on", "no_due_column"),
    ):
        if field not in fields and f"column.{field}" not in answers:
            return key
    has_money = any(field in fields or f"column.{field}" in answers for field in ("amount", "balance"))
    return None if has_money else "no_amount_column"


def _layout(header: _Header, *, filename: str, answers: Mapping[str, str]) -> Layout:
    missing = _missing(header, answers)
    found = ", ".join(header.texts.values())
    if missing is not None:
        raise ListRefused(missing, filename=filename, found=found, row=str(header.last))
    above = [row for row in header.grid.rows if row.number <= header.last]
    scaled = next((text for row in above for text in map(text_of, row.cells) if _SCALED.search(text)), None)
    if scaled is not None:
        raise ListRefused("amounts_scaled", filename=filename, found=scaled)
    labels = _labels(header.texts)
    return Layout(
        grid=header.grid,
        labels=labels,
        columns=_answered(_chosen(header), labels, answers),
        rows=tuple(row for row in header.grid.rows if row.number > header.last),
        header=tuple(squeezed(text) for text in header.texts.values()),
        title_rows=tuple(row.number for row in above if row.number < header.first),
    )


def _chosen(header: _Header) -> dict[str, tuple[int, ...]]:
    """For a field with one column, the surest heading; several columns only when their headings are equally sure."""
    chosen = {}
    for field, columns in header.fields.items():
        ranks = {column: SYNONYMS[field][squeezed(header.texts[column])] for column in columns}
        surest = min(ranks.values())
        chosen[field] = columns if field in MANY else tuple(c for c in columns if ranks[c] == surest)
    return chosen


def _labels(texts: Mapping[int, str]) -> dict[int, str]:
    """The header texts; where one occurs twice, with the letter of the column."""
    times = Counter(texts.values())
    return {c: text if times[text] == 1 else f"{text} [{column_letter(c)}]" for c, text in texts.items()}


def column_letter(column: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _answered(
    columns: dict[str, tuple[int, ...]], labels: Mapping[int, str], answers: Mapping[str, str]
) -> dict[str, tuple[int, ...]]:
    """The columns with a person's answers on top; "-" says that the list has no such column."""
    by_label = {label: column for column, label in labels.items()}
    answered = dict(columns)
    for key, label in answers.items():
        field = key.removeprefix("column.")
        if field == key or field not in SYNONYMS:
            continue
        if label == NO_COLUMN:
            answered.pop(field, None)
        elif label in by_label:
            answered[field] = (by_label[label],)
    return answered
