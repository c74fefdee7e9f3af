"""Who is away, who works in his place, and which leave may be written down. (sop 3, peers row 30)"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from sop.calendar import ONE_DAY, WorkCalendar
from sop.policy import Policy
from sop.refusal import Refused


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Days in a row, the first and the last included."""

    from_on: date
    until_on: date

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days + 1

    def overlaps(self, other: Span) -> bool:
        return self.from_on <= other.until_on and other.from_on <= self.until_on

    def working_days(self, calendar: WorkCalendar) -> int:
        """This function will count the days of it on which he would have worked."""
        return sum(calendar.is_open(self.from_on + ONE_DAY * ahead) for ahead in range(self.days))


@dataclass(frozen=True, kw_only=True, slots=True)
class Absence:
    """Somebody is away; `cover_id` none: his cards go to the pool. Days are days of his own zone.

    It waits until it begins, is in force until it ends, and is cancelled when it ends without having begun.
    """

    id: int
    person_id: int
    cover_id: int | None
    from_on: date
    until_on: date
    asked_by_id: int | None
    begun_at: datetime | None
    ended_at: datetime | None

    @property
    def span(self) -> Span:
        return Span(from_on=self.from_on, until_on=self.until_on)

    @property
    def is_in_force(self) -> bool:
        return self.begun_at is not None and self.ended_at is None


class LeavePast(Refused):
    """The first day is over already."""

    message: ClassVar[str] = "collector/refused_leave_past"


class LeaveTooLong(Refused):
    """More days in a row than the policy takes: such a collector is reassigned, not covered."""

    message: ClassVar[str] = "collector/refused_leave_too_long"


class LeaveTooFar(Refused):
    """It begins further ahead than anybody plans; mostly a wrong year."""

    message: ClassVar[str] = "collector/refused_leave_too_far"


class LeaveOverlaps(Refused):
    """He is away on some of these days already."""

    message: ClassVar[str] = "collector/refused_leave_overlaps"


class CoverAway(Refused):
    """The one chosen is away himself on some of these days, or does not work here."""

    message: ClassVar[str] = "collector/refused_cover_away"


class LeaveOver(Refused):
    """The leave has ended, or was cancelled, before this press."""

    message: ClassVar[str] = "collector/refused_leave_over"


def check_leave(span: Span, known: Iterable[Absence], *, today: date, policy: Policy) -> None:
    """This function will accept days of leave beside the person's other ones.

    Raises LeavePast, LeaveTooFar, LeaveTooLong or LeaveOverlaps.
    """
    if span.from_on < today:
        raise LeavePast(on=span.from_on)
    if (span.from_on - today).days > policy.desk.leave_ahead_days:
        raise LeaveTooFar(on=span.from_on, most=policy.desk.leave_ahead_days)
    if span.days > policy.desk.leave_days_most:
        raise LeaveTooLong(days=span.days, most=policy.desk.leave_days_most)
    for one in known:
        if one.ended_at is None and one.span.overlaps(span):
            raise LeaveOverlaps(from_on=one.from_on, until_on=one.until_on)


def is_free(person_id: int, span: Span, absences: Iterable[Absence]) -> bool:
    """This function will say whether somebody is there on all of these days."""
    his = (one for one in absences if one.person_id == person_id and one.ended_at is None)
    return not any(one.span.overlaps(span) for one in his)


def acting_for(covers: Mapping[int, int | None], gone: Collection[int]) -> dict[int, int | None]:
    """This function will say who works in the place of each who does not: his cover, the cover's cover, and so on.

    `covers` names those who are away with their covers, `gone` those who left. None stands for the pool: no cover was
    chosen, he left too, or covers go round in a circle.
    """
    covers = {**covers, **dict.fromkeys(gone, None)}
    return {person_id: _end_of_chain(person_id, covers) for person_id in covers}


def _end_of_chain(person_id: int, covers: Mapping[int, int | None]) -> int | None:
    seen = {person_id}
    at = covers[person_id]
    while at is not None and at in covers:
        if at in seen:
            return None
        seen.add(at)
        at = covers[at]
    return at
