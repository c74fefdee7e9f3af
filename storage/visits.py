"""Visits at rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, update

from sop.outcomes import Outcome
from sop.people import CONFIRMERS, Person
from sop.visit import Visit, VisitState
from storage import rows
from storage.engine import Database
from storage.tables import outcome, visit


@dataclass(frozen=True, kw_only=True, slots=True)
class NewVisit:
    """A visit to be planned; `hour` is local, such as "10:00"."""

    payer_id: int
    person_id: int
    planned_on: date
    hour: str
    address: str | None
    escalation_id: int | None
    ordered_by_id: int | None


async def add(db: Database, new: NewVisit, *, now: datetime) -> int:
    values = {name: getattr(new, name) for name in NewVisit.__dataclass_fields__}
    return rows.new_id(await db.execute(visit.insert().values(**values, state=VisitState.PLANNED, ordered_at=now)))


async def get(db: Database, visit_id: int, *, for_update: bool = False) -> Visit:
    """This function will load a visit; raises NotFound."""
    query = rows.of(visit, Visit).where(visit.c.id == visit_id)
    return await rows.got(db, query.with_for_update() if for_update else query, Visit)


async def visible(db: Database, visit_id: int, *, actor: Person, for_update: bool = False) -> Visit:
    """This function will load a visit for who goes, or for a manager; raises NotFound, also for another's."""
    query = rows.of(visit, Visit).where(visit.c.id == visit_id)
    if actor.role not in CONFIRMERS:
        query = query.where(visit.c.person_id == actor.id)
    return await rows.got(db, query.with_for_update() if for_update else query, Visit)


async def planned_of(db: Database, payer_id: int) -> Visit | None:
    """This function will find the visit that is planned to a payer; there is at most one."""
    query = rows.of(visit, Visit).where(visit.c.payer_id == payer_id, visit.c.state == VisitState.PLANNED)
    return await rows.found(db, query.order_by(visit.c.id.desc()), Visit)


async def planned(db: Database) -> tuple[Visit, ...]:
    """This function will list every visit that was not reported yet, by day."""
    query = rows.of(visit, Visit).where(visit.c.state == VisitState.PLANNED)
    return await rows.listed(db, query.order_by(visit.c.planned_on, visit.c.id), Visit)


async def of_day(db: Database, on: date, *, since: datetime) -> tuple[Visit, ...]:
    """This function will list what a day's report is about: planned for it or earlier, or closed since `since`."""
    late = (visit.c.state == VisitState.PLANNED) & (visit.c.planned_on <= on)
    closed = visit.c.state.in_((VisitState.MET, VisitState.NOT_MET)) & (visit.c.closed_at >= since)
    return await rows.listed(db, rows.of(visit, Visit).where(or_(late, closed)).order_by(visit.c.id), Visit)


async def of_payer(db: Database, payer_id: int) -> tuple[Visit, ...]:
    query = rows.of(visit, Visit).where(visit.c.payer_id == payer_id).order_by(visit.c.id)
    return await rows.listed(db, query, Visit)


async def awaiting_outcome(db: Database, payer_id: int, *, person_id: int, since: datetime) -> Visit | None:
    """This function will find the visit somebody just made and has not said the outcome of."""
    query = rows.of(visit, Visit).where(
        visit.c.payer_id == payer_id,
        visit.c.person_id == person_id,
        visit.c.state == VisitState.MET,
        visit.c.outcome_id.is_(None),
        visit.c.closed_at >= since,
    )
    return await rows.found(db, query.order_by(visit.c.id.desc()), Visit)


async def forget_outcome(db: Database, outcome_id: int) -> None:
    """This function will let a visit wait for its outcome again (undo)."""
    await db.execute(update(visit).where(visit.c.outcome_id == outcome_id).values(outcome_id=None))


async def outcome_of(db: Database, one: Visit) -> Outcome | None:
    """This function will say what came of a visit, as it was recorded on the card."""
    if one.outcome_id is None:
        return None
    kind: Outcome | None = (
        await db.execute(select(outcome.c.kind).where(outcome.c.id == one.outcome_id))
    ).scalar_one_or_none()
    return kind


async def change(db: Database, visit_id: int, **values: Any) -> None:
    await db.execute(update(visit).where(visit.c.id == visit_id).values(**values))
