"""A collector did not come: somebody else works for him today. It is leave of one day, decided by a manager (3)."""

from __future__ import annotations

from typing import ClassVar

from bot.casework import decisions, escalation_facts, leave
from bot.casework.decisions import Wish
from bot.reply import Screen, screen
from bot.screens.escalation import cover_asked_screen, covers_screen
from bot.turn import Turn
from sop.absence import Span
from sop.escalation import Decision, Escalation, EscalationReason
from sop.people import Person
from sop.refusal import Refused
from storage import escalations


class NoCover(Refused):
    """The one chosen cannot take over: he is away himself, does not work here, or is the absent one."""

    message: ClassVar[str] = "manager/refused_no_cover"


async def choice(turn: Turn, collector_id: int) -> Screen:
    """This function will show who may take over a collector's day."""
    absent = await leave.person_for(turn, collector_id)
    covers = await leave.covers_for(turn, absent, _today(turn, absent))
    asked = await _question(turn, collector_id)
    if asked is None:
        return cover_asked_screen(absent, covers)
    return covers_screen(await escalation_facts.facts_of(turn, asked), covers)


async def hand_over(turn: Turn, collector_id: int, cover_id: int) -> tuple[Screen, int]:
    """This function will let another work for a collector today; gives what to show, and how many cards went.

    Replies, promises and what comes later today follow, and tomorrow all of it is his again.
    """
    absent = await leave.person_for(turn, collector_id)
    span = _today(turn, absent)
    cover = next((one for one in await leave.covers_for(turn, absent, span) if one.id == cover_id), None)
    if cover is None:
        raise NoCover()
    asked = await _question(turn, collector_id)
    if asked is not None:
        await decisions.may(turn, asked.id, Decision.REASSIGN_TODAY)
    _, moved = await leave.write_down(turn, absent, span, cover.id)
    if asked is None:
        return screen("manager/handed_over", absent=absent.name, cover=cover.name, count=moved), moved
    await decisions.make(turn, asked.id, Wish(decision=Decision.REASSIGN_TODAY, words=cover.name))
    return await escalation_facts.shown(turn, asked.id), moved


def _today(turn: Turn, absent: Person) -> Span:
    today = turn.day_in(absent.zone)
    return Span(from_on=today, until_on=today)


async def _question(turn: Turn, collector_id: int) -> Escalation | None:
    asked = await escalations.alive_about(turn.db, EscalationReason.DIGEST_UNOPENED, [collector_id])
    return next(iter(asked), None)
