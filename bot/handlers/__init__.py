"""The routing table: which button, command, typed answer or file goes to which handler, and who may.

The role is checked here; the object by its loading, since a card, a payer or a claim that somebody may not see is not
found. Handlers do not know each other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias

from bot import buttons
from bot.events import (
    BotMembership,
    ByPerson,
    ChatMigrated,
    CommandGiven,
    CustomerWrote,
    FileSent,
    StatusReported,
    Typed,
)
from bot.handlers import day
from bot.reply import NOTHING, Reply
from bot.screens.card import subject_of
from bot.turn import Desk, Turn
from sop.people import CONFIRMERS, DECIDERS, WORKERS, Role
from sop.refusal import Refused
from storage import questions

Handler: TypeAlias = Callable[[Any, Turn], Awaitable[Reply]]

ANYBODY = frozenset(Role)
CARD_WORKERS = WORKERS | CONFIRMERS


@dataclass(frozen=True, slots=True)
class Route:
    """A handler, and the roles it is for."""

    handler: Handler
    roles: frozenset[Role] = CARD_WORKERS


class NotForYou(Refused):
    """Somebody else's work: the role does not allow it."""

    message: ClassVar[str] = "refused_role"


PRESSES: Mapping[type[buttons.Button], Route] = {
    buttons.StartCards: Route(day.start_cards),
    buttons.ListCards: Route(day.list_cards),
    buttons.OpenCard: Route(day.open_card),
    buttons.ShowOthers: Route(day.show_others),
    buttons.SkipCard: Route(day.skip_card),
    buttons.ChooseOutcome: Route(day.choose_outcome),
    buttons.NoAnswer: Route(day.record_no_answer),
}

COMMANDS: Mapping[str, Route] = {
    "tugas": Route(day.show_tasks),
    "tasks": Route(day.show_tasks),
}

# What a typed answer, or a photo, is for: the kind of the question that is open.
ANSWERS: Mapping[str, Route] = {}

# What a message shows, by the first word of its subject: how to draw it as it is now.
REDRAWS: Mapping[str, Callable[[int, Turn], Awaitable[Reply]]] = {
    "follow_up": day.redraw_card,
}


class Routes:
    """Finds the handler of an event; `dispatch` has opened the transaction and knows who acts."""

    async def press(self, button: buttons.Button, turn: Turn) -> Reply:
        return await _allowed(PRESSES[type(button)], turn)(button, turn)

    async def command(self, given: CommandGiven, turn: Turn) -> Reply:
        route = COMMANDS.get(given.command)
        if route is None:
            return NOTHING
        return await _allowed(route, turn)(given, turn)

    async def answer(self, typed: ByPerson, turn: Turn) -> Reply:
        """This function will give a typed text or a place to the question it answers."""
        reply_to = getattr(typed, "reply_to_message_id", None)
        asked = await questions.open_for(
            turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, reply_to=reply_to
        )
        if asked is None:
            return NOTHING
        route = _allowed(ANSWERS[asked.kind], turn)
        reply = await route((typed, asked), turn)
        return reply

    async def file(self, sent: FileSent, content: bytes, turn: Turn) -> Reply:
        del sent, content, turn
        return NOTHING

    async def redraw(self, subject: str, turn: Turn) -> Any:
        """This function will draw what a message shows as it is now; none when it shows nothing that changes."""
        kind, _, number = subject.partition(":")
        draw = REDRAWS.get(kind)
        return None if draw is None else (await draw(int(number), turn)).screen

    async def invitation(self, given: CommandGiven, desk: Desk) -> Reply:
        del given, desk
        return NOTHING

    async def membership(self, event: BotMembership, desk: Desk) -> None:
        del event, desk

    async def migration(self, event: ChatMigrated, desk: Desk) -> None:
        del event, desk

    async def customer(self, event: CustomerWrote, desk: Desk) -> None:
        del event, desk

    async def status(self, event: StatusReported, desk: Desk) -> None:
        del event, desk

    async def parked(self, reference: str, desk: Desk) -> None:
        del reference, desk


def _allowed(route: Route, turn: Turn) -> Handler:
    if turn.actor.role not in route.roles:
        raise NotForYou()
    return route.handler


_later = (ANYBODY, DECIDERS, Typed, subject_of)
