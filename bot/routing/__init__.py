"""Finding the handler of an event in the tables of this package, and refusing whose role does not allow it.

The role is checked by the tables; the object by its loading, since a card, a payer or a claim that somebody may not
see is not found.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import structlog

from bot.buttons import Button, ChooseOutcome
from bot.casework import statuses
from bot.events import (
    BotMembership,
    ByPerson,
    ChatMigrated,
    CommandGiven,
    CustomerWrote,
    FileSent,
    StatusReported,
)
from bot.handlers import customers, groups, people
from bot.reply import NOTHING, Reply, Screen, screen
from bot.routes import Answered, Handler, Route
from bot.routing.card import CARD_PRESSES
from bot.routing.desk import DESK_PRESSES
from bot.routing.outcomes import OPENERS
from bot.routing.redraws import REDRAWS
from bot.routing.typed import ANSWERS, COMMANDS, FILES
from bot.turn import Desk, Turn
from sop.people import Role
from sop.refusal import Refused
from storage import people as staff
from storage import questions
from storage.questions import OpenQuestion

log = structlog.get_logger()

PRESSES: Mapping[type[Button], Route] = {**CARD_PRESSES, **DESK_PRESSES}


class NotForYou(Refused):
    """Somebody else's work: the role does not allow it."""

    message: ClassVar[str] = "refused_role"


class PrivateOnly(Refused):
    """A collector's work is done in his own chat: a group must not read names, numbers and debts (5)."""

    message: ClassVar[str] = "refused_private_only"


class GroupNotLinked(Refused):
    """Staff may be in any group; only the managers' own one is ours."""

    message: ClassVar[str] = "refused_group_not_linked"


def commands_of(role: Role) -> frozenset[str]:
    """This function will name the commands of a role's menu: those its private chat answers."""
    return frozenset(name for name, route in COMMANDS.items() if role in route.roles)


class Routes:
    """What dispatch asks; the transaction is open and the actor is known."""

    async def press(self, button: Button, turn: Turn) -> Reply:
        route = OPENERS[button.outcome] if isinstance(button, ChooseOutcome) else PRESSES[type(button)]
        handler = await _allowed(route, turn)
        return await handler(button, turn)

    async def command(self, given: CommandGiven, turn: Turn) -> Reply:
        """This function will follow a command; one that nobody knows is answered with the list of those there are."""
        if given.command == "start":
            return await people.open_start(given, turn)
        route = COMMANDS.get(given.command)
        if route is None and turn.in_group:
            return NOTHING
        handler = await _allowed(route or COMMANDS["bantuan"], turn)
        return await handler(given, turn)

    async def answer(self, event: ByPerson, turn: Turn) -> Reply:
        """This function will give a typed text or a place to the question it answers, if there is one."""
        asked = await _question(event, turn)
        route = ANSWERS.get("" if asked is None else asked.kind)
        if route is None or (asked is None and turn.in_group):
            return NOTHING
        handler = await _allowed(route, turn)
        return await handler(Answered(event=event, asked=asked), turn)

    async def file(self, sent: FileSent, content: bytes | None, turn: Turn) -> Reply:
        """This function will give a file to the question it answers, else to whoever takes such files unasked."""
        asked = await _question(sent, turn)
        route = FILES.get(_kind_of(sent) if asked is None else asked.kind) or FILES.get(_kind_of(sent))
        if route is None or (asked is None and turn.in_group):
            return NOTHING
        if content is None:
            return Reply(screen=screen("refused_file"))
        handler = await _allowed(route, turn)
        return await handler(Answered(event=sent, asked=asked, content=content), turn)

    async def redraw(self, subject: str, turn: Turn) -> Screen | None:
        """This function will draw what a message shows as it is now; none when it shows nothing that changes."""
        kind, _, number = subject.partition(":")
        draw = REDRAWS.get(kind)
        return None if draw is None else (await draw(int(number), turn)).screen

    async def invitation(self, given: CommandGiven, desk: Desk) -> Reply:
        return await people.open_invitation(given, desk)

    async def membership(self, event: BotMembership, desk: Desk) -> None:
        await groups.note_membership(event, desk)

    async def migration(self, event: ChatMigrated, desk: Desk) -> None:
        await groups.follow_group(event, desk)

    async def customer(self, event: CustomerWrote, desk: Desk) -> None:
        log.info("handled", action="handled", handler=customers.take_message.__name__)
        await customers.take_message(event, desk)

    async def status(self, event: StatusReported, desk: Desk) -> None:
        log.info("handled", action="handled", handler=statuses.note_status.__name__)
        await statuses.note_status(desk, event)

    async def parked(self, reference: str, desk: Desk) -> None:
        await groups.report_parked(reference, desk)


def _kind_of(sent: FileSent) -> str:
    """What a file is without a question: a PDF is no list."""
    is_pdf = sent.mime == "application/pdf" or (sent.filename or "").lower().endswith(".pdf")
    return "pdf" if sent.kind == "document" and is_pdf else sent.kind


async def _question(event: ByPerson, turn: Turn) -> OpenQuestion | None:
    reply_to: int | None = getattr(event, "reply_to_message_id", None)
    return await questions.open_for(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, reply_to=reply_to)


async def _allowed(route: Route, turn: Turn) -> Handler:
    if turn.actor.role not in route.roles:
        raise NotForYou()
    if turn.in_group and not route.is_for_groups:
        raise PrivateOnly()
    if turn.in_group and not await staff.is_linked_group(turn.db, turn.chat_id):
        raise GroupNotLinked()
    log.info("handled", action="handled", handler=route.handler.__name__)
    return route.handler
