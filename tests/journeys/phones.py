"""The phones of a journey: what a person sees, presses and writes in Telegram, and a customer in WhatsApp."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulator.client import SimClient
from simulator.shown import Button, ChatMessage, CustomerMessage

if TYPE_CHECKING:
    from simulator.wire import Json

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f8ff1f000302"
    "0100bbd1f8d20000000049454e44ae426082"
)
"""The smallest PNG there is; a slip, a receipt or a shop front, as the journey says."""

Settle = Callable[[], Awaitable[None]]


@dataclass(kw_only=True)
class Chat:
    """A chat as it shows now, read again after every deed."""

    sim: SimClient
    settle: Settle
    chat_id: int
    messages: list[ChatMessage] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    async def refresh(self) -> None:
        self.messages = await self.sim.messages(self.chat_id)

    @property
    def from_bot(self) -> list[ChatMessage]:
        """What the bot wrote, oldest first."""
        return [one for one in self.messages if one.from_bot]

    @property
    def last(self) -> ChatMessage:
        """The bot's newest message."""
        assert self.from_bot, f"the bot has written nothing in chat {self.chat_id}"
        return self.from_bot[-1]

    @property
    def text(self) -> str:
        return self.last.text

    @property
    def labels(self) -> list[str]:
        """The buttons under the bot's newest message."""
        return self.last.labels

    @property
    def news(self) -> list[ChatMessage]:
        """What the bot has sent since `seen()`; a redrawn message is no news."""
        return [one for one in self.from_bot if one.id not in self._seen]

    def seen(self) -> None:
        """From here on only new messages are `news`."""
        self._seen = {one.id for one in self.messages}

    def button(self, label: str) -> Button:
        """The newest button with this label, to be kept and pressed when it is stale."""
        found = [one for message in reversed(self.messages) for one in message.buttons if one.label == label]
        assert found, f"no button {label!r}, only {[one.labels for one in self.messages if one.labels]}"
        return found[0]

    def with_text(self, part: str) -> ChatMessage:
        """The bot's newest message that says this."""
        found = [one for one in self.from_bot if part in one.text]
        assert found, f"nothing says {part!r}, only {[one.text for one in self.from_bot]}"
        return found[-1]


@dataclass(kw_only=True)
class Phone(Chat):
    """A person with Telegram; one of the staff when `person_id` is set."""

    name: str
    user_id: int
    person_id: int | None = None
    toast: str | None = None
    _press: str | None = None

    async def press(self, label: str, *, on: ChatMessage | None = None, chat: Chat | None = None) -> None:
        """Press the newest button with exactly this label (`on`: under this message; `chat`: in a group)."""
        where = chat.chat_id if chat is not None else None
        self._press = await self.sim.press(self.user_id, label, chat_id=where, message_id=on.id if on else None)
        await self.settle()

    async def press_data(self, data: str, *, on: ChatMessage | None = None, chat: Chat | None = None) -> None:
        """Send callback data as a modified or slow client can: forged, stale, or somebody else's."""
        place = chat or self
        message = on or place.messages[-1]
        self._press = await self.sim.press_data(self.user_id, message.id, data, chat_id=place.chat_id)
        await self.settle()

    async def say(self, text: str, *, chat: Chat | None = None) -> None:
        await self.sim.say(self.user_id, text, chat_id=chat.chat_id if chat else None)
        await self.settle()

    async def reply(self, text: str, *, to: ChatMessage | None = None, chat: Chat | None = None) -> None:
        """Answer the bot's newest message that asks for typing (or the one given)."""
        place = chat or self
        asked = to or next((one for one in reversed(place.from_bot) if one.force_reply), place.last)
        await self.sim.say(self.user_id, text, chat_id=place.chat_id, reply_to=asked.id)
        await self.settle()

    async def start(self, payload: str = "") -> None:
        """Open the bot, by a deep link when there is a payload; unblocks it too."""
        await self.sim.start(self.user_id, payload)
        await self.settle()

    async def send_photo(self, caption: str = "", *, reply_to: ChatMessage | None = None) -> None:
        more: Json = {"caption": caption} | ({"reply_to": reply_to.id} if reply_to else {})
        await self.sim.photo(self.user_id, PICTURE, **more)
        await self.settle()

    async def send_location(self, latitude: float, longitude: float) -> None:
        await self.sim.location(self.user_id, latitude, longitude)
        await self.settle()

    async def send_document(self, content: bytes, filename: str, *, caption: str = "") -> None:
        await self.sim.document(self.user_id, content, filename, caption=caption)
        await self.settle()

    async def block(self) -> None:
        await self.sim.block(self.user_id)
        await self.settle()

    async def unblock(self) -> None:
        await self.sim.unblock(self.user_id)
        await self.settle()

    async def refresh(self) -> None:
        await Chat.refresh(self)
        if self._press is not None:
            self.toast = (await self.sim.callback(self._press, wait=0)).get("text") or None


@dataclass(kw_only=True)
class Group(Chat):
    """A Telegram group."""

    async def add_bot(self, by: Phone, payload: str | None = None) -> None:
        await self.sim.add_bot(self.chat_id, by.user_id, payload)
        await self.settle()

    async def kick_bot(self, by: Phone) -> None:
        await self.sim.kick(self.chat_id, by.user_id)
        await self.settle()

    async def migrate(self) -> int:
        """It becomes a supergroup with a new number, which is returned; from then on this is that chat."""
        self.chat_id = await self.sim.migrate(self.chat_id)
        await self.settle()
        return self.chat_id


@dataclass(kw_only=True)
class CustomerPhone:
    """A customer's WhatsApp."""

    sim: SimClient
    settle: Settle
    number: str
    everything: list[CustomerMessage] = field(default_factory=list)

    async def refresh(self) -> None:
        self.everything = await self.sim.customer_messages(self.number)

    @property
    def messages(self) -> list[CustomerMessage]:
        """What reached him from the company, oldest first."""
        return [one for one in self.everything if not one.inbound and one.visible]

    @property
    def last(self) -> CustomerMessage:
        assert self.messages, f"nothing has reached {self.number}"
        return self.messages[-1]

    async def say(self, text: str) -> None:
        await self.sim.customer_says(self.number, text)
        await self.settle()

    async def tap(self, label: str) -> None:
        """Press a quick reply on the newest message that has it."""
        await self.sim.customer_presses(self.number, label)
        await self.settle()

    async def send_photo(self, text: str = "") -> None:
        await self.sim.customer_sends_photo(self.number, PICTURE, text=text, content_type="image/png")
        await self.settle()
