"""A button carries a verb and ids in at most 64 bytes, never a permission or an amount to believe.

Clients can forge what a button carries. So unpacking gives only a typed wish; the handler loads, authorises and
decides again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

MOST_BYTES = 64  # Telegram counts bytes, not characters
_SEPARATOR = ":"


class ButtonTooLong(Exception):
    """The button carries more than Telegram keeps; a bug of ours."""


class UnknownButton(Exception):
    """Nobody here made this button: an older version's, or a forged one."""


@dataclass(frozen=True, slots=True)
class Button:
    """What a press asks for; every kind is a subclass with a verb of its own."""

    verb: ClassVar[str]


_KINDS: dict[str, type[Button]] = {}
_Kind = TypeVar("_Kind", bound=type[Button])


def verb(name: str) -> Callable[[_Kind], _Kind]:
    """This function will register a button class under its verb."""

    def register(kind: _Kind) -> _Kind:
        if name in _KINDS:
            raise ValueError(f"two buttons with the verb {name}")
        kind.verb = name
        _KINDS[name] = kind
        return kind

    return register


def pack(button: Button) -> str:
    """This function will write a button as callback data; raises ButtonTooLong beyond 64 bytes."""
    written = [_write(getattr(button, field.name)) for field in fields(button)]
    packed = _SEPARATOR.join([button.verb, *written])
    if len(packed.encode()) > MOST_BYTES:
        raise ButtonTooLong(button.verb)
    return packed


def unpack(packed: str) -> Button:
    """This function will read callback data back; raises UnknownButton for anything we did not write."""
    name, *written = packed.split(_SEPARATOR)
    kind = _KINDS.get(name)
    if kind is None or len(written) != len(fields(kind)):
        raise UnknownButton(name[:10])
    hints = get_type_hints(kind)
    try:
        values = [_read(text, hints[field.name]) for field, text in zip(fields(kind), written, strict=True)]
    except (ValueError, KeyError, OverflowError) as broken:
        raise UnknownButton(name) from broken
    return kind(*values)


def kinds() -> tuple[type[Button], ...]:
    return tuple(_KINDS.values())


def _write(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.strftime("%y%m%d")
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)


def _read(text: str, kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        inner = next(option for option in get_args(kind) if option is not type(None))
        return None if text == "" else _read(text, inner)
    if kind is bool:
        return {"0": False, "1": True}[text]
    if kind is date:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))
    if kind is int:
        return _number(text)
    return kind(text)


def _number(text: str) -> int:
    number = int(text)
    if abs(number) >= 2**63:
        raise OverflowError(text)
    return number
