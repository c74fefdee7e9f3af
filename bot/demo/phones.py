"""A person's Telegram: reading what stands there, and pressing buttons by what is written on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.client import SimClient
from simulator.machine import SimRefusedError
from simulator.shown import ChatMessage, chat_message

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f8ff1f000302"
    "0100bbd1f8d20000000049454e44ae426082"
)
"""The smallest PNG there is: a slip or a receipt."""
NEAR, FAR = 40, 400
"""So many messages a person sees when he looks at a chat, and when he scrolls through the day."""


@dataclass(kw_only=True)
class Presses:
    """Every press of everybody, and those the program has not answered yet."""

    count: int = 0
    waiting: list[str] = field(default_factory=list)

    async def unanswered(self, sim: SimClient) -> int:
        """How many presses since the last call have no answer; they are forgotten then."""
        asked, self.waiting = self.waiting, []
        answers = [await sim.callback(one, wait=0) for one in asked]
        return sum(1 for answer in answers if not answer["answered"])


@dataclass(kw_only=True)
class Phone:
    """One person's Telegram. After a deed the program must settle before the next look shows its effect."""

    sim: SimClient
    user_id: int
    name: str
    presses: Presses
    answered: set[int] = field(default_factory=set)
    _pressed: str | None = None
    _read: dict[int, int] = field(default_factory=dict)

    async def messages(self, chat_id: int | None = None) -> list[ChatMessage]:
        """The end of a chat as it stands now, the newest first; without `chat_id` the private one."""
        return list(reversed(await self._shown(chat_id or self.user_id, NEAR)))

    async def news(self, chat_id: int | None = None) -> list[ChatMessage]:
        """What the program has written in a chat since the last call, the oldest first."""
        place = chat_id or self.user_id
        seen = self._read.get(place, 0)
        fresh = [one for one in await self._shown(place, FAR) if one.from_bot and one.id > seen]
        self._read[place] = max([seen, *(one.id for one in fresh)])
        return fresh

    async def newest(self, wanted: Callable[[ChatMessage], bool], chat_id: int | None = None) -> ChatMessage | None:
        """The newest message of the program for which `wanted` holds."""
        return next((one for one in await self.messages(chat_id) if one.from_bot and wanted(one)), None)

    async def message(self, message_id: int, chat_id: int | None = None) -> ChatMessage | None:
        """One message as it shows now."""
        return next((one for one in await self.messages(chat_id) if one.id == message_id), None)

    async def press(self, label: str, on: ChatMessage | None = None, chat_id: int | None = None) -> bool:
        """Press a button; false when it is gone meanwhile. A link counts as a press that nobody has to answer."""
        try:
            callback = await self.sim.press(self.user_id, label, chat_id=chat_id, message_id=on.id if on else None)
        except SimRefusedError:
            return False
        self.presses.count += 1
        self._pressed = callback
        if callback is not None:
            self.presses.waiting.append(callback)
        return True

    async def toast(self) -> str | None:
        """The short line that answered the last press, when there was one."""
        if self._pressed is None:
            return None
        text: str | None = (await self.sim.callback(self._pressed, wait=0)).get("text")
        return text or None

    async def say(self, text: str, *, to: ChatMessage | None = None, chat_id: int | None = None) -> None:
        """Write a text, as an answer to a message when one is given."""
        self._note_answered(to)
        await self.sim.say(self.user_id, text, chat_id=chat_id, reply_to=to.id if to else None)

    async def send_photo(self, *, to: ChatMessage | None = None) -> None:
        """Send a picture."""
        self._note_answered(to)
        more = {"reply_to": to.id} if to else {}
        await self.sim.photo(self.user_id, PICTURE, **more)

    def asks(self, message: ChatMessage) -> bool:
        """This function will say whether a message wants typing and has not got it."""
        return message.from_bot and message.force_reply and message.id not in self.answered

    async def _shown(self, chat_id: int, most: int) -> list[ChatMessage]:
        rows = (await self.sim.call("GET", f"/sim/chats/{chat_id}/messages?last={most}"))["messages"]
        return [chat_message(row) for row in rows]

    def _note_answered(self, message: ChatMessage | None) -> None:
        if message is not None:
            self.answered.add(message.id)


def labelled(*labels: str) -> Callable[[ChatMessage], bool]:
    """This function will give a test for messages that have one of these buttons."""
    wanted = frozenset(labels)
    return lambda message: not wanted.isdisjoint(message.labels)
