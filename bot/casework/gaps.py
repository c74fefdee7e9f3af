"""After the program was away too long: presses are lost by then, so people are asked to press again (design)."""

from __future__ import annotations

from dataclasses import replace

from bot.casework import cards, notices
from bot.turn import Desk
from sop.follow_up import may_be_worked
from sop.zones import ZONES
from storage import follow_ups, people, screens


async def redraw_open(desk: Desk) -> int:
    """This function will show every open card of the day anew with a line that asks to press again; gives how many."""
    drawn = 0
    for day in sorted({desk.day_in(zone) for zone in ZONES}):
        for card in await follow_ups.open_on(desk.db, day):
            if not may_be_worked(card) or card.collector_id is None:
                continue
            for one in await screens.showing(desk.db, f"follow_up:{card.id}"):
                person = await people.get(desk.db, card.collector_id)
                shown = await cards.shown(desk, card, zone=person.zone)
                await notices.redraw_one(desk, one, replace(shown, message="collector/card_again"))
                drawn += 1
    return drawn
