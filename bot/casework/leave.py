"""Somebody is away: his work goes to his cover or to the pool, and comes back with a summary (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.casework import handing, leave_news, record
from bot.turn import Desk, Turn
from sop.absence import Absence, CoverAway, LeaveOver, Span, check_leave, is_free
from sop.people import DECIDERS, WORKERS, Person, PersonState
from sop.zones import ZONES
from storage import NotFound, absences, meanwhile, people
from storage.absences import NewAbsence


async def person_for(turn: Turn, person_id: int) -> Person:
    """This function will load whose leave it is: one's own, or anybody's for a manager. Raises NotFound."""
    person = await people.get(turn.db, person_id)
    is_his_to_say = turn.actor.role in DECIDERS or person.id == turn.actor.id
    if not is_his_to_say or person.role not in WORKERS or person.state is PersonState.REVOKED:
        raise NotFound("person")
    return person


async def check(turn: Turn, person: Person, span: Span) -> None:
    """This function will judge days of leave beside the others. Raises what `sop.absence.check_leave` refuses."""
    known = await absences.alive_of(turn.db, person.id)
    check_leave(span, known, today=turn.day_in(person.zone), policy=turn.policy)


async def covers_for(desk: Desk, person: Person, span: Span) -> tuple[Person, ...]:
    """This function will list who could work in his place: whoever can be reached and is there on all the days."""
    alive = await absences.alive(desk.db)
    staff = await people.with_roles(desk.db, *WORKERS)
    return tuple(one for one in staff if one.id != person.id and is_free(one.id, span, alive))


async def write_down(turn: Turn, person: Person, span: Span, cover_id: int | None) -> tuple[Absence, int]:
    """This function will note the leave and tell whom it concerns; gives it, and how many cards went over at once.

    Leave of today begins now. Raises what `check` refuses, and CoverAway.
    """
    await absences.lock_person(turn.db, person.id)
    await check(turn, person, span)
    if cover_id is not None and all(one.id != cover_id for one in await covers_for(turn, person, span)):
        raise CoverAway()
    new = NewAbsence(person_id=person.id, cover_id=cover_id, span=span, asked_by_id=turn.actor.id)
    absence = await absences.add(turn.db, new, now=turn.now)
    noted: dict[str, Any] = {"person": person.id, "cover": cover_id, "from_on": span.from_on, "until_on": span.until_on}
    await record.note(turn, "leave_recorded", **noted)
    moved = await _begin(turn, absence) if span.from_on == turn.day_in(person.zone) else 0
    await leave_news.recorded(turn, absence, moved)
    return await absences.get(turn.db, absence.id), moved


async def end(turn: Turn, absence_id: int) -> Absence:
    """This function will end a leave early, or cancel one that has not begun. Raises NotFound and LeaveOver."""
    absence = await absences.get(turn.db, absence_id)
    await person_for(turn, absence.person_id)
    if absence.ended_at is not None:
        raise LeaveOver()
    await _end(turn, absence)
    return absence


async def follow_due(desk: Desk) -> int:
    """This function will end and begin what is due by the persons' own days, and divert cards made meanwhile."""
    done = 0
    for absence in await absences.alive(desk.db):
        person = await people.get(desk.db, absence.person_id)
        if absence.until_on < desk.day_in(person.zone):
            await _end(desk, absence)
            done += 1
    for absence in await absences.due_to_begin(desk.db, latest=_latest_day(desk)):
        person = await people.get(desk.db, absence.person_id)
        if absence.from_on <= desk.day_in(person.zone):
            await _begin(desk, absence)
            await leave_news.begun(desk, absence)
            done += 1
    return done + await absences.divert_cards(desk.db)


async def drop_cover(desk: Desk, person: Person) -> None:
    """This function will let the pool stand in for somebody who left while he was, or was to be, a cover."""
    for absence in await absences.alive(desk.db):
        if absence.person_id == person.id:
            await absences.mark_ended(desk.db, absence.id, now=desk.now)
        elif absence.cover_id == person.id:
            await absences.change_cover(desk.db, absence.id, None)


async def _begin(desk: Desk, absence: Absence) -> int:
    if not await absences.mark_begun(desk.db, absence.id, now=desk.now):
        return 0
    await record.note(desk, "leave_begun", absence=absence.id, person=absence.person_id)
    worker_id = await absences.worker_of(desk.db, absence.person_id)
    moved = await absences.give_cards(desk.db, from_id=absence.person_id, to_id=worker_id)
    await handing.withdraw(desk, await people.get(desk.db, absence.person_id))
    return moved


async def _end(desk: Desk, absence: Absence) -> None:
    """The owner's cards come back from whoever has them, with what happened meanwhile."""
    covers: Sequence[int | None] = (absence.cover_id, await absences.worker_of(desk.db, absence.person_id))
    if not await absences.mark_ended(desk.db, absence.id, now=desk.now):
        raise LeaveOver()
    if absence.begun_at is None:
        await record.note(desk, "leave_cancelled", absence=absence.id, person=absence.person_id)
        await leave_news.cancelled(desk, absence)
        return
    back = await absences.give_back(desk.db, absence.person_id, covers=covers)
    await record.note(desk, "leave_ended", absence=absence.id, person=absence.person_id, cards=back)
    happened = await meanwhile.of_owner(desk.db, absence.person_id, since=absence.begun_at)
    await leave_news.ended(desk, absence, happened)


def _latest_day(desk: Desk) -> date:
    return max(desk.day_in(zone) for zone in ZONES)
