"""`/bayar NOMOR JUMLAH [TANGGAL]`: echoed, and posted only at `Benar` (section 8)."""

from __future__ import annotations

from bot.buttons import AskWhichLater, Cancel, ConfirmPayment
from bot.casework import payment_entry, payment_list
from bot.events import CommandGiven
from bot.reply import Reply, screen
from bot.routes import Answered
from bot.turn import Turn
from sop.payment_command import typed_payment
from storage import questions


async def ask_payment(given: CommandGiven, turn: Turn) -> Reply:
    """What was typed, as it would be posted; the payment waits in the open question."""
    if not given.argument.strip():
        last = await payment_list.last(turn)
        return Reply(screen=screen("finance/payment_help"), then=() if last is None else (last,))
    typed = typed_payment(given.argument, today=turn.today)
    return Reply(screen=await payment_entry.echo(turn, typed))


async def confirm_payment(pressed: ConfirmPayment, turn: Turn) -> Reply:
    """`Benar`: posted once, however often it is pressed."""
    posted = await payment_entry.post(turn, pressed.question_id, oldest_first=pressed.oldest_first)
    return Reply(screen=posted, toast="finance/payment_toast")


async def choose_later(pressed: AskWhichLater, turn: Turn) -> Reply:
    """`Pilih faktur`: posted at once, so that it is not lost; which invoices it pays is chosen after."""
    return Reply(screen=await payment_entry.post(turn, pressed.question_id, asks=True), toast="finance/payment_toast")


async def remind_to_press(answered: Answered, turn: Turn) -> Reply:
    """Typed instead of pressed: money is posted by a press alone."""
    return Reply(screen=screen("finance/press_instead"))


async def cancel_asked(pressed: Cancel, turn: Turn) -> Reply:
    """`Batal`: whatever was being asked, nothing happens."""
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    return Reply(screen=screen("finance/cancelled"))
