"""Buttons of tukar faktur and of the invoice's paper (section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons.packing import Button, verb


@verb("exon")
@dataclass(frozen=True, slots=True)
class ExchangeOn(Button):
    """The day the customer named for paying; the receipt's photo comes next."""

    follow_up_id: int
    on: date


@verb("exinv")
@dataclass(frozen=True, slots=True)
class ExchangeInvoice(Button):
    """Takes an invoice out of the exchange, or back into it."""

    follow_up_id: int
    invoice_id: int


@verb("sendinv")
@dataclass(frozen=True, slots=True)
class SendInvoice(Button):
    """`Kirim faktur`: the stored PDF; which invoice is asked where a payer has several."""

    follow_up_id: int
    invoice_id: int | None = None


@verb("askinv")
@dataclass(frozen=True, slots=True)
class AskForInvoice(Button):
    """No PDF is stored: finance is asked for it."""

    follow_up_id: int
    invoice_id: int
