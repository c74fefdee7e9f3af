"""Buttons of the collector's day and his card (section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.buttons.packing import Button, verb
from sop.outcomes import NoAnswerReason, Outcome


class When(Enum):
    """When to call again."""

    HOUR = "hour"
    AFTERNOON = "afternoon"
    MORNING = "morning"


@verb("start")
@dataclass(frozen=True, slots=True)
class StartCards(Button):
    """`Mulai`: the first card takes the digest's place."""


@verb("list")
@dataclass(frozen=True, slots=True)
class ListCards(Button):
    """`Daftar`, one page of the day's cards."""

    page: int = 0


@verb("card")
@dataclass(frozen=True, slots=True)
class OpenCard(Button):
    """Shows a card anew; also `Kembali` from anything that was opened on it."""

    follow_up_id: int


@verb("more")
@dataclass(frozen=True, slots=True)
class ShowOthers(Button):
    """`Lainnya`: the outcomes that are rarer."""

    follow_up_id: int


@verb("out")
@dataclass(frozen=True, slots=True)
class ChooseOutcome(Button):
    """One of the outcomes; some are recorded at once, some ask on."""

    follow_up_id: int
    outcome: Outcome


@verb("noans")
@dataclass(frozen=True, slots=True)
class NoAnswer(Button):
    follow_up_id: int
    reason: NoAnswerReason


@verb("later")
@dataclass(frozen=True, slots=True)
class CallLater(Button):
    follow_up_id: int
    when: When


@verb("sent")
@dataclass(frozen=True, slots=True)
class MarkSent(Button):
    """`Sudah dikirim`: the collector sent the prepared message himself; everything is checked again.

    `outbox_id` names a confirmation or thanks; 0: the day's reminder. Pressed twice it is still that one message.
    """

    follow_up_id: int
    outbox_id: int = 0


@verb("replied")
@dataclass(frozen=True, slots=True)
class AnswerReplied(Button):
    """The answer to `Sudah dibalas?`, asked before a second touch that goes by hand."""

    follow_up_id: int
    has_replied: bool


@verb("tosend")
@dataclass(frozen=True, slots=True)
class NextToSend(Button):
    """The batch list of messages to send by hand, from one card on."""

    after_id: int = 0


@verb("hist")
@dataclass(frozen=True, slots=True)
class ShowHistory(Button):
    follow_up_id: int


@verb("skip")
@dataclass(frozen=True, slots=True)
class SkipCard(Button):
    """`Lewati`: the card goes to the end of the day's row, nothing is recorded as done."""

    follow_up_id: int


@verb("undo")
@dataclass(frozen=True, slots=True)
class Undo(Button):
    """`Batalkan`, for ten minutes."""

    outcome_id: int


@verb("redo")
@dataclass(frozen=True, slots=True)
class CorrectOutcome(Button):
    """`Koreksi`: too late to undo, so the card is opened again for the right outcome."""

    outcome_id: int


@verb("newno")
@dataclass(frozen=True, slots=True)
class AskNumber(Button):
    """`Catat nomor baru`: no number is left, somebody found the right one."""

    follow_up_id: int


@verb("rec")
@dataclass(frozen=True, slots=True)
class OpenRecord(Button):
    """A payer's record from search or a list: balances, promises, contacts."""

    payer_id: int
