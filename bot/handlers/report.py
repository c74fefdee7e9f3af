"""`/laporan`: the team's day for managers, his own for a collector (section 12)."""

from __future__ import annotations

from bot.casework import report
from bot.events import CommandGiven
from bot.reply import Reply
from bot.turn import Turn
from sop.people import DECIDERS


async def show_report(given: CommandGiven, turn: Turn) -> Reply:
    """What was done so far today, what waits for a decision, and what will not be called."""
    if turn.actor.role in DECIDERS:
        return Reply(screen=await report.for_manager(turn))
    return Reply(screen=await report.for_collector(turn))
