"""`Ambil dari pool`: what nobody works today, and taking one of it (section 3)."""

from __future__ import annotations

from bot.buttons import ListPool, TakeFromPool
from bot.casework import cards, pool
from bot.reply import Reply
from bot.turn import Turn


async def list_pool(pressed: ListPool, turn: Turn) -> Reply:
    """The pool of today, ten a page."""
    return Reply(screen=await pool.shown(turn, pressed.page))


async def take_card(pressed: TakeFromPool, turn: Turn) -> Reply:
    """The card is his from now on; the second who presses is told who was faster."""
    card = await pool.take(turn, pressed.follow_up_id)
    return Reply(screen=await cards.shown(turn, card, zone=turn.actor.zone))
