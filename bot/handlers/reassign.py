"""`Alihkan hari ini`: somebody else works an absent collector's cards today (section 3)."""

from __future__ import annotations

from bot.buttons import Reassigned, ReassignToday
from bot.casework import covering
from bot.reply import Reply
from bot.turn import Turn


async def choose_cover(pressed: ReassignToday, turn: Turn) -> Reply:
    """Who could take over: every collector but the absent one."""
    return Reply(screen=await covering.choice(turn, pressed.collector_id))


async def hand_over(pressed: Reassigned, turn: Turn) -> Reply:
    """The open cards of today go over, and both collectors hear of it."""
    shown, moved = await covering.hand_over(turn, pressed.collector_id, pressed.cover_id)
    return Reply(screen=shown, toast="manager/handed_over_toast", toast_values={"count": moved})
