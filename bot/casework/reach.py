"""Who can be reached: people who block the bot, groups that put it out or move."""

from __future__ import annotations

from bot.casework import escalation_news, notices, record
from bot.reply import screen
from bot.turn import Desk
from sop.people import Role
from storage import escalations, outbox, people, screens


async def person_gone(desk: Desk, telegram_id: int) -> None:
    """This function will note that somebody blocked the bot; the managers hear of it once, his tasks go unseen."""
    person = await people.set_unreachable(desk.db, telegram_id, at=desk.now)
    if person is None:
        return
    await record.note(desk, "unreachable", person=person.id)
    await notices.tell_managers(desk, screen("person_unreachable", name=person.name, role=person.role))


async def person_back(desk: Desk, telegram_id: int) -> None:
    """This function will note that somebody can be reached again; the managers hear of it."""
    person = await people.set_unreachable(desk.db, telegram_id, at=None)
    if person is None:
        return
    await record.note(desk, "reachable", person=person.id)
    await notices.tell_managers(desk, screen("person_reachable", name=person.name, role=person.role))


async def group_gone(desk: Desk, chat_id: int) -> None:
    """This function will note that the bot is out of the managers' group: from now on they are told in private."""
    if not await people.leave_group(desk.db, chat_id=chat_id, now=desk.now):
        return
    await record.note(desk, "group_left", chat=chat_id)
    await notices.tell_roles(desk, screen("group_left"), Role.MANAGER, Role.ADMIN)
    if await escalations.undecided(desk.db):
        await escalation_news.show_list(desk)


async def chat_gone(desk: Desk, chat_id: int) -> None:
    """This function will take note of a chat that refused a message for good; a group's number is negative."""
    await (group_gone(desk, chat_id) if chat_id < 0 else person_gone(desk, chat_id))


async def group_moved(desk: Desk, *, old_chat_id: int, new_chat_id: int) -> None:
    """This function will follow a group that became a supergroup; told two or three times, it is done once."""
    await people.move_group(desk.db, old_chat_id=old_chat_id, new_chat_id=new_chat_id)
    await screens.forget_chat(desk.db, old_chat_id)
    await outbox.move_chat(desk.db, old_chat_id=old_chat_id, new_chat_id=new_chat_id)
