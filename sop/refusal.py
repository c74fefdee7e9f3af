"""The one kind of anticipated "no": a rule that refuses names the message a person will read."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sop.money import Money

Value = str | int | date | Money
"""What a refusal may hand to its message; a date or an amount is worded by the message, in the reader's language."""


class Refused(Exception):
    """A rule said no; nothing was changed.

    A subclass stands beside its rule and sets `message` to a message file without its suffix
    ("collector/refused_stale"). The keyword arguments become the variables of that message.
    """

    message: ClassVar[str]
    values: dict[str, Value]

    def __init__(self, **values: Value) -> None:
        super().__init__(self.message, values)
        self.values = values
