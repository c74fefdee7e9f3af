"""Buttons of who finds out about a dispute (section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb


@verb("dsopen")
@dataclass(frozen=True, slots=True)
class OpenDispute(Button):
    dispute_id: int


@verb("dsans")
@dataclass(frozen=True, slots=True)
class AnswerDispute(Button):
    """`Diterima` asks how much, `Ditolak` asks why."""

    dispute_id: int
    is_accepted: bool


@verb("dsall")
@dataclass(frozen=True, slots=True)
class AcceptDispute(Button):
    """`Semua`: all of the disputed part."""

    dispute_id: int


@verb("dspart")
@dataclass(frozen=True, slots=True)
class AcceptPart(Button):
    """`Benar`: the typed part, which waits in the question."""

    question_id: int


@verb("dspost")
@dataclass(frozen=True, slots=True)
class PostCredit(Button):
    """Finance posts the credit note that was agreed."""

    dispute_id: int


@verb("dscause")
@dataclass(frozen=True, slots=True)
class ShowCauses(Button):
    """The causes of the month of a day."""

    on: date
