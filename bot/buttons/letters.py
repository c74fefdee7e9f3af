"""Buttons of warning letters: a manager's on the draft, the collector's on what he hands on (section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb


@verb("let")
@dataclass(frozen=True, slots=True)
class OpenLetter(Button):
    """`Buka surat`: the letter comes to the private chat of who presses; also back from a choice of days."""

    letter_id: int


@verb("letok")
@dataclass(frozen=True, slots=True)
class ApproveLetter(Button):
    """`Setujui`: of exactly the paper that was shown; another one has to be read first."""

    letter_id: int
    paper_id: int


@verb("letday")
@dataclass(frozen=True, slots=True)
class ChooseDeadline(Button):
    """`Ubah`: which day the letter asks to be answered by; without `on` the days are offered."""

    letter_id: int
    on: date | None = None


@verb("letno")
@dataclass(frozen=True, slots=True)
class WithdrawLetter(Button):
    """`Batal`, as long as it has not left."""

    letter_id: int


@verb("letby")
@dataclass(frozen=True, slots=True)
class LetterHanded(Button):
    """`Sudah dikirim`: the collector has sent the letter himself."""

    letter_id: int
