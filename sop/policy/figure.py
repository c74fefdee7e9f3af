"""How one number of the procedure is written: its default, and what a policy file may put in its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import Field, dataclass, field
from datetime import date, time
from typing import cast

from sop.money import Money

Value = bool | int | str | time | date | Money | tuple[int, ...] | None


class Unfit(ValueError):
    """What the file says cannot be this number; the text is the reason in one plain sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Reads what a policy file says for one number. Raises Unfit with the reason."""

    read: Callable[[object], Value]


def figure_of(slot: Field[object]) -> Figure:
    """The figure behind a dataclass field that one of the functions below made."""
    return cast(Figure, slot.metadata["figure"])


def written(value: Value) -> str:
    """The value as a policy file writes it; empty for none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | time):
        plain = value if isinstance(value, str) else f"{value:%H:%M}"
        # JSON's escapes are TOML's, but for one character that TOML wants escaped, too.
        return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return str(list(value))
    if isinstance(value, Money):
        return str(value.rupiah_exact)
    return "" if value is None else str(value)


def count(default: int, low: int, high: int) -> int:
    """A whole number of days, hours, minutes, points or things, between `low` and `high`."""

    def read(said: object) -> int:
        if type(said) is not int:
            raise Unfit(f"must be a whole number without quotation marks, not {said!r}")
        if not low <= said <= high:
            raise Unfit(f"must be from {low} to {high}, not {said}")
        return said

    return field(default=default, metadata={"figure": Figure(read)})


def clock(default: str, low: str = "00:00", high: str = "23:59") -> time:
    """A local time of day written "HH:MM", from `low` to `high`."""

    def read(said: object) -> time:
        if not isinstance(said, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", said):
            raise Unfit(f'must be a time of day like "08:30", not {said!r}')
        if not low <= said <= high:
            raise Unfit(f'must be from "{low}" to "{high}", not "{said}"')
        return time.fromisoformat(said)

    return field(default=time.fromisoformat(default), metadata={"figure": Figure(read)})


def rupiah(default: int, high: int) -> Money:
    """An amount in whole rupiah, from 0 to `high`."""

    def read(said: object) -> Money:
        if type(said) is not int:
            raise Unfit(f"must be an amount in whole rupiah like 1_000_000, not {said!r}")
        if not 0 <= said <= high:
            raise Unfit(f"must be from 0 to {high} rupiah, not {said}")
        return Money.rupiah(said)

    return field(default=Money.rupiah(default), metadata={"figure": Figure(read)})


def switch(default: bool) -> bool:
    """Yes or no."""

    def read(said: object) -> bool:
        if not isinstance(said, bool):
            raise Unfit(f"must be true or false, not {said!r}")
        return said

    return field(default=default, metadata={"figure": Figure(read)})


def text(default: str, *, choices: tuple[str, ...] = (), must_hold: tuple[str, ...] = ()) -> str:
    """A text; one of `choices` when there are any; every piece of `must_hold` has to occur in it."""

    def read(said: object) -> str:
        if not isinstance(said, str):
            raise Unfit(f"must be a text in quotation marks, not {said!r}")
        if choices and said not in choices:
            raise Unfit(f"must be one of {', '.join(choices)}, not {said!r}")
        missing = [piece for piece in must_hold if piece not in said]
        if missing:
            raise Unfit(f"must contain {', '.join(missing)}")
        return said

    return field(default=default, metadata={"figure": Figure(read)})


def day_or_none() -> date | None:
    """A calendar date, unquoted; none by default."""

    def read(said: object) -> date:
        if type(said) is not date:
            raise Unfit(f"must be a date like 2026-11-18 without quotation marks, not {said!r}")
        return said

    return cast("date | None", field(default=None, metadata={"figure": Figure(read)}))


def rising(*default: int) -> tuple[int, ...]:
    """A list of whole numbers above zero, each greater than the one before."""

    def read(said: object) -> tuple[int, ...]:
        if not isinstance(said, list) or not said or any(type(one) is not int for one in said):
            raise Unfit(f"must be a list of whole numbers like [30, 60, 90], not {said!r}")
        if list(said) != sorted(set(said)) or said[0] < 1:
            raise Unfit("must rise from number to number and start above 0")
        return tuple(said)

    return field(default=default, metadata={"figure": Figure(read)})
