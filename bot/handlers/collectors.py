"""`/kolektor`: the collectors at a glance, and one of them with what a manager may do (section 12)."""

from __future__ import annotations

from bot.buttons import AskCap, ListCollectorCards, ListCollectorPromises, ListCollectors, OpenCollector
from bot.casework import team
from bot.events import CommandGiven
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.screens.team import cards_screen, collector_screen, collectors_screen, promises_screen
from bot.turn import Turn
from storage import customers, pool, promises, questions
from storage import team as stored

CAP = "card_cap"
PAGE = 10


async def show_collectors(given: CommandGiven, turn: Turn) -> Reply:
    """`/kolektor`: everybody with today's state."""
    return await _listed(turn)


async def list_again(pressed: ListCollectors, turn: Turn) -> Reply:
    return await _listed(turn)


async def open_collector(pressed: OpenCollector, turn: Turn) -> Reply:
    """One collector: his numbers, and the ways to help him."""
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    return Reply(screen=collector_screen(await team.one_of(turn, pressed.person_id)))


async def list_cards(pressed: ListCollectorCards, turn: Turn) -> Reply:
    """His open cards of today; a name opens the customer's record."""
    one = await team.one_of(turn, pressed.person_id)
    found = await stored.open_cards(turn.db, one.person.id, today=turn.day_in(one.person.zone))
    return Reply(screen=cards_screen(one.person, found, page=pressed.page, size=PAGE))


async def list_promises(pressed: ListCollectorPromises, turn: Turn) -> Reply:
    """The open promises of his customers."""
    one = await team.one_of(turn, pressed.person_id)
    found = await promises.open_for(turn.db, one.person)
    his = await customers.of_payers(turn.db, [promise.payer_id for promise in found])
    names = {each.payer_id: each.name for each in reversed(his)}
    return Reply(screen=promises_screen(one.person, found, names))


async def ask_cap(pressed: AskCap, turn: Turn) -> Reply:
    """`Batas kartu`: how many cards a day is typed."""
    one = await team.one_of(turn, pressed.person_id)
    asked = screen("manager/cap_asked", name=one.person.name, cap=one.cap)
    return Reply(screen=asked, ask=Ask(kind=CAP, subject_id=one.person.id))


async def take_cap(answered: Answered, turn: Turn) -> Reply:
    """The number was typed."""
    asked = answered.asked
    person_id = 0 if asked is None else asked.subject_id or 0
    await team.set_cap(turn, person_id, answered.text)
    if asked is not None:
        await questions.close(turn.db, asked.id, now=turn.now)
    return Reply(screen=collector_screen(await team.one_of(turn, person_id)))


async def _listed(turn: Turn) -> Reply:
    waiting = await pool.count(turn.db, [turn.day_in(None)])
    return Reply(screen=collectors_screen(await team.all_of(turn), pool=waiting))
