"""What leaves: messages with their buttons, and what a provider says it took."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """One inline button: `data` (at most 64 bytes) or `url`, exactly one of them."""

    label: str
    data: str | None = None
    url: str | None = None


Keyboard: TypeAlias = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AskTyped:
    """Telegram opens the answer field for the person replied to; `placeholder` (<= 64 characters) stands in it."""

    placeholder: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OutMessage:
    """A Telegram message. `text` is HTML, at most 4096 characters after its tags; a keyboard excludes `ask`."""

    chat_id: int
    text: str = field(repr=False)
    keyboard: Keyboard = ()
    ask: AskTyped | None = None
    reply_to_message_id: int | None = None
    silent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OutFile:
    """A Telegram document or photo: bytes with a filename, or the file_id of one sent before.

    `caption` is HTML, at most 1024 characters after its tags.
    """

    chat_id: int
    content: bytes | str = field(repr=False)
    filename: str | None = field(default=None, repr=False)
    caption: str | None = field(default=None, repr=False)
    keyboard: Keyboard = ()
    reply_to_message_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """The provider took it. `status` is the provider's word; `file_id` allows sending the same file again."""

    provider_id: str
    status: str = "sent"
    file_id: str | None = None

    @property
    def message_id(self) -> int:
        """The Telegram message's number; a WhatsApp message has none (ValueError)."""
        return int(self.provider_id)


class Edited(Enum):
    """`UNCHANGED` shows what was wanted already; `GONE` cannot be edited any more: send a new message."""

    DONE = "done"
    UNCHANGED = "unchanged"
    GONE = "gone"
