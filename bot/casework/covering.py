"""A collector is absent: his open cards of today go to somebody else (section 3)."""

from __future__ import annotations

from typing import ClassVar

from bot.buttons import ListCards, StartCards
from bot.casework import decisions, escalation_facts, notices
from bot.casework.decisions import Wish
from bot.casework.notices import Post
from bot.reply import Screen, screen, tap
from bot.screens.escalation import cover_asked_screen, covers_screen
from bot.turn import Turn
from sop.escalation import Decision, Escalation, EscalationReason
from sop.people import WORKERS, Person
from sop.refusal import Refused
from storage import escalations, follow_ups, people
from storage.outbox import URGENT


class NothingToHandOver(Refused):
    """The collector has no open card today."""

    message: ClassVar[str] = "manager/refused_nothing_to_hand_over"


class NoCover(Refused):
    """The one chosen cannot take cards over: no collector any more, or the absent one himself."""

    message: ClassVar[str] = "manager/refused_no_cover"


async def choice(turn: Turn, collector_id: int) -> Screen:
    """This function will show who may take over a collector's day."""
    absent = await people.get(turn.db, collector_id)
    covers = await _covers(turn, collector_id)
    asked = await _question(turn, collector_id)
    if asked is None:
        return cover_asked_screen(absent, covers)
    return covers_screen(await escalation_facts.facts_of(turn, asked), covers)


async def hand_over(turn: Turn, collector_id: int, cover_id: int) -> tuple[Screen, int]:
    """This function will hand today's open cards over and tell both; gives what to show, and how many cards went."""
    absent = await people.get(turn.db, collector_id)
    cover = next((one for one in await _covers(turn, collector_id) if one.id == cover_id), None)
    if cover is None:
        raise NoCover()
    asked = await _question(turn, collector_id)
    if asked is not None:
        await decisions.may(turn, asked.id, Decision.REASSIGN_TODAY)
    moved = await follow_ups.hand_over(turn.db, from_id=absent.id, to_id=cover.id, on=turn.day_in(absent.zone))
    if not moved:
        raise NothingToHandOver(name=absent.name)
    await _tell(turn, absent, cover, moved)
    if asked is None:
        return screen("manager/handed_over", absent=absent.name, cover=cover.name, count=moved), moved
    await decisions.make(turn, asked.id, Wish(decision=Decision.REASSIGN_TODAY, words=cover.name))
    return await escalation_facts.shown(turn, asked.id), moved


async def _tell(turn: Turn, absent: Person, cover: Person, count: int) -> None:
    row = (tap("start", StartCards()), tap("list", ListCards()))
    gained = screen("manager/cover_told", row, absent=absent.name, count=count)
    await notices.tell(turn, cover, gained, Post(urgency=URGENT))
    await notices.tell(turn, absent, screen("manager/absent_told", cover=cover.name, count=count), Post(urgency=URGENT))


async def _covers(turn: Turn, collector_id: int) -> tuple[Person, ...]:
    return tuple(one for one in await people.with_roles(turn.db, *WORKERS) if one.id != collector_id)


async def _question(turn: Turn, collector_id: int) -> Escalation | None:
    asked = await escalations.alive_about(turn.db, EscalationReason.DIGEST_UNOPENED, [collector_id])
    return next(iter(asked), None)
