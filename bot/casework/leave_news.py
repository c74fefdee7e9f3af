"""Who hears of leave: the one who is away, his cover, the managers; each once, nobody in the night (section 3)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from bot.buttons import EndLeave, ListCards, StartCards
from bot.casework import notices
from bot.casework.notices import Post
from bot.reply import Rows, Screen, screen, tap
from bot.turn import Desk, Turn
from sop.absence import Absence
from sop.hours import next_allowed, working_hours
from sop.people import DECIDERS, Person
from storage import people
from storage.meanwhile import Meanwhile
from storage.outbox import URGENT


async def recorded(turn: Turn, absence: Absence, moved: int) -> None:
    """This function will tell the cover, the managers, and the one who is away where somebody else wrote it down."""
    person, cover = await _persons(turn, absence)
    values = _values(absence, person, cover)
    if turn.actor.id != person.id:
        row = (tap("back_again" if absence.from_on == turn.day_in(person.zone) else "cancel_leave", _end(absence)),)
        await _tell(turn, person, screen("collector/leave_told", row, **values), _post(absence, "told"))
    if cover is not None:
        shown = screen("collector/leave_cover_told", *_start_row(moved), moved=moved, **values)
        await _tell(turn, cover, shown, replace(_post(absence, "cover"), urgency=URGENT))
    if turn.actor.role not in DECIDERS:
        await notices.tell_managers(turn, screen("manager/leave_told", **values), _post(absence, "managers"))


async def begun(desk: Desk, absence: Absence) -> None:
    """This function will remind the cover on the first morning of a leave that was written down before."""
    person, cover = await _persons(desk, absence)
    if cover is not None:
        shown = screen("collector/leave_begun", **_values(absence, person, cover))
        await _tell(desk, cover, shown, _post(absence, "begun"))


async def cancelled(desk: Desk, absence: Absence) -> None:
    """This function will tell the cover and the managers that the leave will not be taken."""
    person, cover = await _persons(desk, absence)
    shown = screen("collector/leave_cancelled_told", **_values(absence, person, cover))
    for one in (cover, person):
        if one is not None and not (isinstance(desk, Turn) and desk.actor.id == one.id):
            await _tell(desk, one, shown, _post(absence, "cancelled"))
    if not (isinstance(desk, Turn) and desk.actor.role in DECIDERS):
        await notices.tell_managers(desk, shown, _post(absence, "cancelled"))


async def ended(desk: Desk, absence: Absence, happened: Meanwhile) -> None:
    """This function will welcome the owner back with what happened, and tell his cover that it is over."""
    person, cover = await _persons(desk, absence)
    values = _values(absence, person, cover)
    counts = {one.name: getattr(happened, one.name) for one in fields(happened)}
    shown = screen("collector/leave_ended", *_start_row(1), **values, happened=counts)
    await _tell(desk, person, shown, replace(_post(absence, "ended"), urgency=URGENT))
    if cover is not None:
        await _tell(desk, cover, screen("collector/leave_cover_over", **values), _post(absence, "over"))


async def _tell(desk: Desk, person: Person, shown: Screen, post: Post) -> None:
    """At once for what a person does; what the clock does waits for his working hours."""
    if not isinstance(desk, Turn):
        at = next_allowed(desk.now, zone=person.zone, hours=working_hours(desk.policy), calendar=desk.calendar)
        post = replace(post, send_after=at)
    own = post if post.key is None else replace(post, key=f"{post.key}:{person.id}")
    await notices.tell(desk, person, shown, own)


async def _persons(desk: Desk, absence: Absence) -> tuple[Person, Person | None]:
    person = await people.get(desk.db, absence.person_id)
    return person, None if absence.cover_id is None else await people.get(desk.db, absence.cover_id)


def _values(absence: Absence, person: Person, cover: Person | None) -> dict[str, Any]:
    return {
        "name": person.name,
        "cover": None if cover is None else cover.name,
        "from_on": absence.from_on,
        "until_on": absence.until_on,
    }


def _end(absence: Absence) -> EndLeave:
    return EndLeave(absence.id)


def _post(absence: Absence, part: str) -> Post:
    return Post(key=f"leave:{absence.id}:{part}")


def _start_row(cards: int) -> Rows:
    return ((tap("start", StartCards()), tap("list", ListCards())),) if cards else ()
