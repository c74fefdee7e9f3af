"""Coming in: invitations are opened, everybody is welcomed with his next step."""

from __future__ import annotations

from datetime import datetime

from bot.buttons import ChooseLanguage, ShowHelp, StartCards
from bot.casework import invitations
from bot.events import CommandGiven
from bot.reply import Reply, Screen, screen, tap
from bot.turn import Desk, Turn
from sop.people import WORKERS, Person


async def open_invitation(given: CommandGiven, desk: Desk) -> Reply:
    """`/start TOKEN` of somebody we do not know: he is let in, or the group becomes the managers'."""
    if given.chat_kind == "group":
        return await _link_group(given, desk)
    person = await invitations.accept(desk, given.argument, given.user_id)
    return Reply(screen=_welcome(person, desk), language=person.language)


async def open_start(given: CommandGiven, turn: Turn) -> Reply:
    """`/start` of one of the staff: his own link is as good as none, another's is not for him."""
    if turn.in_group:
        return await _link_group(given, turn)
    if given.argument:
        await invitations.check_own(turn, given.argument, turn.actor)
    return Reply(screen=_welcome(turn.actor, turn))


async def _link_group(given: CommandGiven, desk: Desk) -> Reply:
    if not given.argument:
        return Reply(screen=screen("group_without_link"))
    await invitations.link_group(desk, given.argument, given.chat_id)
    return Reply(screen=screen("group_linked", company=desk.company.name))


def _welcome(person: Person, desk: Desk) -> Screen:
    begin = (tap("start", StartCards()),) if person.role in WORKERS else ()
    other = "en" if person.language == "id" else "id"
    more = (tap("help", ShowHelp()), tap(f"language_{other}", ChooseLanguage(other)))
    digest_at = datetime.combine(desk.day_in(person.zone), desk.policy.desk.digest_at)
    values = {"name": person.name, "company": desk.company.name, "digest_at": digest_at}
    return screen(f"welcome_{person.role.value}", begin, more, subject=None, **values)
