"""Buttons of cash and giros: taken by a collector, counted or cleared by finance (section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb
from sop.cash import CashState
from sop.giro import Bank, GiroState
from sop.outcomes import Outcome


@verb("tall")
@dataclass(frozen=True, slots=True)
class TakeAll(Button):
    """`Semua`: cash or a giro over everything the card asks for."""

    follow_up_id: int
    outcome: Outcome


@verb("tbank")
@dataclass(frozen=True, slots=True)
class PickBank(Button):
    """The bank of a giro, where it is one of the known ones."""

    follow_up_id: int
    bank: Bank


@verb("tmon")
@dataclass(frozen=True, slots=True)
class ShowGiroMonth(Button):
    """`Pilih tanggal`: a calendar for a giro's effective date; `month` is the first day of the month shown."""

    follow_up_id: int
    month: date


@verb("tday")
@dataclass(frozen=True, slots=True)
class PickGiroDay(Button):
    """The effective date of a giro."""

    follow_up_id: int
    on: date


@verb("cash")
@dataclass(frozen=True, slots=True)
class AnswerCash(Button):
    """`Setoran diterima` or `Belum diterima`, and a manager's `Catatan keliru`."""

    cash_id: int
    answer: CashState


@verb("giro")
@dataclass(frozen=True, slots=True)
class AnswerGiro(Button):
    """`Cair` or `Tolak`."""

    giro_id: int
    answer: GiroState


@verb("hand")
@dataclass(frozen=True, slots=True)
class ListCash(Button):
    """`Tunai di tangan`: what a collector has not deposited yet."""
