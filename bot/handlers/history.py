"""`Riwayat` of a record: every contact and promise of a payer, page by page (sections 1, 3)."""

from __future__ import annotations

from bot.buttons import OpenRecord, ShowPayerHistory
from bot.casework import cases
from bot.reply import Reply, screen, tap
from bot.screens.record import contact_lines, promise_lines
from bot.turn import Turn
from storage import NotFound, customers, outcomes

PAGE = 12


async def show_history(pressed: ShowPayerHistory, turn: Turn) -> Reply:
    """One page of what was said and done, the newest first; only for who may see the customer."""
    if not await customers.visible_payer(turn.db, pressed.payer_id, actor=turn.actor):
        raise NotFound("payer")
    case, page = await cases.load(turn, pressed.payer_id), max(0, pressed.page)
    contacts = await outcomes.last_contacts(turn.db, case.payer_id, most=(page + 1) * PAGE + 1)
    listed = contacts[page * PAGE : (page + 1) * PAGE]
    newer = (tap("earlier", ShowPayerHistory(case.payer_id, page - 1)),) if page else ()
    older = (tap("later_page", ShowPayerHistory(case.payer_id, page + 1)),) if len(contacts) > (page + 1) * PAGE else ()
    back = (tap("back", OpenRecord(case.payer_id)),)
    shown = screen(
        "collector/history",
        (*newer, *older),
        back,
        payer=case.name,
        contacts=contact_lines(listed, zone=turn.actor.zone),
        promises=[] if page else promise_lines(case.promises),
    )
    return Reply(screen=shown)
