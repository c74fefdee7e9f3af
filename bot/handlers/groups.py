"""What happens to our chats themselves: blocked, put out, moved."""

from __future__ import annotations

from bot.casework import notices, reach
from bot.events import BotMembership, ChatMigrated
from bot.reply import screen
from bot.turn import Desk
from sop.people import Role

_ON_MEMBERSHIP = {
    "blocked": reach.person_gone,
    "unblocked": reach.person_back,
    "removed": reach.group_gone,
}


async def note_membership(event: BotMembership, desk: Desk) -> None:
    """Added to a group the bot stays silent: only a link makes it the managers' group."""
    noted = _ON_MEMBERSHIP.get(event.status)
    if noted is not None:
        await noted(desk, event.chat_id)


async def follow_group(event: ChatMigrated, desk: Desk) -> None:
    await reach.group_moved(desk, old_chat_id=event.old_chat_id, new_chat_id=event.new_chat_id)


async def report_parked(reference: str, desk: Desk) -> None:
    """An event that failed again and again was set aside: an admin is told, with the code that the log has too."""
    await notices.tell_roles(desk, screen("event_parked", reference=reference), Role.ADMIN)
