"""`/tugas` of a sales person without cards: which of his customers are late, each with his record (sections 1, 2)."""

from __future__ import annotations

from bot.buttons import OpenRecord
from bot.reply import Screen, screen, tap
from bot.turn import Turn
from sop.money import Money
from storage import team

MOST_LISTED = 10


async def shown(turn: Turn) -> Screen:
    """This function will list his late customers, the most money first; a name opens the record."""
    late = await team.late_of_sales(turn.db, turn.actor.id, today=turn.today)
    rows = [
        (tap("search_row", OpenRecord(one.payer_id), name=one.payer, amount=one.overdue),) for one in late[:MOST_LISTED]
    ]
    return screen(
        "sales/tasks",
        *rows,
        count=len(late),
        total=Money.total(one.overdue for one in late),
        others=max(0, len(late) - MOST_LISTED),
    )
