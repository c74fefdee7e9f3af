"""What a rehearsal can be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.mistakes import Language

START = date(2026, 12, 14)
"""A Monday; the fortnight after it has two Sundays, a day of joint leave (24 Dec) and a national holiday (25 Dec)."""


LOOK_SECONDS = 0.5
"""The eye must be able to follow."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoOptions:
    """How long, with which chances, from which day; `port` is the simulator's (0: a free one).

    `look_seconds` of real time pass between two deeds of a story on the page.
    """

    days: int = 14
    seed: int = 1
    start: date = START
    port: int = 0
    language: Language = "id"
    look_seconds: float = LOOK_SECONDS
