"""`Untuk faktur mana?`: finance says which invoices a payment, or a credit, pays (section 8)."""

from __future__ import annotations

from bot.buttons import (
    KeepAsCredit,
    PlaceOldest,
    PlaceOn,
    PlaceTicked,
    ShowPlacing,
    TickInvoice,
    UseCredit,
)
from bot.casework import credit_use, unassigned
from bot.reply import Reply
from bot.turn import Turn
from sop.allocation import UnknownInvoice

PLACED = "finance/placed_toast"


async def show_page(pressed: ShowPlacing, turn: Turn) -> Reply:
    return Reply(screen=await unassigned.shown(turn, pressed.payment_id, page=pressed.page))


async def tick_invoice(pressed: TickInvoice, turn: Turn) -> Reply:
    """An invoice is ticked, for everybody who looks at the question."""
    await unassigned.tick(turn, pressed.payment_id, pressed.invoice_id)
    return Reply(screen=await unassigned.shown(turn, pressed.payment_id, page=pressed.page))


async def place_ticked(pressed: PlaceTicked, turn: Turn) -> Reply:
    """`Benar`: the ticked invoices, and no others."""
    await unassigned.place_ticked(turn, pressed.payment_id, seen=pressed.seen)
    return Reply(screen=await unassigned.shown(turn, pressed.payment_id), toast=PLACED)


async def place_on(pressed: PlaceOn, turn: Turn) -> Reply:
    """A combination that adds up exactly."""
    named = pressed.invoice_ids.split(".")
    if not all(one.isdecimal() for one in named):
        raise UnknownInvoice()
    await unassigned.place_on(turn, pressed.payment_id, [int(one) for one in named])
    return Reply(screen=await unassigned.shown(turn, pressed.payment_id), toast=PLACED)


async def place_oldest(pressed: PlaceOldest, turn: Turn) -> Reply:
    """`Terlama dulu`."""
    await unassigned.place_oldest(turn, pressed.payment_id)
    return Reply(screen=await unassigned.shown(turn, pressed.payment_id), toast=PLACED)


async def keep_as_credit(pressed: KeepAsCredit, turn: Turn) -> Reply:
    """`Simpan sebagai kredit`."""
    await unassigned.keep(turn, pressed.payment_id)
    return Reply(screen=await unassigned.shown(turn, pressed.payment_id), toast=PLACED)


async def use_credit(pressed: UseCredit, turn: Turn) -> Reply:
    """`Pakai kredit`: the oldest payment with something left is asked about as a new message."""
    payment_id = await credit_use.begin(turn, pressed.payer_id)
    return Reply(screen=await unassigned.shown(turn, payment_id), anew=True)


async def redraw_placing(payment_id: int, turn: Turn) -> Reply:
    return Reply(screen=await unassigned.shown(turn, payment_id))


async def redraw_credit(payer_id: int, turn: Turn) -> Reply:
    return Reply(screen=await credit_use.shown(turn, payer_id))
