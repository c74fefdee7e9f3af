"""Visits: ordered by a manager, told to the customer politely, reported with place and photo. (sop 9; 001, 003)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.refusal import Refused


class VisitState(Enum):
    PLANNED = "planned"
    MET = "met"
    NOT_MET = "not_met"
    CANCELLED = "cancelled"  # paid meanwhile, or called off


class NotMet(Enum):
    """Why nobody was met."""

    CLOSED = "closed"
    AWAY = "away"  # the one who decides
    ADDRESS = "address"  # not found
    NO_TIME = "no_time"  # the collector did not get there


TRANSITIONS: dict[VisitState, frozenset[VisitState]] = {
    VisitState.PLANNED: frozenset(VisitState),
    # He came back later the same day and met somebody after all, or goes again on another day.
    VisitState.NOT_MET: frozenset({VisitState.MET, VisitState.PLANNED}),
    VisitState.MET: frozenset(),
    VisitState.CANCELLED: frozenset(),
}
DAYS_OFFERED = 6
ASSIGNMENT = "ST"  # surat tugas, in the place of the letter's kind in its number
MILLIONTHS = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One visit; places are millionths of a degree. `person_id` is who goes."""

    id: int
    payer_id: int
    person_id: int
    planned_on: date
    state: VisitState
    ordered_at: datetime
    hour: str | None = None
    assignment_number: str | None = None
    address: str | None = None
    escalation_id: int | None = None
    outcome_id: int | None = None
    latitude_e6: int | None = None
    longitude_e6: int | None = None
    photo_id: int | None = None
    note: str | None = None  # of one that met nobody: why
    ordered_by_id: int | None = None
    told_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def has_place(self) -> bool:
        return self.latitude_e6 is not None


class VisitMoved(Refused):
    """The visit was reported, called off or given to somebody else meanwhile; nothing changes."""

    message: ClassVar[str] = "collector/refused_visit_moved"


class VisitDay(Refused):
    """A visit needs an open day, today or later."""

    message: ClassVar[str] = "collector/refused_visit_day"


class VisitEarly(Refused):
    """It cannot be reported before its day."""

    message: ClassVar[str] = "collector/refused_visit_early"


def moved(visit: Visit, to: VisitState) -> VisitState:
    """This function will give the state after a step; raises VisitMoved when the table forbids it."""
    if to not in TRANSITIONS[visit.state]:
        raise VisitMoved(state=visit.state.value)
    return to


def reported(visit: Visit, to: VisitState, *, today: date) -> VisitState:
    """This function will give the state a report leads to; raises VisitEarly before the day, or VisitMoved."""
    if visit.planned_on > today:
        raise VisitEarly(on=visit.planned_on)
    return moved(visit, to)


def is_unreported(visit: Visit, *, today: date) -> bool:
    """This function will say whether its day has passed and nobody said what became of it."""
    return visit.state is VisitState.PLANNED and visit.planned_on < today
