"""The days off: Indonesia's holidays as the `holidays` package knows them, corrected by the company's own file.

Joint leave (cuti bersama) is decreed once a year by three ministers, so the package cannot know a year that has not
been decreed: `calendar_gaps` says what is missing, and a CSV file (HOLIDAYS_FILE) adds or removes days:

    tanggal,tindakan,jenis,nama
    2028-03-01,tambah,cuti bersama,Cuti bersama Idul Fitri
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from holidays import GOVERNMENT, PUBLIC, country_holidays

from bot.mistakes import Language, sentence
from sop.calendar import WorkCalendar

Kind = Literal["national", "joint_leave"]
CATEGORY_OF: dict[Kind, str] = {"national": PUBLIC, "joint_leave": GOVERNMENT}
ESTIMATED = "(perkiraan)"  # how the package marks a movable feast whose day is calculated, not decreed
DECREED_FROM_MONTH = 10  # the decree for the next year usually stands by October

TITLES = (("tanggal", "tindakan", "jenis", "nama"), ("date", "action", "kind", "name"))
IS_ADDED = {"tambah": True, "add": True, "hapus": False, "remove": False}
KINDS: dict[str, Kind] = {
    "nasional": "national",
    "national": "national",
    "cuti bersama": "joint_leave",
    "joint leave": "joint_leave",
}


class HolidaysInvalid(Exception):
    """The company's holidays file is wrong: one sentence, with the line."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"holidays.{key}")
        self._values = values

    def sentence(self, language: Language) -> str:
        """The mistake, ready to be shown."""
        return sentence(str(self), language, **self._values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One line of the company's file: the day is added to its kind, or removed from it."""

    line: int
    day: date
    kind: Kind
    is_added: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarGap:
    """What is not known about a year's days off. `key` is `national_missing`, `joint_leave_missing` or, with the
    `count` of the days concerned, `national_estimated`.
    """

    key: str
    year: int
    count: int = 0

    def sentence(self, language: Language) -> str:
        """The gap, ready to be shown."""
        return sentence(f"holidays.{self.key}", language, year=self.year, count=self.count)


def work_calendar(years: Iterable[int], override_file: Path | None) -> WorkCalendar:
    """The working calendar of the years, with the company's changes. Raises HolidaysInvalid."""
    wanted = frozenset(years)
    days = {kind: set(_known(kind, wanted)) for kind in CATEGORY_OF}
    for change in read_changes(override_file) if override_file else ():
        _apply(change, days[change.kind], wanted)
    return WorkCalendar(national=frozenset(days["national"]), joint_leave=frozenset(days["joint_leave"]))


def calendar_gaps(*, today: date, override_file: Path | None) -> tuple[CalendarGap, ...]:
    """What is missing for this year, and from October on for the next. Raises HolidaysInvalid."""
    years = [today.year, today.year + 1] if today.month >= DECREED_FROM_MONTH else [today.year]
    return tuple(gap for year in years for gap in _gaps_of(year, override_file))


def read_changes(override_file: Path) -> tuple[Change, ...]:
    """The company's changes, in the order of the file. Raises HolidaysInvalid with the first wrong line."""
    try:
        text = override_file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise HolidaysInvalid("unreadable", path=override_file) from None
    delimiter = ";" if ";" in text.partition("\n")[0] else ","  # what a spreadsheet writes depends on its locale
    lines = [
        (number, [cell.strip() for cell in cells])
        for number, cells in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), start=1)
        if any(cells) and not cells[0].startswith("#")
    ]
    if not lines or tuple(cell.lower() for cell in lines[0][1]) not in TITLES:
        raise HolidaysInvalid("header", line=lines[0][0] if lines else 1)
    changes = [_change(number, cells) for number, cells in lines[1:]]
    _refuse_repeated(changes)
    return tuple(changes)


def _change(line: int, cells: list[str]) -> Change:
    if len(cells) != len(TITLES[0]):
        raise HolidaysInvalid("columns", line=line)
    day, action, kind, _ = cells
    if action.lower() not in IS_ADDED:
        raise HolidaysInvalid("action", line=line, value=action)
    if kind.lower() not in KINDS:
        raise HolidaysInvalid("kind", line=line, value=kind)
    return Change(line=line, day=_day(line, day), kind=KINDS[kind.lower()], is_added=IS_ADDED[action.lower()])


def _day(line: int, text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:  # the 30th of February
        pass
    raise HolidaysInvalid("date", line=line, value=text)


def _refuse_repeated(changes: Iterable[Change]) -> None:
    seen: set[tuple[date, Kind]] = set()
    for change in changes:
        if (change.day, change.kind) in seen:
            raise HolidaysInvalid("repeated", line=change.line, value=change.day)
        seen.add((change.day, change.kind))


def _apply(change: Change, days: set[date], years: frozenset[int]) -> None:
    if change.day.year not in years:
        return
    if change.is_added:
        days.add(change.day)
    elif change.day in days:
        days.remove(change.day)
    else:
        raise HolidaysInvalid("absent", line=change.line, value=change.day)


def _known(kind: Kind, years: frozenset[int]) -> dict[date, str]:
    return dict(
        country_holidays("ID", years=sorted(years), categories=(CATEGORY_OF[kind],), language="id", expand=False)
    )


def _gaps_of(year: int, override_file: Path | None) -> list[CalendarGap]:
    calendar = work_calendar([year], override_file)
    confirmed = {change.day for change in read_changes(override_file) if change.is_added} if override_file else set()
    estimated = [
        day
        for day, name in _known("national", frozenset({year})).items()
        if ESTIMATED in name and day in calendar.national and day not in confirmed
    ]
    found = []
    if not calendar.national:
        found.append(CalendarGap(key="national_missing", year=year))
    if estimated:
        found.append(CalendarGap(key="national_estimated", year=year, count=len(estimated)))
    if not calendar.joint_leave:
        found.append(CalendarGap(key="joint_leave_missing", year=year))
    return found
