"""Buttons of visits: the collector's on his field card, the manager's on what he ordered (section 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb
from sop.visit import NotMet


@verb("vis")
@dataclass(frozen=True, slots=True)
class OpenVisit(Button):
    """The field card; also back from a choice."""

    visit_id: int


@verb("vismet")
@dataclass(frozen=True, slots=True)
class VisitMet(Button):
    """`Bertemu`: the payer's card follows, for what came of it."""

    visit_id: int


@verb("visnot")
@dataclass(frozen=True, slots=True)
class VisitNotMet(Button):
    """`Tidak bertemu`: without a reason the reasons are offered."""

    visit_id: int
    reason: NotMet | None = None


@verb("visday")
@dataclass(frozen=True, slots=True)
class VisitOn(Button):
    """`Ubah tanggal`: without a day the days are offered."""

    visit_id: int
    on: date | None = None


@verb("visproof")
@dataclass(frozen=True, slots=True)
class AskVisitProof(Button):
    """`Foto dan lokasi`: both may be sent one after the other."""

    visit_id: int


@verb("viswho")
@dataclass(frozen=True, slots=True)
class AssignVisit(Button):
    """`Ganti petugas`: without a person the collectors are offered."""

    visit_id: int
    person_id: int | None = None


@verb("visno")
@dataclass(frozen=True, slots=True)
class CallOffVisit(Button):
    """`Batalkan kunjungan`, by a manager."""

    visit_id: int
