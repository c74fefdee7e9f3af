"""Showing questions to the managers: new ones, changed ones, the list, and the reminder (section 5)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.buttons import OpenEscalation
from bot.casework import escalation_facts, notices
from bot.casework.notices import Post
from bot.reply import Screen, screen, tap
from bot.screens.escalation import subject_of
from bot.turn import Desk
from sop.escalation import Escalation
from sop.escalation_timing import Office
from sop.hours import next_allowed, working_hours
from sop.people import DECIDERS, Person, Role
from storage import marks, outbox_screens, people, screens
from storage.outbox import URGENT

FIRST_PAGE = "escalations:0"
CHANGED, DRAWN = "escalations_changed", "escalations_drawn"
"""When a question changed last, and up to when the list shows it."""
LISTED = "escalations_listed"


async def redraw(desk: Desk, escalation_id: int) -> None:
    """This function will bring every message about a question up to date, also those that still wait to leave."""
    await redraw_as(desk, subject_of(escalation_id), await escalation_facts.shown(desk, escalation_id))
    await note_changed(desk)


async def note_changed(desk: Desk) -> None:
    """This function will note that the list shows something old; it is drawn anew at the next heartbeat."""
    drawn_at = await marks.moment(desk.db, DRAWN)
    is_news = drawn_at is None or drawn_at < desk.now
    at = desk.now if is_news or drawn_at is None else drawn_at + timedelta(microseconds=1)
    await marks.note_moment(desk.db, CHANGED, at=at)


async def redraw_as(desk: Desk, subject: str, drawn: Screen) -> None:
    """This function will give every message about a subject its new face, those that still wait to leave too."""
    await _drop_strangers(desk, subject)
    await outbox_screens.refresh_waiting(desk.db, subject, as_waiting(drawn))
    await notices.redraw(desk, subject, drawn)


async def _drop_strangers(desk: Desk, subject: str) -> None:
    """Who decides no more, because he has another role or is gone, sees nothing new of it."""
    for one in await screens.showing(desk.db, subject):
        if one.chat_id < 0:
            continue
        person = await people.by_telegram(desk.db, one.chat_id)
        if person is None or person.role not in DECIDERS:
            await screens.retire(desk.db, one)


async def tell_managers(desk: Desk, escalation_id: int, *, outcome_id: int | None = None) -> None:
    """This function will show a question to the managers as a new message."""
    waits = timedelta(minutes=0 if outcome_id is None else desk.policy.desk.send_delay_minutes)  # for undo (3)
    post = Post(urgency=URGENT, outcome_id=outcome_id, send_after=max(desk.now + waits, office_opens_at(desk)))
    await _tell_first_level(desk, await escalation_facts.shown(desk, escalation_id), post)


async def tell_next_level(desk: Desk, shown: Screen) -> None:
    """This function will show something to the admins, or once more to the managers where nobody is above them."""
    post = Post(urgency=URGENT, send_after=office_opens_at(desk))
    if await people.with_roles(desk.db, Role.ADMIN):
        return await notices.tell_roles(desk, shown, Role.ADMIN, post=post)
    return await _tell_first_level(desk, shown, post)


async def remind_managers(desk: Desk, one: Escalation, post: Post) -> None:
    """This function will remind of a question, naming who could decide it."""
    await _tell_first_level(desk, await reminder(desk, one), post)


async def show_list(desk: Desk) -> None:
    """This function will show the list of open questions; one that still waits to leave is brought up to date.

    The lists before it lose their buttons: the newest one is the one that is kept up to date.
    """
    await marks.claim_run(desk.db, job=LISTED, slot=desk.day_in(None).isoformat(), now=desk.now)
    drawn = await escalation_facts.listed(desk, 0)
    if not await outbox_screens.refresh_waiting(desk.db, FIRST_PAGE, as_waiting(drawn)):
        await notices.redraw(desk, FIRST_PAGE, screen("manager/list_past"), retire=True)
        await _tell_first_level(desk, drawn, Post(send_after=office_opens_at(desk)))


async def show_daily_list(desk: Desk) -> None:
    """This function will show the list unless it was shown today already: small payers have no message of their own."""
    if not await marks.claimed(desk.db, LISTED, [desk.day_in(None).isoformat()]):
        await show_list(desk)


async def refresh_list(desk: Desk) -> int:
    """This function will bring the managers' list up to date once after something changed, not once a change."""
    changed_at, drawn_at = await marks.moment(desk.db, CHANGED), await marks.moment(desk.db, DRAWN)
    if changed_at is None or (drawn_at is not None and drawn_at >= changed_at):
        return 0
    await marks.note_moment(desk.db, DRAWN, at=changed_at)
    await redraw_as(desk, FIRST_PAGE, await escalation_facts.listed(desk, 0))
    return 1


async def _tell_first_level(desk: Desk, shown: Screen, post: Post) -> None:
    """The managers' group, else each manager in private; the admins are the next level, and stand in for nobody."""
    if await people.group_of_managers(desk.db) is not None or not await people.with_roles(desk.db, Role.MANAGER):
        return await notices.tell_managers(desk, shown, post)
    return await notices.tell_roles(desk, shown, Role.MANAGER, post=post)


def office_of(desk: Desk) -> Office:
    return Office(zone=desk.company.zone, calendar=desk.calendar, policy=desk.policy)


def office_opens_at(desk: Desk) -> datetime:
    """This function will give the next working moment of the managers: the plan runs before anybody is up."""
    hours = working_hours(desk.policy)
    return next_allowed(desk.now, zone=desk.company.zone, hours=hours, calendar=desk.calendar)


def as_waiting(drawn: Screen) -> outbox_screens.Content:
    taps = notices.taps_as_plain(drawn.taps)
    return outbox_screens.Content(message=drawn.message, values=dict(drawn.values), taps=taps)


async def reminder(desk: Desk, one: Escalation) -> Screen:
    """This function will say who could decide, by name: a question to everybody is answered by nobody."""
    facts = await escalation_facts.facts_of(desk, one)
    could = [person.name for person in await _deciders_of(desk, one)]
    payer = facts.case.name if facts.case else ", ".join(facts.collectors)
    row = (tap("open_escalation", OpenEscalation(one.id)),)
    return screen("manager/escalation_reminded", row, payer=payer, reason=one.reason, owner=one.owner, could=could)


async def _deciders_of(desk: Desk, one: Escalation) -> tuple[Person, ...]:
    """Who is asked at this level: the managers, above them everybody who may decide."""
    managers = await people.with_roles(desk.db, Role.MANAGER)
    return managers if managers and one.level == 1 else await people.with_roles(desk.db, *DECIDERS)
