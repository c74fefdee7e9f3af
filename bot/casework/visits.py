"""Visits: ordered by a manager, told to the customer, moved, called off, reported (section 9; 001, 003)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.casework import cases, letters, notices, record, visit_facts
from bot.casework.notices import Post, ToCustomer
from bot.screens.visit import ordered_screen, subject_of, visit_screen
from bot.turn import Desk, Turn
from sop.case import Case
from sop.escalation import Escalation
from sop.letter import number_of
from sop.people import WORKERS, Person
from sop.visit import ASSIGNMENT, Visit, VisitDay, VisitState, moved
from storage import NotFound, customers, invoices, people, visits
from storage.outbox import URGENT
from storage.visits import NewVisit

ANNOUNCED, CALLED_OFF = "customer/T20", "customer/T20_called_off"


async def order(turn: Turn, one: Escalation, *, on: date) -> Visit:
    """This function will plan a visit for a day, give it to the payer's collector and tell the customer politely.

    A visit that is planned already is moved to the day. Raises VisitDay for a closed day or one that has passed.
    """
    _check_day(turn, on)
    case = await cases.load(turn, one.payer_id or 0)
    known = await visits.planned_of(turn.db, case.payer_id)
    if known is not None:
        return await move(turn, known.id, on)
    goes = await _who_goes(turn, case)
    visit_id = await _planned(turn, case, goes, on, escalation_id=one.id)
    visit = await visits.get(turn.db, visit_id)
    await _note(turn, "visit_ordered", visit)
    await _tell_officer(turn, visit)
    shown = ordered_screen(await visit_facts.facts_of(turn, visit))
    await notices.tell(turn, turn.actor, shown, Post(urgency=URGENT))
    await _announce(turn, case, visit, goes)
    return visit


async def move(turn: Turn, visit_id: int, on: date) -> Visit:
    """This function will move a visit to another day and tell the customer; one that met nobody is planned anew.

    Raises NotFound, VisitMoved or VisitDay.
    """
    visit = await visits.visible(turn.db, visit_id, actor=turn.actor, for_update=True)
    state = moved(visit, VisitState.PLANNED)
    _check_day(turn, on)
    if visit.state is VisitState.PLANNED and visit.planned_on == on:
        return visit
    case, goes = await cases.load(turn, visit.payer_id), await people.get(turn.db, visit.person_id)
    if visit.state is VisitState.PLANNED:
        await visits.change(turn.db, visit.id, planned_on=on, state=state)
    else:  # what was reported stays on record; the new way is a visit of its own
        visit_id = await _planned(turn, case, goes, on, escalation_id=visit.escalation_id)
    fresh = await visits.get(turn.db, visit_id)
    await _note(turn, "visit_moved", fresh)
    await visit_facts.redraw(turn, visit_id)
    if goes.id != turn.actor.id or fresh.id != visit.id:
        await _tell_officer(turn, fresh)
    await _announce(turn, case, fresh, goes)
    return fresh


async def assign(turn: Turn, visit_id: int, person_id: int) -> Visit:
    """This function will send somebody else; both hear of it, and the customer who comes. Raises VisitMoved."""
    visit = await visits.get(turn.db, visit_id, for_update=True)
    moved(visit, VisitState.CANCELLED)  # only of one that is still to come
    goes = next((one for one in await workers(turn) if one.id == person_id), None)
    if goes is None:
        raise NotFound("person")
    if goes.id == visit.person_id:
        return visit
    await visits.change(turn.db, visit.id, person_id=goes.id)
    fresh = await visits.get(turn.db, visit.id)
    await _note(turn, "visit_assigned", fresh)
    gone = replace(visit_screen(await visit_facts.facts_of(turn, fresh)), taps=())
    await notices.redraw(turn, subject_of(visit.id), gone, retire=True)
    await _tell_officer(turn, fresh)
    await _announce(turn, await cases.load(turn, visit.payer_id), fresh, goes)
    return fresh


async def call_off(desk: Desk, visit_id: int, *, reason: str) -> Visit:
    """This function will call a visit off, and tell the customer if he was told of it. Raises VisitMoved."""
    visit = await visits.get(desk.db, visit_id, for_update=True)
    state = moved(visit, VisitState.CANCELLED)
    await visits.change(desk.db, visit.id, state=state, closed_at=desk.now, note=reason)
    fresh = await visits.get(desk.db, visit.id)
    await _note(desk, "visit_called_off", fresh, reason=reason)
    await visit_facts.redraw(desk, visit.id)
    goes = await people.get(desk.db, visit.person_id)
    if not (isinstance(desk, Turn) and desk.actor.id == goes.id):
        await notices.tell(desk, goes, visit_screen(await visit_facts.facts_of(desk, fresh)), Post(urgency=URGENT))
    if visit.told_at is not None and visit.planned_on >= desk.day_in(None):
        await _write(desk, await cases.load(desk, visit.payer_id), fresh, goes, message=CALLED_OFF)
    return fresh


async def workers(desk: Desk) -> tuple[Person, ...]:
    """This function will list who may be sent."""
    return await people.with_roles(desk.db, *sorted(WORKERS, key=lambda role: role.value))


def days_for(desk: Desk) -> tuple[date, ...]:
    """This function will offer the next open days for a visit, today included."""
    first = desk.calendar.open_on_or_after(desk.day_in(None))
    return tuple(desk.calendar.add_open_days(first, days) for days in range(6))


async def _planned(turn: Turn, case: Case, goes: Person, on: date, *, escalation_id: int | None) -> int:
    places = [
        ", ".join((one.name, *one.lines)) for one in await customers.addresses(turn.db, case.payer_id) if one.lines
    ]
    new = NewVisit(
        payer_id=case.payer_id,
        person_id=goes.id,
        planned_on=on,
        hour=f"{turn.policy.desk.visit_at:%H.%M}",
        address="\n".join(places) or None,
        escalation_id=escalation_id,
        ordered_by_id=turn.actor.id,
    )
    visit_id = await visits.add(turn.db, new, now=turn.now)
    number = number_of(ASSIGNMENT, visit_id, on=turn.day_in(None), pattern=turn.policy.letters.number_pattern)
    await visits.change(turn.db, visit_id, assignment_number=number)
    return visit_id


async def _who_goes(turn: Turn, case: Case) -> Person:
    """The payer's collector; without one whoever works outside, else the manager himself."""
    his = await invoices.collectors_of(turn.db, case.payer_id)
    if his:
        return await people.get(turn.db, his[0])
    return next(iter(await workers(turn)), turn.actor)


async def _tell_officer(turn: Turn, visit: Visit) -> None:
    goes = await people.get(turn.db, visit.person_id)
    shown = visit_screen(await visit_facts.facts_of(turn, visit))
    await notices.tell(turn, goes, shown, Post(urgency=URGENT))


async def _announce(turn: Turn, case: Case, visit: Visit, goes: Person) -> None:
    if turn.company.whatsapp_mode != "off":
        await visits.change(turn.db, visit.id, told_at=turn.now)
    await _write(turn, case, visit, goes, message=ANNOUNCED)


async def _write(desk: Desk, case: Case, visit: Visit, goes: Person, *, message: str) -> None:
    more: dict[str, Any] = {
        "visit_on": visit.planned_on,
        "hour": visit.hour,
        "assignment_number": visit.assignment_number,
    }
    values = letters.values_for(desk, case, officer=goes, invoices=case.invoices, **more)
    key = f"{message}:visit:{visit.id}:{visit.planned_on.isoformat()}:{goes.id}"
    await notices.write_customer(
        desk, ToCustomer(payer_id=case.payer_id, message=message, values=values), Post(key=key)
    )


def _check_day(desk: Desk, on: date) -> None:
    if on < desk.day_in(None) or not desk.calendar.is_open(on):
        raise VisitDay(on=on)


async def _note(desk: Desk, kind: str, visit: Visit, **more: Any) -> None:
    said = {"visit": visit.id, "on": visit.planned_on, "person": visit.person_id, "number": visit.assignment_number}
    await record.note(desk, kind, payer_id=visit.payer_id, **said, **more)
