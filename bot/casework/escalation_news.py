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
from sop.people import DECIDERS
from storage import outbox_screens, people
from storage.outbox import URGENT

FIRST_PAGE = "escalations:0"


async def redraw(desk: Desk, escalation_id: int) -> None:
    """This function will bring every message about a question up to date, also those that still wait to leave."""
    await redraw_as(desk, subject_of(escalation_id), await escalation_facts.shown(desk, escalation_id))


async def redraw_as(desk: Desk, subject: str, drawn: Screen) -> None:
    """This function will give every message about a subject its new face, those that still wait to leave too."""
    await outbox_screens.refresh_waiting(desk.db, subject, as_waiting(drawn))
    await notices.redraw(desk, subject, drawn)


async def tell_managers(desk: Desk, escalation_id: int, *, outcome_id: int | None = None) -> None:
    """This function will show a question to the managers as a new message."""
    waits = timedelta(minutes=0 if outcome_id is None else desk.policy.desk.send_delay_minutes)  # for undo (3)
    post = Post(urgency=URGENT, outcome_id=outcome_id, send_after=max(desk.now + waits, office_opens_at(desk)))
    await notices.tell_managers(desk, await escalation_facts.shown(desk, escalation_id), post)


async def show_list(desk: Desk) -> None:
    """This function will show the list of open questions; one that still waits to leave is brought up to date."""
    drawn = await escalation_facts.listed(desk, 0)
    if not await outbox_screens.refresh_waiting(desk.db, FIRST_PAGE, as_waiting(drawn)):
        await notices.tell_managers(desk, drawn, Post(send_after=office_opens_at(desk)))


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
    could = [person.name for person in await people.with_roles(desk.db, *DECIDERS)]
    payer = facts.case.name if facts.case else ", ".join(facts.collectors)
    row = (tap("open_escalation", OpenEscalation(one.id)),)
    asked = [one.owner] if one.owner else could
    return screen("manager/escalation_reminded", row, payer=payer, reason=one.reason, could=asked)
