"""Who is away at rest, and who works for whom now: asked by everything that looks for a customer's collector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select, update

from sop.absence import Absence, Span, acting_for
from sop.follow_up import FollowUpState
from sop.people import PersonState
from storage import rows
from storage.engine import Database
from storage.tables import absence, customer, follow_up, person

_UNDONE = (FollowUpState.OPEN, FollowUpState.MACHINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAbsence:
    person_id: int
    cover_id: int | None
    span: Span
    asked_by_id: int | None


async def add(db: Database, new: NewAbsence, *, now: datetime) -> Absence:
    values = {
        "person_id": new.person_id,
        "cover_id": new.cover_id,
        "from_on": new.span.from_on,
        "until_on": new.span.until_on,
        "asked_by_id": new.asked_by_id,
        "asked_at": now,
    }
    return await get(db, rows.new_id(await db.execute(absence.insert().values(values))))


async def get(db: Database, absence_id: int) -> Absence:
    return await rows.got(db, rows.of(absence, Absence).where(absence.c.id == absence_id), Absence)


async def lock_person(db: Database, person_id: int) -> None:
    """This function will let nobody else write down leave of this person until the transaction ends."""
    await db.execute(select(person.c.id).where(person.c.id == person_id).with_for_update())


async def alive(db: Database) -> tuple[Absence, ...]:
    """This function will list the absences that are in force or still to come, the earliest first."""
    query = rows.of(absence, Absence).where(absence.c.ended_at.is_(None))
    return await rows.listed(db, query.order_by(absence.c.from_on, absence.c.id), Absence)


async def alive_of(db: Database, person_id: int) -> tuple[Absence, ...]:
    return tuple(one for one in await alive(db) if one.person_id == person_id)


async def mark_begun(db: Database, absence_id: int, *, now: datetime) -> bool:
    """This function will begin an absence once; false when somebody was faster, or it was cancelled."""
    waits = absence.c.begun_at.is_(None) & absence.c.ended_at.is_(None)
    begun = await db.execute(update(absence).where(absence.c.id == absence_id, waits).values(begun_at=now))
    return begun.rowcount == 1


async def mark_ended(db: Database, absence_id: int, *, now: datetime) -> bool:
    """This function will end or cancel an absence once; false when it was over already."""
    ended = await db.execute(
        update(absence).where(absence.c.id == absence_id, absence.c.ended_at.is_(None)).values(ended_at=now)
    )
    return ended.rowcount == 1


async def change_cover(db: Database, absence_id: int, cover_id: int | None) -> None:
    await db.execute(update(absence).where(absence.c.id == absence_id).values(cover_id=cover_id))


async def acting(db: Database) -> dict[int, int | None]:
    """This function will say who works now in the place of each who does not; none: the pool.

    Those who left stand in it as long as customers are still theirs.
    """
    in_force = select(absence.c.person_id, absence.c.cover_id).where(
        absence.c.begun_at.is_not(None), absence.c.ended_at.is_(None)
    )
    covers = {person_id: cover_id for person_id, cover_id in (await db.execute(in_force)).all()}
    left = select(person.c.id).where(person.c.state == PersonState.REVOKED)
    return acting_for(covers, (await db.execute(left)).scalars().all())


async def worker_of(db: Database, person_id: int | None) -> int | None:
    """This function will say who does this person's work now: mostly he himself; none: the pool."""
    if person_id is None:
        return None
    instead = await acting(db)
    return instead.get(person_id, person_id)


async def owners_worked_by(db: Database, person_id: int) -> tuple[int, ...]:
    """This function will name whose customers somebody may see and work: his own, and theirs he covers now."""
    instead = await acting(db)
    return (person_id, *(owner for owner, cover in instead.items() if cover == person_id))


async def give_cards(db: Database, *, from_id: int, to_id: int | None) -> int:
    """This function will give all unfinished cards of somebody to another, or to the pool; gives how many."""
    moved = await db.execute(
        update(follow_up)
        .where(follow_up.c.collector_id == from_id, follow_up.c.state.in_(_UNDONE))
        .values(collector_id=to_id, place=None)
    )
    return int(moved.rowcount)


async def give_back(db: Database, owner_id: int, *, covers: Sequence[int | None]) -> int:
    """This function will give an owner the unfinished cards of his customers that lie with these or in the pool."""
    his = exists().where(customer.c.payer_id == follow_up.c.payer_id, customer.c.collector_id == owner_id)
    with_cover = follow_up.c.collector_id.in_([one for one in covers if one is not None])
    moved = await db.execute(
        update(follow_up)
        .where(his, follow_up.c.state.in_(_UNDONE), or_(with_cover, follow_up.c.collector_id.is_(None)))
        .values(collector_id=owner_id, place=None)
    )
    return int(moved.rowcount)


async def divert_cards(db: Database) -> int:
    """This function will send the unfinished cards of all who do not work now to those who work in their place."""
    instead = await acting(db)
    return sum([await give_cards(db, from_id=owner, to_id=cover) for owner, cover in instead.items()])


async def due_to_begin(db: Database, *, latest: date) -> tuple[Absence, ...]:
    """This function will list what has not begun and whose first day is not after this one."""
    return tuple(one for one in await alive(db) if one.begun_at is None and one.from_on <= latest)
