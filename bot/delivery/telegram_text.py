"""From a message name with values and buttons to what Telegram takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.outgoing import AskTyped, Key, Keyboard, OutMessage
from bot.render import label_named, text_of

MOST_LETTERS = 4000  # Telegram's limit is 4096 after its tags; the rest is for a mark of repetition


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A message by name, its values, and its buttons in the plain form of the outbox."""

    message: str
    values: Mapping[str, Any]
    taps: Sequence[Any]


def out_message(chat_id: int, drawn: Drawn, *, language: str, asks: bool = False) -> OutMessage:
    """This function will render one Telegram message."""
    text = text_of(drawn.message, language, drawn.values)
    if asks:
        return OutMessage(chat_id=chat_id, text=text, ask=AskTyped())
    return OutMessage(chat_id=chat_id, text=text, keyboard=keyboard_of(drawn.taps, language))


def keyboard_of(taps: Sequence[Any], language: str) -> Keyboard:
    return tuple(
        tuple(
            Key(label=label_named(tap["label"], language, tap["values"]), data=tap["data"], url=tap["url"])
            for tap in row
        )
        for row in taps
    )
