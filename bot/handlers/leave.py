"""`/cuti`: days of leave typed, said back, covered and written down; and the way back (section 3)."""

from __future__ import annotations

from bot.buttons import AskLeave, ChooseCover, ConfirmLeave, EndLeave
from bot.buttons.staffing import POOL
from bot.casework import leave
from bot.events import CommandGiven
from bot.reply import Ask, Reply
from bot.routes import Answered
from bot.screens.leave import (
    covers_asked_screen,
    leave_asked_screen,
    leave_echo_screen,
    leave_over_screen,
    leave_recorded_screen,
)
from bot.turn import Turn
from sop.absence import Absence, Span
from sop.people import DECIDERS, WORKERS, Person
from sop.typed_leave import parse_leave
from storage import absences, people, questions

KIND = "leave"


async def ask_leave(given: CommandGiven, turn: Turn) -> Reply:
    """`/cuti 12-15 Des` for oneself, `/cuti Rina 12-15 Des` for a manager; without days they are asked for."""
    himself = None if turn.actor.role in DECIDERS else turn.actor
    if not given.argument.strip():
        return await _asked(turn, himself, unclear=False)
    return await _typed(turn, given.argument, himself)


async def ask_again(pressed: AskLeave, turn: Turn) -> Reply:
    """`Ubah`, and `Cuti` in a collector's row: the days are typed."""
    return await _asked(turn, await leave.person_for(turn, pressed.person_id), unclear=False)


async def read_leave(answered: Answered, turn: Turn) -> Reply:
    """The days were typed."""
    asked = answered.asked
    if asked is None or asked.subject_id is None:
        whom = None if turn.actor.role in DECIDERS else turn.actor
    else:
        whom = await leave.person_for(turn, asked.subject_id)
    reply = await _typed(turn, answered.text, whom)
    if asked is not None and reply.ask is None:
        await questions.close(turn.db, asked.id, now=turn.now)
    return reply


async def confirm_leave(pressed: ConfirmLeave, turn: Turn) -> Reply:
    """`Benar`: who works in his place."""
    person = await leave.person_for(turn, pressed.person_id)
    span = Span(from_on=pressed.from_on, until_on=pressed.until_on)
    await leave.check(turn, person, span)
    return Reply(screen=covers_asked_screen(person, span, await leave.covers_for(turn, person, span)))


async def choose_cover(pressed: ChooseCover, turn: Turn) -> Reply:
    """The leave is written down, and everybody whom it concerns hears of it."""
    person = await leave.person_for(turn, pressed.person_id)
    span = Span(from_on=pressed.from_on, until_on=pressed.until_on)
    cover_id = None if pressed.cover_id == POOL else pressed.cover_id
    absence, moved = await leave.write_down(turn, person, span, cover_id)
    return Reply(screen=leave_recorded_screen(absence, await _names(turn, [absence]), moved=moved))


async def end_leave(pressed: EndLeave, turn: Turn) -> Reply:
    """`Batalkan cuti`, `Sudah kembali`: the cards come back at once."""
    absence = await leave.end(turn, pressed.absence_id)
    return Reply(screen=leave_over_screen(absence, await _names(turn, [absence])))


async def _typed(turn: Turn, text: str, whom: Person | None) -> Reply:
    staff = await people.with_roles(turn.db, *WORKERS, reachable_only=False)
    known = {one.name: one for one in staff if turn.actor.role in DECIDERS or one.id == turn.actor.id}
    zone = turn.actor.zone if whom is None else whom.zone
    typed = parse_leave(text, names=known, today=turn.day_in(zone), calendar=turn.calendar)
    person = known.get(typed.name, whom) if typed.name is not None else whom
    if person is None or typed.span is None:
        return await _asked(turn, person, unclear=True)
    await leave.check(turn, person, typed.span)
    days = typed.span.working_days(turn.calendar)
    return Reply(screen=leave_echo_screen(person, typed.span, working_days=days))


async def _asked(turn: Turn, person: Person | None, *, unclear: bool) -> Reply:
    """What is known of leave, and the question; a manager who named nobody sees everybody's."""
    alive = await absences.alive(turn.db) if person is None else await absences.alive_of(turn.db, person.id)
    shown = leave_asked_screen(
        alive, await _names(turn, alive), whom=None if person is None else person.name, unclear=unclear
    )
    ask = Ask(kind=KIND, subject_id=None if person is None else person.id, forced=not shown.taps)
    return Reply(screen=shown, ask=ask)


async def _names(turn: Turn, listed: tuple[Absence, ...] | list[Absence]) -> dict[int, str]:
    ids = {one for absence in listed for one in (absence.person_id, absence.cover_id) if one is not None}
    return {one: (await people.get(turn.db, one)).name for one in sorted(ids)}
