"""The Telegram side of the simulator: all its state in one place, and the posting of messages into chats."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass

from simulator.clock import SimClock
from simulator.config import SimConfig
from simulator.journal import Journal
from simulator.outgoing import Outgoing
from simulator.signals import Signal
from simulator.telegram.chats import Chat, Directory, Person, Posted
from simulator.telegram.files import FileStore
from simulator.telegram.limits import Limiter
from simulator.telegram.updates import UpdateQueue
from simulator.telegram.webhook import WebhookPusher
from simulator.wire import Json


@dataclass
class Press:
    """A pressed button and the bot's answer to it."""

    id: str
    at: float
    user_id: int
    data: str
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None

    def shown(self) -> Json:
        """As the control API tells it."""
        return {
            "id": self.id,
            "user_id": self.user_id,
            "data": self.data,
            "answered": self.answered,
            "text": self.text,
            "show_alert": self.show_alert,
            "url": self.url,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A message about to be posted: content fields of the wire form, and how it looks."""

    fields: Json
    html: str = ""
    markup: Json | None = None
    other_markup: Json | None = None
    reply_to: Posted | None = None


class TelegramSide:
    """State of the played Bot API."""

    def __init__(self, clock: SimClock, journal: Journal, config: SimConfig, outgoing: Outgoing) -> None:
        self.clock, self.journal, self.config, self.outgoing = clock, journal, config, outgoing
        self.queue = UpdateQueue(clock, journal)
        self.pusher = WebhookPusher(clock, journal, self.queue, outgoing)
        self.answered = Signal()
        self._press_ids = itertools.count(4_300_000_000_000_001)
        self.forget()

    def forget(self) -> None:
        """Start with nobody and nothing; update ids and press ids go on, so that a running bot is not confused."""
        self.directory = Directory(self.config)
        self.files = FileStore()
        self.limiter = Limiter()
        self.presses: dict[str, Press] = {}
        self.profile: dict[str, Json] = {}
        self.queue.forget()

    def post(self, chat: Chat, sender: Person | None, draft: Draft) -> Posted:
        """Put a message into a chat; `sender` None is the bot."""
        at = self.clock.now().timestamp()
        wire: Json = {
            "message_id": self.directory.next_message_id(chat),
            "from": sender.wire() if sender else self.directory.bot(),
            "chat": chat.wire(),
            "date": int(at),
            **draft.fields,
        }
        if draft.reply_to:
            wire["reply_to_message"] = {k: v for k, v in draft.reply_to.wire.items() if k != "reply_to_message"}
        if draft.markup:
            wire["reply_markup"] = draft.markup
        post = Posted(wire=wire, html=draft.html, from_bot=sender is None, at=at, other_markup=draft.other_markup)
        chat.posts[post.id] = post
        return post

    async def wait_answer(self, press: Press, seconds: float) -> None:
        """Wait at most `seconds` (real time) until the bot has answered a press."""
        try:
            async with asyncio.timeout(seconds):
                while not press.answered:
                    await self.answered.wait()
        except TimeoutError:
            return

    def press(self, person: Person, data: str) -> Press:
        """Register a press."""
        press = Press(str(next(self._press_ids)), self.clock.now().timestamp(), person.id, data)
        self.presses[press.id] = press
        person.known = True
        return press
