"""`/janji`: the open promises a person may see, the earliest first (section 4)."""

from __future__ import annotations

from typing import Any

from bot.buttons import OpenRecord
from bot.events import CommandGiven
from bot.reply import Reply, screen, tap
from bot.turn import Turn
from sop.promise import Promise
from storage import customers, promises


async def show_promises(given: CommandGiven, turn: Turn) -> Reply:
    """Each promise with its payer, its sum and its day; a button opens the payer's record."""
    found = await promises.open_for(turn.db, turn.actor)
    if not found:
        return Reply(screen=screen("collector/promise_list_empty"))
    his = await customers.of_payers(turn.db, [one.payer_id for one in found]) if found else ()
    names = {one.payer_id: one.name for one in reversed(his)}
    lines = [_line(one, names, turn) for one in found]
    rows = [
        (tap("promise_row", OpenRecord(one.payer_id), payer=names[one.payer_id], on=one.promised_on),) for one in found
    ]
    return Reply(screen=screen("collector/promise_list", *rows, promises=lines, count=len(lines)))


def _line(one: Promise, names: dict[int, str], turn: Turn) -> dict[str, Any]:
    return {
        "payer": names[one.payer_id],
        "amount": one.amount,
        "received": one.received,
        "on": one.promised_on,
        "is_late": one.promised_on < turn.today,
        "approved": one.approved,
    }
