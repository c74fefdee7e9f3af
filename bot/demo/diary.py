"""What happened in a rehearsal, day by day and person by person, told in few lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.render import text_of
from bot.reply import plain

_NUMBER = re.compile(r"\+62[\d ().-]{5,16}(\d{2})(?!\d)")
_SPACES = re.compile(r"\s+")
LONGEST = 96


def masked(text: str) -> str:
    """This function will hide telephone numbers but for their last two digits."""
    return _NUMBER.sub(r"+62…\1", text)


def first_words(text: str, most: int = LONGEST) -> str:
    """This function will give the beginning of a text on one line, without telephone numbers."""
    line = _SPACES.sub(" ", masked(text)).strip()
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing worth telling; `kind` chooses the words."""

    at: datetime
    who: str
    kind: str
    values: Mapping[str, Any]


@dataclass(kw_only=True)
class Diary:
    """Collects what happens until the day is told."""

    zone: ZoneInfo
    language: str
    lines: list[Line] = field(default_factory=list)

    def add(self, at: datetime, who: str, kind: str, **values: Any) -> None:
        """Note one thing that somebody did or got."""
        self.lines.append(Line(at=at, who=who, kind=kind, values=values))

    def told(self, on: date, *, is_open: bool, people: Iterable[str], day: Mapping[str, Any]) -> str:
        """This function will tell a day and forget it; `people` in the order in which they are told about."""
        groups = [{"who": who, "lines": [self._shown(one) for one in self.lines if one.who == who]} for who in people]
        values = {"on": on, "is_open": is_open, "groups": [one for one in groups if one["lines"]], **day}
        self.lines.clear()
        return text_of("demo/day", self.language, {name: plain(value) for name, value in values.items()})

    def _shown(self, line: Line) -> dict[str, Any]:
        return {"at": line.at.astimezone(self.zone), "kind": line.kind, **line.values}
