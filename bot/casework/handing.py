"""Cards that went to somebody else: the messages that still show them say so and lose their buttons (section 3)."""

from __future__ import annotations

from bot.casework import notices
from bot.reply import screen
from bot.screens.card import CARD_SUBJECT
from bot.turn import Desk
from sop.follow_up import may_be_worked
from sop.people import Person
from storage import follow_ups, people, screens


async def withdraw(desk: Desk, person: Person) -> None:
    """This function will draw anew every live card in somebody's chat that is not his any more."""
    if person.telegram_id is None:
        return
    for one in await screens.live_in(desk.db, person.telegram_id, prefix=CARD_SUBJECT):
        card = await follow_ups.get(desk.db, int(one.subject.removeprefix(CARD_SUBJECT)))
        if card.collector_id == person.id or not may_be_worked(card):
            continue
        now_with = None if card.collector_id is None else (await people.get(desk.db, card.collector_id)).name
        await notices.redraw_one(desk, one, screen("collector/card_handed", name=now_with))
        await screens.retire(desk.db, one)
