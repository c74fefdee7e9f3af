"""Cash counted and giros cleared: finance's answers, and what a collector still has in his hand (section 3)."""

from __future__ import annotations

from bot.buttons import AnswerCash, AnswerGiro, ListCash
from bot.casework import cash, cash_answers, giro_answers, giros, in_hand
from bot.reply import Reply
from bot.turn import Turn
from storage import cash as stored_cash
from storage import giros as stored_giros


async def answer_cash(pressed: AnswerCash, turn: Turn) -> Reply:
    """`Setoran diterima`, `Belum diterima`, or a manager's `Catatan keliru`."""
    receipt = await cash_answers.answer(turn, pressed.cash_id, pressed.answer)
    values = {"state": receipt.state.value}
    return Reply(screen=await cash.shown(turn, receipt), toast="finance/cash_answered_toast", toast_values=values)


async def redraw_cash(cash_id: int, turn: Turn) -> Reply:
    return Reply(screen=await cash.shown(turn, await stored_cash.get(turn.db, cash_id)))


async def answer_giro(pressed: AnswerGiro, turn: Turn) -> Reply:
    """`Cair` or `Tolak`."""
    giro = await giro_answers.answer(turn, pressed.giro_id, pressed.answer)
    values = {"state": giro.state.value}
    return Reply(screen=await giros.shown(turn, giro), toast="finance/giro_answered_toast", toast_values=values)


async def redraw_giro(giro_id: int, turn: Turn) -> Reply:
    return Reply(screen=await giros.shown(turn, await stored_giros.get(turn.db, giro_id)))


async def list_cash(pressed: ListCash, turn: Turn) -> Reply:
    """`Tunai di tangan`: his own, as a new message."""
    return Reply(screen=await in_hand.shown(turn, turn.actor), anew=True)
