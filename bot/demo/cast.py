"""The customers' characters: what each says on the telephone, and what he then does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from random import Random
from typing import TypeAlias

from sop.outcomes import Outcome


class Temper(Enum):
    """How a customer deals with his bills."""

    PUNCTUAL = "punctual"
    FORGETFUL = "forgetful"  # pays when reminded
    HOPEFUL = "hopeful"  # promises more than he can keep
    SLOW = "slow"  # pays in parts
    SILENT = "silent"
    DISPUTING = "disputing"
    CLAIMING = "claiming"  # says he has paid, sometimes before he has
    REFUSING = "refusing"
    MOVED = "moved"  # the number belongs to somebody else by now


Odds: TypeAlias = "tuple[tuple[Outcome, int], ...]"

_DECK = (
    *(Temper.PUNCTUAL,) * 10,
    *(Temper.FORGETFUL,) * 11,
    *(Temper.HOPEFUL,) * 6,
    *(Temper.SLOW,) * 4,
    *(Temper.SILENT,) * 3,
    *(Temper.DISPUTING,) * 2,
    *(Temper.CLAIMING,) * 2,
    Temper.REFUSING,
    Temper.MOVED,
)

_BEFORE: Mapping[Temper, Odds] = {
    Temper.PUNCTUAL: ((Outcome.PROMISED, 6), (Outcome.UNCLEAR, 1), (Outcome.NO_ANSWER, 2)),
    Temper.FORGETFUL: ((Outcome.PROMISED, 4), (Outcome.MORE_TIME, 2), (Outcome.NO_ANSWER, 3), (Outcome.NOT_PIC, 1)),
    Temper.HOPEFUL: ((Outcome.PROMISED, 5), (Outcome.MORE_TIME, 3), (Outcome.CALL_LATER, 1)),
    Temper.SLOW: ((Outcome.MORE_TIME, 4), (Outcome.INSTALMENTS, 1), (Outcome.UNCLEAR, 2)),
    Temper.SILENT: ((Outcome.NO_ANSWER, 8), (Outcome.SHOP_CLOSED, 1)),
    Temper.DISPUTING: ((Outcome.DISPUTED, 1),),
    Temper.CLAIMING: ((Outcome.PAID, 2), (Outcome.CALL_LATER, 2)),
    Temper.REFUSING: ((Outcome.UNCLEAR, 1), (Outcome.NO_ANSWER, 1)),
    Temper.MOVED: ((Outcome.WRONG_NUMBER, 1),),
}
_DUE: Mapping[Temper, Odds] = {
    Temper.PUNCTUAL: ((Outcome.PROMISED, 6), (Outcome.NO_ANSWER, 2), (Outcome.CALL_LATER, 1)),
    Temper.FORGETFUL: (
        (Outcome.PROMISED, 7),
        (Outcome.NO_ANSWER, 3),
        (Outcome.CALL_LATER, 2),
        (Outcome.UNCLEAR, 1),
        (Outcome.SHOP_CLOSED, 1),
        (Outcome.NO_ANSWER, 1),
    ),
    Temper.HOPEFUL: ((Outcome.PROMISED, 8), (Outcome.UNCLEAR, 1), (Outcome.PAID_PART, 1)),
    Temper.SLOW: ((Outcome.PROMISED, 3), (Outcome.PAID_PART, 2), (Outcome.INSTALMENTS, 2), (Outcome.NO_ANSWER, 1)),
    Temper.SILENT: ((Outcome.NO_ANSWER, 7), (Outcome.UNCLEAR, 2), (Outcome.ESCALATED, 1)),
    Temper.DISPUTING: ((Outcome.DISPUTED, 3), (Outcome.PROMISED, 1)),
    Temper.CLAIMING: ((Outcome.PAID, 3), (Outcome.PROMISED, 2)),
    Temper.REFUSING: ((Outcome.REFUSED, 3), (Outcome.NO_ANSWER, 2)),
    Temper.MOVED: ((Outcome.WRONG_NUMBER, 1),),
}

_KEEPS: Mapping[Temper, tuple[int, int, int]] = {
    Temper.PUNCTUAL: (19, 1, 0),
    Temper.FORGETFUL: (8, 1, 1),
    Temper.HOPEFUL: (3, 2, 5),
    Temper.SLOW: (2, 6, 2),
    Temper.SILENT: (3, 0, 7),
    Temper.DISPUTING: (6, 2, 2),
    Temper.CLAIMING: (6, 1, 3),
    Temper.REFUSING: (1, 1, 8),
    Temper.MOVED: (1, 0, 0),
}
_DELAY_DAYS: Mapping[Temper, tuple[int, int]] = {
    Temper.PUNCTUAL: (-1, 1),
    Temper.FORGETFUL: (2, 7),
    Temper.HOPEFUL: (6, 15),
    Temper.SLOW: (8, 20),
    Temper.SILENT: (10, 30),
    Temper.DISPUTING: (8, 20),
    Temper.CLAIMING: (1, 6),
    Temper.REFUSING: (20, 40),
    Temper.MOVED: (8, 20),
}


class Keeping(Enum):
    """What becomes of a promise when its day has come."""

    FULL = "full"
    PART = "part"
    NOTHING = "nothing"


@dataclass(kw_only=True)
class Customer:
    """One payer as a person. His chances are his own, so what others do does not change them."""

    payer_id: int
    name: str
    phone: str
    on_machine: bool  # agreed to reminders by WhatsApp
    temper: Temper
    chances: Random
    promises: dict[int, Keeping] = field(default_factory=dict)
    pays_on: dict[int, date] = field(default_factory=dict)
    moved_on: bool = False
    heard: int = 0

    def says(self, *, from_due: bool, has_paid: bool) -> Outcome:
        """This function will say what comes of a call to him; who has paid says so."""
        if has_paid:
            return Outcome.PAID
        if self.moved_on:
            return Outcome.PROMISED
        kinds, weights = zip(*(_DUE if from_due else _BEFORE)[self.temper], strict=True)
        return Outcome(self.chances.choices(kinds, weights=weights)[0])

    def keeping(self, promise_id: int) -> Keeping:
        """This function will say whether he keeps a promise; asked twice, the same."""
        if promise_id not in self.promises:
            self.promises[promise_id] = self.chances.choices(tuple(Keeping), weights=_KEEPS[self.temper])[0]
        return self.promises[promise_id]

    def delay_days(self) -> int:
        """This function will say how long after the due date he pays an invoice of his own accord."""
        return self.chances.randint(*_DELAY_DAYS[self.temper])


def tempers(count: int, chances: Random) -> list[Temper]:
    """This function will deal characters, so that every kind is there."""
    deck = list(_DECK) * (1 + count // len(_DECK))
    dealt = deck[:count]
    chances.shuffle(dealt)
    return dealt
