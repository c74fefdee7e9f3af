"""Cards that come back by the clock: pushed as new messages, outside of the quiet hours unless urgent (section 3)."""

from __future__ import annotations

from bot.casework import cards, notices
from bot.casework.notices import Post
from bot.reply import screen
from bot.screens.card import subject_of as card_subject
from bot.turn import Desk
from sop.follow_up import FollowUp
from sop.hours import after_quiet
from sop.outcomes import Outcome
from sop.people import Person
from storage import follow_ups, outcomes, people, screens
from storage.outbox import URGENT


async def push_due(desk: Desk) -> int:
    """This function will bring back the cards whose time has come, as new messages; their old keyboards go."""
    pushed = 0
    for card in await follow_ups.returning(desk.db, now=desk.now):
        if card.collector_id is not None:
            pushed += await _push(desk, card, await people.get(desk.db, card.collector_id))
    return pushed


async def _push(desk: Desk, card: FollowUp, person: Person) -> int:
    if not await _is_urgent(desk, card) and after_quiet(desk.now, zone=person.zone, policy=desk.policy) > desk.now:
        return 0
    await follow_ups.change(desk.db, card.id, pushed_at=desk.now)
    moved = screen("collector/card_moved")
    if person.telegram_id is not None:
        for one in await screens.live_in(desk.db, person.telegram_id, prefix=card_subject(card.id)):
            if one.subject == card_subject(card.id):
                await notices.redraw_one(desk, one, moved)
                await screens.retire(desk.db, one)
    shown = await cards.shown(desk, card, zone=person.zone, undo=await cards.last_tap(desk, person))
    key = f"returned:{card.id}:{card.return_at and card.return_at.isoformat()}"
    await notices.tell(desk, person, shown, Post(key=key, urgency=URGENT, follow_up_id=card.id))
    return 1


async def _is_urgent(desk: Desk, card: FollowUp) -> bool:
    """The customer named the time himself; a number that was only not answered waits until the quiet hours end."""
    last = await outcomes.last_of(desk.db, card.id)
    return last is not None and last.kind is Outcome.CALL_LATER
