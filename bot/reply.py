"""What a handler answers: names of messages, plain values and buttons; no sentence and no markup.

Values are made plain at once (money as sen, days and instants as ISO text, codes as their value), because the same
values may wait in the outbox as JSON before a template reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeAlias

from bot.buttons import Button
from sop.money import Money

Plain: TypeAlias = "str | int | bool | list[Any] | dict[str, Any] | None"


def plain(value: Any) -> Plain:
    """This function will turn a value of ours into one JSON knows; raises TypeError for anything with behaviour."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (Money, date, Enum)):
        return _plain_value(value)
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    raise TypeError(f"{type(value).__name__} is no plain value" + (" (a record)" if is_dataclass(value) else ""))


@dataclass(frozen=True, kw_only=True, slots=True)
class Tap:
    """One button: a label by its name, and what it asks for (or the address it opens)."""

    label: str
    button: Button | None = None
    url: str | None = None
    values: Mapping[str, Plain] = field(default_factory=dict)


Rows: TypeAlias = "tuple[tuple[Tap, ...], ...]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    """One message as a person sees it; `subject` says what it shows, so that it can be redrawn later.

    `attachment_id` goes along with a new message (see `storage.attachments`); a redrawn one keeps what it has.
    """

    message: str
    values: Mapping[str, Plain] = field(default_factory=dict)
    taps: Rows = ()
    subject: str | None = None
    document: Document | None = None
    attachment_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file that goes with a message."""

    filename: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A typed answer is wanted; the open question is a row, bound to the person (3).

    `forced`: the last message of the reply opens the answer field (it is then new and has no buttons). Otherwise
    the screen has buttons, and a typed text is taken as well.
    """

    kind: str
    subject_id: int | None = None
    details: Mapping[str, Plain] = field(default_factory=dict)
    forced: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """The answer to one event.

    `screen` replaces the pressed message, or is a new message where there is none to replace or `anew` is set.
    `toast` is the short line over the chat; `ask` makes the last new message a question that wants typing.
    """

    screen: Screen | None = None
    anew: bool = False
    toast: str | None = None
    toast_values: Mapping[str, Plain] = field(default_factory=dict)
    ask: Ask | None = None
    then: tuple[Screen, ...] = ()
    language: str | None = None  # instead of the person's: he has just come in, or chosen another


NOTHING = Reply()


def screen(message: str, *rows: tuple[Tap, ...], subject: str | None = None, **values: Any) -> Screen:
    """This function will build a screen from raw values of ours; a paper is added with `dataclasses.replace`."""
    return Screen(message=message, values=_plain(values), taps=tuple(row for row in rows if row), subject=subject)


def tap(label: str, button: Button | None = None, *, url: str | None = None, **values: Any) -> Tap:
    return Tap(label=label, button=button, url=url, values=_plain(values))


def toast(message: str, **values: Any) -> Reply:
    """This function will answer with the short line only; the screen stays as it is."""
    return Reply(toast=message, toast_values=_plain(values))


def in_columns(taps: list[Tap], *, columns: int) -> Rows:
    """This function will lay buttons out in rows of so many columns."""
    return tuple(tuple(taps[start : start + columns]) for start in range(0, len(taps), columns))


def _plain_value(value: Money | date | Enum) -> Plain:
    if isinstance(value, Money):
        return value.sen
    return plain(value.value) if isinstance(value, Enum) else value.isoformat()


def _plain(values: Mapping[str, Any]) -> dict[str, Plain]:
    return {name: plain(value) for name, value in values.items()}
