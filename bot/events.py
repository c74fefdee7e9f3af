"""What happened outside, in plain words: values the channels make and dispatch takes.

Nothing here has authority. Who a person is, and whether he may, is asked of the database by `user_id` or `sender`.
Every event has a `channel` and an `external_id`; the pair is unique and keys the inbox, so that a redelivered event
takes effect once. What a person wrote, and who he is by name or number, stays out of the `repr`, hence out of logs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal, TypeAlias

ChatKind: TypeAlias = Literal["private", "group"]
MembershipStatus: TypeAlias = Literal["blocked", "unblocked", "added", "removed"]

TELEGRAM = "telegram"
WHATSAPP = "whatsapp"


@dataclass(frozen=True, kw_only=True, slots=True)
class FromTelegram:
    """Anything Telegram told; `update_id` is Telegram's own number of it."""

    channel: ClassVar[str] = TELEGRAM

    update_id: int
    chat_id: int

    @property
    def external_id(self) -> str:
        return str(self.update_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class ByPerson(FromTelegram):
    """Something a person did. `user_id` is who, wherever he did it."""

    chat_kind: ChatKind
    user_id: int
    language_code: str | None = None  # an IETF tag such as "id" or "en-GB", as his app says


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed(ByPerson):
    """A button was pressed. `data` is what it carried and can be forged; `message_id` is None when Telegram hid it."""

    message_id: int | None
    data: str
    callback_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed(ByPerson):
    """A text that is no command. `reply_to_message_id` names our message it answers (ForceReply)."""

    message_id: int
    text: str = field(repr=False)
    reply_to_message_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandGiven(ByPerson):
    """A command to this bot: `/start@OurBot abc` is command "start" with argument "abc" (no argument: "")."""

    message_id: int
    command: str
    argument: str = field(default="", repr=False)
    reply_to_message_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FileSent(ByPerson):
    """A document or a photo (its largest size). `size` is in bytes, 0 when Telegram did not say."""

    message_id: int
    file_id: str
    size: int
    kind: Literal["document", "photo"]
    filename: str | None = field(default=None, repr=False)
    mime: str | None = None
    caption: str | None = field(default=None, repr=False)
    reply_to_message_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LocationSent(ByPerson):
    """A place: degrees north and east."""

    message_id: int
    latitude: float = field(repr=False)
    longitude: float = field(repr=False)
    reply_to_message_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BotMembership(FromTelegram):
    """The bot was blocked or unblocked by a person (private), or added to or removed from a group."""

    chat_kind: ChatKind
    status: MembershipStatus
    by_user_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChatMigrated(FromTelegram):
    """A group became a supergroup. Told twice, from both sides; to be taken idempotently."""

    old_chat_id: int
    new_chat_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """A picture or file a customer sent: where the provider keeps it, and what the sender says it is."""

    url: str
    mime: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerWrote:
    """A message to the company's WhatsApp number.

    `sender` is an address as text: E.164 ("+62..."), or a business-scoped user id where the person hides his number.
    `button_payload` is what a quick reply carried and gives no authority. `at` is None for "just now".
    """

    channel: ClassVar[str] = WHATSAPP

    external_id: str
    sender: str = field(repr=False)
    text: str = field(repr=False)
    user_scoped_id: str | None = field(default=None, repr=False)
    profile_name: str | None = field(default=None, repr=False)
    button_payload: str | None = None
    replied_to: str | None = None  # the provider's id of our message it answers
    media: tuple[Media, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusReported:
    """How a WhatsApp message of ours fares; late, repeated and unordered. `reference` is our own, verified."""

    channel: ClassVar[str] = WHATSAPP

    provider_id: str
    status: str  # Twilio's word: sent, delivered, read, failed, undelivered, ...
    reference: str | None = None
    error_code: int | None = None
    verdict: str | None = field(default=None, compare=False)  # what the code means, read off the channel's table
    alarm: bool = field(default=False, compare=False)  # an operator must look

    @property
    def external_id(self) -> str:
        return f"{self.provider_id}:{self.status}"


TelegramEvent: TypeAlias = Pressed | Typed | CommandGiven | FileSent | LocationSent | BotMembership | ChatMigrated
WhatsAppEvent: TypeAlias = CustomerWrote | StatusReported
Event: TypeAlias = TelegramEvent | WhatsAppEvent


def line_of(event: Event) -> str:
    """This function will name the line an event waits in: a chat, a customer or a message takes its events in order."""
    if isinstance(event, CustomerWrote):
        return f"customer:{event.sender}"
    if isinstance(event, StatusReported):
        return f"status:{event.provider_id}"
    return f"chat:{event.chat_id}"
