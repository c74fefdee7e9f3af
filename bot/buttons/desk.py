"""Buttons of managers, finance and admins (sections 5, 6, 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb
from sop.claim import ClaimState
from sop.escalation import Decision


@verb("esc")
@dataclass(frozen=True, slots=True)
class OpenEscalation(Button):
    """One row of the managers' list, opened; also back from a choice of days."""

    escalation_id: int


@verb("escs")
@dataclass(frozen=True, slots=True)
class ListEscalations(Button):
    """The managers' list of open questions, one page."""

    page: int = 0


@verb("appall")
@dataclass(frozen=True, slots=True)
class ApproveTogether(Button):
    """`Setujui semua <= Rp ...`: every small request that is still open."""


@verb("dec")
@dataclass(frozen=True, slots=True)
class Decide(Button):
    escalation_id: int
    decision: Decision


@verb("decon")
@dataclass(frozen=True, slots=True)
class DecideDate(Button):
    """A decision that needs a day: time until then, or a visit on it."""

    escalation_id: int
    decision: Decision
    on: date


@verb("today")
@dataclass(frozen=True, slots=True)
class ReassignToday(Button):
    """`Alihkan hari ini`: choose who works an absent collector's cards."""

    collector_id: int


@verb("cover")
@dataclass(frozen=True, slots=True)
class Reassigned(Button):
    collector_id: int
    cover_id: int


@verb("posted")
@dataclass(frozen=True, slots=True)
class MarkPosted(Button):
    """`Mutasi s.d. kemarin sudah diposting`, for the day it was asked on."""

    on: date


@verb("claim")
@dataclass(frozen=True, slots=True)
class AnswerClaim(Button):
    claim_id: int
    answer: ClaimState


@verb("slip")
@dataclass(frozen=True, slots=True)
class AttachSlip(Button):
    """`Lampirkan bukti`: the slip of a claim that waits, sent later."""

    claim_id: int


@verb("pay")
@dataclass(frozen=True, slots=True)
class ConfirmPayment(Button):
    """`Benar` under the echo of /bayar; the payment waits in the open question.

    `oldest_first`: what the named invoice does not take pays the oldest others; else it is kept as credit.
    """

    question_id: int
    oldest_first: bool = False


@verb("import")
@dataclass(frozen=True, slots=True)
class ConfirmImport(Button):
    """`Impor sekarang`."""

    upload_id: int


@verb("lang")
@dataclass(frozen=True, slots=True)
class ChooseLanguage(Button):
    language: str


@verb("no")
@dataclass(frozen=True, slots=True)
class Cancel(Button):
    """`Batal`: whatever was being asked, nothing happens."""
