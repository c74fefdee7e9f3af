"""Days of leave as they are typed: "12-15 Des", "besok", "28 Des s.d. 3 Jan", with or without a name before. (sop 3)

Never wrong in silence: both ends must be certain dates of `typed_dates`, and the days are said back with their
weekdays before anything is written down.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sop.absence import Span
from sop.calendar import WorkCalendar
from sop.listing import plain_name
from sop.month_names import MONTH
from sop.typed_dates import Exact, parse_date

_UNTIL = r"(?:-|–|s\.? ?/?d\.?|sampai(?: dengan)?|hingga|to|until)"
_ONE_MONTH = re.compile(
    rf"(?:tgl |tanggal )?(\d{{1,2}}) ?{_UNTIL} ?(\d{{1,2}})(?: ((?:{MONTH})(?: \d{{4}}| \d{{2}})?))?"
)
_WORD = re.compile(rf" {_UNTIL} ")
_DASH = re.compile(r" ?[-–] ?")


@dataclass(frozen=True, kw_only=True, slots=True)
class TypedLeave:
    """Who (as typed; none: himself) and which days; `span` none: no certain days were read."""

    name: str | None
    span: Span | None


def parse_leave(text: str, *, names: Collection[str], today: date, calendar: WorkCalendar) -> TypedLeave:
    """This function will read days of leave; `names` are the persons who may stand before them, as they are called."""
    plain = " ".join(text.split())
    for name, rest in _named(plain, names):
        return TypedLeave(name=name, span=span_of(rest, today=today, calendar=calendar))
    return TypedLeave(name=None, span=span_of(plain, today=today, calendar=calendar))


def span_of(text: str, *, today: date, calendar: WorkCalendar) -> Span | None:
    """This function will read the first and the last day; one date alone is one day. None: not certain."""
    plain = " ".join(text.lower().replace(",", " ").split())

    def certain(part: str) -> date | None:
        typed = parse_date(part, today=today, calendar=calendar)
        return typed.on if isinstance(typed, Exact) else None

    for first, last in _ends(plain):
        begins, ends = certain(first), certain(last)
        if begins is not None and ends is not None and begins <= ends:
            return Span(from_on=begins, until_on=ends)
    return None


def _ends(plain: str) -> Iterator[tuple[str, str]]:
    """The two ends a text may mean, the surest reading first."""
    yield plain, plain
    if match := _ONE_MONTH.fullmatch(plain):
        first, last, month = match.groups()
        yield (f"{first} {month}", f"{last} {month}") if month else (f"tgl {first}", f"tgl {last}")
    for mark in (_WORD, _DASH):
        parts = mark.split(plain)
        if len(parts) == 2:  # noqa: PLR2004 - a first and a last day
            yield parts[0], parts[1]


def _named(plain: str, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """A person's whole name at the beginning, else the one person whose name begins with the first word."""
    folded = plain_name(plain)
    for name in sorted(names, key=len, reverse=True):
        if folded == plain_name(name) or folded.startswith(f"{plain_name(name)} "):
            yield name, " ".join(plain.split()[len(name.split()) :])
    first, _, rest = plain.partition(" ")
    like = [name for name in names if plain_name(name).split()[:1] == [plain_name(first)]]
    if len(like) == 1:
        yield like[0], rest
