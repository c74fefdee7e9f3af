"""`Batalkan pembayaran`: which, why, `Benar` (section 8)."""

from __future__ import annotations

from bot.buttons import AskReversal, ConfirmReversal, ReversalReasonChosen, ShowPayments
from bot.casework import payment_list, reversals, unassigned
from bot.reply import Reply
from bot.screens.reversal import confirm_screen, reason_screen
from bot.turn import Turn


async def show_payments(pressed: ShowPayments, turn: Turn) -> Reply:
    """`Pembayaran`: a payer's last payments, as a new message."""
    return Reply(screen=await payment_list.listed(turn, pressed.payer_id), anew=True)


async def ask_reason(pressed: AskReversal, turn: Turn) -> Reply:
    return Reply(screen=reason_screen(await payment_list.line_of(turn, pressed.payment_id)))


async def ask_to_confirm(pressed: ReversalReasonChosen, turn: Turn) -> Reply:
    line = await payment_list.line_of(turn, pressed.payment_id)
    return Reply(screen=confirm_screen(line, pressed.reason))


async def reverse_payment(pressed: ConfirmReversal, turn: Turn) -> Reply:
    """`Benar`: taken back once, however often it is pressed."""
    payment = await reversals.reverse(turn, pressed.payment_id, pressed.reason)
    return Reply(screen=await unassigned.shown(turn, payment.id), toast="finance/reversed_toast")
