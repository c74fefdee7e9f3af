"""Buttons of finance about where money goes, and how it is taken back (section 8)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons.packing import Button, verb
from sop.credit import CreditKind
from sop.payment import ReversalReason


@verb("which")
@dataclass(frozen=True, slots=True)
class ShowPlacing(Button):
    """`Untuk faktur mana?`: one page of the invoices a payment may pay."""

    payment_id: int
    page: int = 0


@verb("tick")
@dataclass(frozen=True, slots=True)
class TickInvoice(Button):
    """Takes an invoice into what a payment pays, or out of it."""

    payment_id: int
    invoice_id: int
    page: int = 0


@verb("plon")
@dataclass(frozen=True, slots=True)
class PlaceOn(Button):
    """A combination that adds up exactly; `invoice_ids` are joined by dots."""

    payment_id: int
    invoice_ids: str


@verb("pltick")
@dataclass(frozen=True, slots=True)
class PlaceTicked(Button):
    """`Benar` under the ticked invoices; `seen` is a digest of those that were shown, so that nobody signs others."""

    payment_id: int
    seen: int


@verb("plold")
@dataclass(frozen=True, slots=True)
class PlaceOldest(Button):
    """`Terlama dulu`."""

    payment_id: int


@verb("plkeep")
@dataclass(frozen=True, slots=True)
class KeepAsCredit(Button):
    """`Simpan sebagai kredit`."""

    payment_id: int


@verb("usecr")
@dataclass(frozen=True, slots=True)
class UseCredit(Button):
    """`Pakai kredit`: which invoices a payer's credit pays."""

    payer_id: int


@verb("whichq")
@dataclass(frozen=True, slots=True)
class AskWhichLater(Button):
    """`Pilih faktur` under the echo of /bayar: posted at once, its invoices are chosen after."""

    question_id: int


@verb("pays")
@dataclass(frozen=True, slots=True)
class ShowPayments(Button):
    """`Pembayaran`: the last payments of a payer, to look at or take back."""

    payer_id: int


@verb("rev")
@dataclass(frozen=True, slots=True)
class AskReversal(Button):
    """`Batalkan pembayaran`: why?"""

    payment_id: int


@verb("revwhy")
@dataclass(frozen=True, slots=True)
class ReversalReasonChosen(Button):
    payment_id: int
    reason: ReversalReason


@verb("revok")
@dataclass(frozen=True, slots=True)
class ConfirmReversal(Button):
    """`Benar`: the payment is taken back."""

    payment_id: int
    reason: ReversalReason


@verb("crkind")
@dataclass(frozen=True, slots=True)
class CreditKindChosen(Button):
    """`Retur` or `Koreksi` under the echo of /kredit; the note waits in the open question."""

    question_id: int
    kind: CreditKind


@verb("crok")
@dataclass(frozen=True, slots=True)
class ConfirmCredit(Button):
    """`Benar`: the credit note is posted."""

    question_id: int
    kind: CreditKind


@verb("dedok")
@dataclass(frozen=True, slots=True)
class DocumentReceived(Button):
    """`Bukti potong diterima`: its number or photo is asked for."""

    deduction_id: int


@verb("dedno")
@dataclass(frozen=True, slots=True)
class RejectDeduction(Button):
    """`Bukan potongan`: it is owed after all."""

    deduction_id: int
