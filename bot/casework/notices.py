"""Telling somebody else: rows in the outbox, in the transaction of the decision that causes them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.buttons import pack
from bot.reply import Plain, Rows, Screen, plain
from bot.turn import Desk, Turn
from sop.claim import Answerer
from sop.guard import MessageKind
from sop.hours import after_quiet
from sop.outbox import Way
from sop.people import WORKERS, Person, Role
from storage import outbox, people, screens
from storage.outbox import NEWS, NewMessage
from storage.screens import ShownScreen

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """How a notice travels: `key` makes it go out only once; `outcome_id` lets undo take it back.

    `attachment_id` is the photo or paper that goes with it (see `storage.attachments`).
    """

    urgency: int = NEWS
    key: str | None = None
    outcome_id: int | None = None
    follow_up_id: int | None = None
    send_after: datetime | None = None
    expires_at: datetime | None = None
    attachment_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ToCustomer:
    """A service message to a customer: the name of its file and its values."""

    payer_id: int
    message: str
    values: dict[str, Any]
    kind: MessageKind = MessageKind.SERVICE
    contact_person_id: int | None = None  # none: whoever is reached when it leaves


PLAINLY = Post()


async def tell(desk: Desk, person: Person, shown: Screen, post: Post = PLAINLY) -> None:
    """This function will tell one of the staff in private; who has no chat with us yet hears nothing."""
    if person.telegram_id is None:
        return
    if person.role in WORKERS and post.urgency == NEWS:  # 004: nobody is interrupted in his best hours for news
        post = replace(post, send_after=after_quiet(_leaves_at(desk, post), zone=person.zone, policy=desk.policy))
    await _queue(desk, _Chat(id=person.telegram_id, language=person.language), shown, post)


async def tell_managers(desk: Desk, shown: Screen, post: Post = PLAINLY) -> None:
    """This function will tell the managers: in their group, or each in private where no group is linked."""
    group = await people.group_of_managers(desk.db)
    if group is not None:
        await _queue(desk, _Chat(id=group, language=desk.company.language), shown, post)
        return
    for person in await people.with_roles(desk.db, Role.MANAGER, Role.ADMIN):
        await tell(desk, person, shown, _own(post, person))


async def tell_roles(desk: Desk, shown: Screen, *roles: Role, post: Post = PLAINLY) -> None:
    """This function will tell everybody with one of these roles in private."""
    for person in await people.with_roles(desk.db, *roles):
        await tell(desk, person, shown, _own(post, person))


async def confirmers(desk: Desk, *, but: int | None = None) -> tuple[Person, ...]:
    """This function will name who confirms money: finance, or the managers where there is no finance person (1).

    `but` is who reported it: nobody confirms his own money.
    """
    for roles in ((Role.FINANCE,), (Role.MANAGER, Role.ADMIN)):
        found = tuple(one for one in await people.with_roles(desk.db, *roles) if one.id != but)
        if found:
            return found
    return ()


async def answerer(turn: Turn, *, reported_by_id: int | None) -> Answerer:
    """This function will describe the person of this turn as one who says whether money is there."""
    others = [one for one in await people.with_roles(turn.db, Role.FINANCE) if one.id != reported_by_id]
    return Answerer(person_id=turn.actor.id, role=turn.actor.role, has_finance=bool(others))


async def redraw(desk: Desk, subject: str, shown: Screen, *, retire: bool = False) -> None:
    """This function will have every live message that shows a subject redrawn; `retire`: for the last time.

    The message that is being pressed gets its new face from the reply to the press, not from here.
    """
    for one in await screens.showing(desk.db, subject):
        if isinstance(desk, Turn) and (one.chat_id, one.message_id) == (desk.chat_id, desk.message_id):
            continue
        await redraw_one(desk, one, shown)
        if retire:
            await screens.retire(desk.db, one)


async def redraw_one(desk: Desk, one: ShownScreen, shown: Screen) -> None:
    """This function will have one message show something else."""
    chat = _Chat(id=one.chat_id, language=await _language_of(desk, one.chat_id), edits=one.message_id)
    await _queue(desk, chat, shown, PLAINLY)


async def write_customer(desk: Desk, letter: ToCustomer, post: Post = PLAINLY) -> None:
    """This function will queue a service message to a customer; the guard is asked when it leaves."""
    if desk.company.whatsapp_mode == "off":
        return
    new = NewMessage(
        way=Way.WHATSAPP,
        kind=letter.kind,
        message=letter.message,
        values={name: plain(value) for name, value in letter.values.items()},
        language=desk.company.language,
        payer_id=letter.payer_id,
        contact_person_id=letter.contact_person_id,
        follow_up_id=post.follow_up_id,
        outcome_id=post.outcome_id,
        attachment_id=post.attachment_id,
        business_key=post.key,
        urgency=post.urgency,
        send_after=_leaves_at(desk, post),
        expires_at=post.expires_at,
    )
    await _add(desk, new)


def taps_as_plain(rows: Rows) -> list[Plain]:
    """This function will write buttons in the form that waits in the outbox."""
    return [
        [
            {
                "label": tap.label,
                "values": dict(tap.values),
                "data": None if tap.button is None else pack(tap.button),
                "url": tap.url,
            }
            for tap in row
        ]
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chat:
    """Where a notice goes; `edits` names the message it replaces."""

    id: int
    language: str
    edits: int | None = None


async def _language_of(desk: Desk, chat_id: int) -> str:
    person = await people.by_telegram(desk.db, chat_id)
    return desk.company.language if person is None else person.language


async def _queue(desk: Desk, chat: _Chat, shown: Screen, post: Post) -> None:
    new = NewMessage(
        way=Way.TELEGRAM,
        kind=MessageKind.STAFF,
        message=shown.message,
        values=shown.values,
        taps=taps_as_plain(shown.taps),
        language=chat.language,
        chat_id=chat.id,
        edits=chat.edits,
        attachment_id=post.attachment_id or shown.attachment_id,
        subject=shown.subject,
        business_key=post.key,
        urgency=post.urgency,
        follow_up_id=post.follow_up_id,
        outcome_id=post.outcome_id,
        send_after=_leaves_at(desk, post),
        expires_at=post.expires_at,
    )
    await _add(desk, new)


async def _add(desk: Desk, new: NewMessage) -> None:
    outbox_id = await outbox.queue(desk.db, new, now=desk.now)
    if outbox_id is not None:
        log.info("queued", action="queued", outbox=outbox_id, message=new.message)


def _leaves_at(desk: Desk, post: Post) -> datetime:
    """What a tap causes waits two minutes, so that undo can still take it back (3)."""
    minutes = desk.policy.desk.send_delay_minutes if post.outcome_id is not None else 0
    return post.send_after or desk.now + timedelta(minutes=minutes)


def _own(post: Post, person: Person) -> Post:
    return post if post.key is None else replace(post, key=f"{post.key}:{person.id}")
