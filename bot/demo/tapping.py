"""How a collector finds his way over the buttons: he knows what he wants to say and reads what is offered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from bot.render import label_named
from simulator.shown import ChatMessage
from sop.dispute import DisputeCause
from sop.outcomes import NoAnswerReason, Outcome, PromiseReason

LANGUAGE = "id"
"""The staff of the demo speak Bahasa; what stands on the buttons is asked of the same files that write it."""


def label(name: str) -> str:
    """This function will give what stands on a button, by its name; a label nobody has written yet is never found."""
    try:
        return label_named(name, LANGUAGE, {})
    except KeyError:
        return f"<{name}>"


CARD = label(Outcome.PROMISED.value)
OTHERS = label("others")
BACK = label("back")
UNDO = label("undo")
CORRECT = label("correct")
SAVE = label("save")

_DAY = re.compile(r"\b\d{1,2} (Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Agt|Sep|Okt|Nov|Des)\b")
_SOON = tuple(label(name) for name in ("date_today", "date_tomorrow", "date_day_after"))
_BEYOND = label_named("date_on_beyond", LANGUAGE, {"on": "2026-12-14"}).rpartition("(")[2]
BEYOND_OF_A_HUNDRED = 12
_ALL = (label("everything"), SAVE, CORRECT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What the collector wants to record: labels he would press, and what he would type."""

    outcome: Outcome
    opener: str
    labels: Sequence[str] = ()
    typed: str = ""
    photo: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Press:
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Type:
    text: str
    photo: bool = False


@dataclass(kw_only=True)
class Finger:
    """Chooses the next tap on the way to an outcome."""

    wish: Wish
    chances: Random
    path: list[str] = field(default_factory=list)
    typed: int = 0

    def next_deed(self, message: ChatMessage) -> Press | Type | None:
        """This function will say what to do with what is shown; none: nothing there helps."""
        if message.force_reply:
            self.typed += 1
            return Type(text=self.wish.typed, photo=self.wish.photo or self.typed > 1)
        label = self._wanted(message.labels) or self._day(message.labels) or self._closing(message.labels)
        return None if label is None else Press(label=label)

    def _wanted(self, labels: Sequence[str]) -> str | None:
        return next((one for one in self.wish.labels if one in labels and one not in self.path), None)

    def _day(self, labels: Sequence[str]) -> str | None:
        """A day within the next ones; seldom one that needs a manager."""
        days = [one for one in labels if one in _SOON or _DAY.search(one)]
        easy = [one for one in days if _BEYOND not in one]
        if len(days) > len(easy) and (not easy or self.chances.randrange(100) < BEYOND_OF_A_HUNDRED):
            return days[-1]
        return self.chances.choice(easy[:5]) if easy else None

    def _closing(self, labels: Sequence[str]) -> str | None:
        return next((one for one in _ALL if one in labels), None)


def is_card(message: ChatMessage) -> bool:
    """This function will say whether a message is a card that waits for an outcome."""
    return CARD in message.labels


def wish_for(outcome: Outcome, words: Mapping[str, list[str]], chances: Random, amount: int) -> Wish:
    """This function will turn an outcome into taps; `words` are what such a collector types."""
    labels = [label(name) for name in _choices(outcome, chances)]
    if outcome is Outcome.INSTALMENTS:
        labels = [label_named("plan_count", LANGUAGE, {"count": count}) for count in chances.sample(range(2, 5), 3)]
    typed = chances.choice(words.get(outcome.value, words["any"]))
    return Wish(
        outcome=outcome,
        opener=label(outcome.value),
        labels=labels,
        typed=typed.format(amount=amount),
        photo=outcome is Outcome.PAID,
    )


def _choices(outcome: Outcome, chances: Random) -> list[str]:
    """Names of the labels he would press after the first, the dearest first."""
    if outcome is Outcome.NO_ANSWER:
        return _shuffled([one.value for one in NoAnswerReason], chances)
    if outcome is Outcome.CALL_LATER:
        return _shuffled(["hour", "afternoon", "morning"], chances)
    if outcome is Outcome.DISPUTED:
        return _shuffled([one.value for one in DisputeCause], chances)
    if outcome in (Outcome.PROMISED, Outcome.MORE_TIME):
        return _shuffled([one.value for one in PromiseReason], chances)
    return []


def _shuffled(names: list[str], chances: Random) -> list[str]:
    return chances.sample(names, len(names))
