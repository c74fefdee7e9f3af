"""One event, one transaction: who is it, may he, which handler; the reply leaves only after the commit.

Nothing is confirmed to Telegram or Twilio before its effect is stored, and nothing takes effect twice. An anticipated
refusal becomes a reply here and only here. Events of one chat go in order, chats in parallel; an event that fails
again and again is parked and reported, so that it blocks nobody.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

import structlog

from bot.buttons import UnknownButton, unpack
from bot.casework import keyboards
from bot.clock import Clock
from bot.events import (
    BotMembership,
    ByPerson,
    ChatMigrated,
    CommandGiven,
    CustomerWrote,
    Event,
    FileSent,
    LocationSent,
    Pressed,
    StatusReported,
    TelegramEvent,
    Typed,
    line_of,
)
from bot.reply import NOTHING, Reply, screen, toast
from bot.routing import Routes
from bot.turn import Desk, Turn, World
from sop.people import Person
from sop.refusal import Refused
from storage import Conflict, Database, NotFound, Store, inbox, people, questions, screens
from storage.questions import NewQuestion

log = structlog.get_logger()

TRIES = 3  # then the event is set aside


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A reply with the place it belongs to; `question_id` is the open question its message asks.

    `put_away` are the older messages of the chat that lose their buttons.
    """

    event: Event
    reply: Reply
    language: str
    question_id: int | None = None
    put_away: tuple[int, ...] = ()


class Stage(Protocol):
    """Whoever shows replies; told after the commit, never inside a transaction."""

    async def perform(self, answer: Answer) -> None: ...

    async def download(self, event: FileSent) -> bytes | None: ...


class Dispatch:
    """Takes events, one at a time a chat."""

    def __init__(self, *, store: Store, clock: Clock, world: World, routes: Routes, stage: Stage) -> None:
        self._store = store
        self._clock = clock
        self._world = world
        self._routes = routes
        self._stage = stage
        self._in_order: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def take(self, event: Event) -> None:
        """This function will give an event its effect once and answer it; it raises only when nothing was stored."""
        async with self._in_order[line_of(event)]:
            answer = await self._answered(event)
            if answer is not None:
                await self._stage.perform(answer)

    async def _answered(self, event: Event) -> Answer | None:
        content = await self._content(event)
        for attempt in range(1, TRIES + 1):
            try:
                return await self._effect(event, content)
            except Exception:
                log.exception("event_failed", action="event_failed", channel=event.channel, attempt=attempt)
        return await self._parked(event)

    async def _content(self, event: Event) -> bytes | None:
        return await self._stage.download(event) if isinstance(event, FileSent) else None

    async def _effect(self, event: Event, content: bytes | None) -> Answer | None:
        try:
            async with self._store.transaction() as db:
                desk = await self._desk(db)
                if not await inbox.admit(db, channel=event.channel, external_id=event.external_id, now=desk.now):
                    return await self._again(event, desk)
                return await self._routed(event, desk, content)
        except (Refused, NotFound, Conflict, UnknownButton) as refused:
            return await self._refused(event, refused)

    async def _routed(self, event: Event, desk: Desk, content: bytes | None) -> Answer:
        if isinstance(event, ByPerson):
            actor = await people.by_telegram(desk.db, event.user_id)
            if actor is None:
                reply = await self._unknown(event, desk)
                return Answer(event=event, reply=reply, language=reply.language or desk.company.language)
            turn = turn_of(desk, actor, event)
            return await self._recorded(event, await self._handled(event, turn, content), turn)
        await self._outside(event, desk)
        return Answer(event=event, reply=NOTHING, language=desk.company.language)

    async def _handled(self, event: ByPerson, turn: Turn, content: bytes | None) -> Reply:
        if isinstance(event, Pressed):
            return await self._routes.press(unpack(event.data), turn)
        if isinstance(event, CommandGiven):
            return await self._routes.command(event, turn)
        if isinstance(event, FileSent):
            return await self._routes.file(event, content, turn)
        if isinstance(event, (Typed, LocationSent)):
            return await self._routes.answer(event, turn)
        return NOTHING

    async def _unknown(self, event: ByPerson, desk: Desk) -> Reply:
        """Somebody who is not (or no longer) staff: an invitation may make him one, all else is politely refused."""
        if isinstance(event, CommandGiven) and event.command == "start" and event.argument:
            return await self._routes.invitation(event, desk)
        if isinstance(event, Pressed):
            return toast("stranger_toast")
        return NOTHING if event.chat_kind == "group" else Reply(screen=screen("stranger", company=desk.company.name))

    async def _outside(self, event: Event, desk: Desk) -> None:
        if isinstance(event, BotMembership):
            await self._routes.membership(event, desk)
        elif isinstance(event, ChatMigrated):
            await self._routes.migration(event, desk)
        elif isinstance(event, CustomerWrote):
            await self._routes.customer(event, desk)
        elif isinstance(event, StatusReported):
            await self._routes.status(event, desk)

    async def _recorded(self, event: TelegramEvent, reply: Reply, turn: Turn) -> Answer:
        """The rows a reply needs: what the pressed message shows now, and the question that was asked."""
        shown, edited = reply.screen, isinstance(event, Pressed) and event.message_id is not None and not reply.anew
        if shown is not None and edited and turn.message_id is not None:
            # Also without a subject: the message no longer shows what it did, and a late press on it is stale.
            where = {"chat_id": turn.chat_id, "message_id": turn.message_id}
            await screens.show(turn.db, **where, subject=shown.subject or "", now=turn.now)
        question_id = None
        if reply.ask is not None:
            ask = reply.ask
            new = NewQuestion(
                person_id=turn.actor.id,
                chat_id=turn.chat_id,
                kind=ask.kind,
                subject_id=ask.subject_id,
                details=ask.details,
            )
            question_id = await questions.ask(turn.db, new, now=turn.now)
        language = reply.language or turn.actor.language
        put_away = await keyboards.put_away(turn, reply, edited=turn.message_id if edited else None)
        return Answer(event=event, reply=reply, language=language, question_id=question_id, put_away=put_away)

    async def _again(self, event: Event, desk: Desk) -> Answer | None:
        """The same event once more: it has had its effect; a press at least sees what became of it."""
        if not isinstance(event, Pressed):
            return None
        return await self._redrawn(event, desk, NOTHING)

    async def _refused(self, event: Event, refused: Exception) -> Answer | None:
        """Nothing was changed; the person hears why, and sees what is true now."""
        log.info("refused", action="refused", kind=type(refused).__name__, channel=event.channel)
        if not isinstance(event, ByPerson):
            return None
        async with self._store.transaction() as db:
            desk = await self._desk(db)
            said = _as_reply(refused, is_press=isinstance(event, Pressed))
            if isinstance(event, Pressed):
                return await self._redrawn(event, desk, said)
            actor = await people.by_telegram(db, event.user_id)
            return Answer(event=event, reply=said, language=actor.language if actor else desk.company.language)

    async def _redrawn(self, event: Pressed, desk: Desk, said: Reply) -> Answer | None:
        actor = await people.by_telegram(desk.db, event.user_id)
        if actor is None:
            return Answer(event=event, reply=said, language=desk.company.language)
        turn, fresh = turn_of(desk, actor, event), None
        if event.message_id is not None:
            where = {"chat_id": event.chat_id, "message_id": event.message_id}
            subject = await screens.subject_of(desk.db, **where, is_live=True)
            with suppress(Refused, NotFound):
                fresh = await self._routes.redraw(subject, turn) if subject else None
        return Answer(event=event, reply=replace(said, screen=fresh), language=actor.language)

    async def _parked(self, event: Event) -> Answer | None:
        reference = secrets.token_hex(3).upper()
        log.error("event_parked", action="event_parked", channel=event.channel, reference=reference)
        async with self._store.transaction() as db:
            desk = await self._desk(db)
            key = {"channel": event.channel, "external_id": event.external_id}
            await inbox.park(db, **key, reason=reference, now=desk.now)
            await self._routes.parked(reference, desk)
        if not isinstance(event, ByPerson):
            return None
        said = toast("apology_toast", reference=reference)
        if not isinstance(event, Pressed):
            said = Reply(screen=screen("apology", reference=reference))
        return Answer(event=event, reply=said, language=self._world.company.language)

    async def _desk(self, db: Database) -> Desk:
        return self._world.desk(db, now=await self._clock.now())


def turn_of(desk: Desk, actor: Person, event: ByPerson) -> Turn:
    """This function will give the desk to a person, at the place where he acted."""
    message_id: Any = getattr(event, "message_id", None)
    return Turn(
        db=desk.db,
        now=desk.now,
        policy=desk.policy,
        calendar=desk.calendar,
        company=desk.company,
        actor=actor,
        chat_id=event.chat_id,
        message_id=message_id,
        in_group=event.chat_kind == "group",
    )


def _as_reply(refused: Exception, *, is_press: bool) -> Reply:
    message: str = "refused_not_found"
    values: dict[str, Any] = {}
    if isinstance(refused, Refused):
        message, values = refused.message, dict(refused.values)
    elif isinstance(refused, UnknownButton):
        message = "refused_unknown_button"
    elif isinstance(refused, Conflict):
        message = "refused_conflict"
    return toast(message, **values) if is_press else Reply(screen=screen(message, **values))
