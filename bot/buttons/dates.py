"""Buttons that choose a day: for a promise, for more time, or for a manager's decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.buttons.packing import Button, verb
from sop.outcomes import PromiseReason


class DatePurpose(Enum):
    """What the day is for."""

    PROMISE = "p"
    MORE_TIME = "t"
    FIRST_INSTALMENT = "i"


@verb("dates")
@dataclass(frozen=True, slots=True)
class ShowDates(Button):
    """`Ubah`: back to the choice of days."""

    follow_up_id: int
    purpose: DatePurpose


@verb("month")
@dataclass(frozen=True, slots=True)
class ShowMonth(Button):
    """`Pilih tanggal`: a calendar; `month` is the first day of the month shown."""

    follow_up_id: int
    purpose: DatePurpose
    month: date


@verb("day")
@dataclass(frozen=True, slots=True)
class PickDate(Button):
    follow_up_id: int
    purpose: DatePurpose
    on: date


@verb("ok")
@dataclass(frozen=True, slots=True)
class ConfirmDate(Button):
    """The last tap: `Benar`, or the reason that saves."""

    follow_up_id: int
    purpose: DatePurpose
    on: date
    reason: PromiseReason | None
