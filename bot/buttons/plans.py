"""Buttons of instalments and of relief: the choices themselves wait in the draft (sections 3, 5)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.packing import Button, verb
from sop.plan import PlanWay
from sop.plan_schedule import Rhythm
from sop.relief import ReliefKind


@verb("plann")
@dataclass(frozen=True, slots=True)
class PlanCount(Button):
    """`3x`: in how many instalments."""

    follow_up_id: int
    count: int


@verb("planr")
@dataclass(frozen=True, slots=True)
class PlanRhythm(Button):
    """`Mingguan` `Dua mingguan` `Bulanan`."""

    follow_up_id: int
    rhythm: Rhythm


@verb("planw")
@dataclass(frozen=True, slots=True)
class PlanPaidBy(Button):
    """`Transfer` `Giro` `Tunai` `VA`."""

    follow_up_id: int
    way: PlanWay


@verb("planok")
@dataclass(frozen=True, slots=True)
class ConfirmPlan(Button):
    """`Benar` under the schedule: it goes to the managers."""

    follow_up_id: int


@verb("plancon")
@dataclass(frozen=True, slots=True)
class RecordConsent(Button):
    """`Catat persetujuan cicilan`: the collector has the customer's consent in writing; a photo of it is asked."""

    plan_id: int


@verb("relief")
@dataclass(frozen=True, slots=True)
class ConfirmRelief(Button):
    """The last tap of `Keringanan`: what kind of relief it is; the amount and the day wait in the draft."""

    follow_up_id: int
    kind: ReliefKind


@verb("term")
@dataclass(frozen=True, slots=True)
class ChooseTerm(Button):
    """`60 hari`: the credit term asked for invoices to come."""

    follow_up_id: int
    days: int
