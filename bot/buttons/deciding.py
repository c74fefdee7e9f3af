"""Buttons beside a decision: its calendar, its reason, and the way back from a stop (section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb
from sop.escalation import Decision


@verb("decmon")
@dataclass(frozen=True, slots=True)
class DecideMonth(Button):
    """`Pilih tanggal` for a decision; `month` is the first day of the month shown."""

    escalation_id: int
    decision: Decision
    month: date


@verb("why")
@dataclass(frozen=True, slots=True)
class ExplainStop(Button):
    """`Tulis alasan`: why chasing was stopped."""

    escalation_id: int


@verb("resume")
@dataclass(frozen=True, slots=True)
class ResumeChase(Button):
    """`Lanjutkan penagihan`: the managers' stop is lifted, or legal has given the case back."""

    payer_id: int
