"""Buttons about amounts and invoices; the amounts themselves stay in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb
from sop.dispute import DisputeCause


@verb("invs")
@dataclass(frozen=True, slots=True)
class ShowInvoices(Button):
    """`Pilih faktur`: which invoices a promise covers; `on` is the day chosen already."""

    follow_up_id: int
    on: date


@verb("inv")
@dataclass(frozen=True, slots=True)
class PickInvoice(Button):
    """Takes an invoice into the promise, or out of it."""

    follow_up_id: int
    on: date
    invoice_id: int


@verb("amt")
@dataclass(frozen=True, slots=True)
class AskAmount(Button):
    """`Sebagian`: a part of the sum is promised; the amount is typed."""

    follow_up_id: int
    on: date


@verb("part")
@dataclass(frozen=True, slots=True)
class ConfirmPart(Button):
    """`Benar` under the amount of a part payment, which waits in the draft."""

    follow_up_id: int


@verb("cause")
@dataclass(frozen=True, slots=True)
class DisputeCauseChosen(Button):
    follow_up_id: int
    cause: DisputeCause


@verb("disp")
@dataclass(frozen=True, slots=True)
class DisputeInvoice(Button):
    """The disputed invoice, all of it; none: all invoices of the card."""

    follow_up_id: int
    cause: DisputeCause
    invoice_id: int | None


@verb("dpart")
@dataclass(frozen=True, slots=True)
class DisputePart(Button):
    """The invoice a typed amount is disputed of; the amount waits in the draft."""

    follow_up_id: int
    cause: DisputeCause
    invoice_id: int
