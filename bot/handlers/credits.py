"""`/kredit NOMOR_FAKTUR JUMLAH [NOMOR NOTA]`: echoed, `Retur` or `Koreksi`, and posted only at `Benar` (section 8)."""

from __future__ import annotations

from bot.buttons import ConfirmCredit, CreditKindChosen
from bot.casework import credit_entry
from bot.events import CommandGiven
from bot.reply import Reply, screen
from bot.turn import Turn
from sop.credit_command import typed_credit


async def ask_credit(given: CommandGiven, turn: Turn) -> Reply:
    """What was typed, as it would be credited; the note waits in the open question."""
    if not given.argument.strip():
        return Reply(screen=screen("finance/credit_help"))
    return Reply(screen=await credit_entry.echo(turn, typed_credit(given.argument)))


async def choose_kind(pressed: CreditKindChosen, turn: Turn) -> Reply:
    return Reply(screen=await credit_entry.confirm(turn, pressed.question_id, pressed.kind))


async def confirm_credit(pressed: ConfirmCredit, turn: Turn) -> Reply:
    """`Benar`: posted once, however often it is pressed."""
    posted = await credit_entry.post(turn, pressed.question_id, pressed.kind)
    return Reply(screen=posted, toast="finance/credit_toast")
