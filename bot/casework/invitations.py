"""Invitations: a link that works once and for two days, and makes somebody, or a group, known to the program."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import ClassVar

from bot.casework import notices, reassigning, record
from bot.reply import screen
from bot.turn import Desk
from sop.people import Person, PersonState, Role
from sop.refusal import Refused
from storage import listing, people, sales
from storage.people import Invite, NewPerson

_TOKEN_BYTES = 24  # 32 of the 64 characters that a deep link may carry


class LinkUnknown(Refused):
    """Nobody here made this link, or it was cut off on its way."""

    message: ClassVar[str] = "refused_link_unknown"


class LinkOver(Refused):
    """The link was used, or its time is over; `ask` names who can make a new one."""

    message: ClassVar[str] = "refused_link_over"


class LinkElsewhere(Refused):
    """A person's link in a group, or a group's link in private."""

    message: ClassVar[str] = "refused_link_elsewhere"


class LinkNotYours(Refused):
    """One of the staff opened the link of another: nobody changes places by mistake, and the link stays good."""

    message: ClassVar[str] = "refused_link_not_yours"


async def create(desk: Desk, role: Role | None, name: str) -> str:
    """This function will give the token of a single-use link for a person; `role` none: for a managers' group.

    Who is known by this name and role already, also from a list or from before, gets a new link to the same place. A
    collector gets the customers that a list names after him, before he opens the link.
    """
    person_id = None if role is None else await _named(desk, role, name.strip())
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    expires_at = desk.now + timedelta(hours=desk.policy.desk.invite_hours)
    await people.add_invite(
        desk.db, token_digest=digest_of(token), role=role, person_id=person_id, expires_at=expires_at
    )
    await record.note(desk, "invited", person=person_id, role=role)
    return token


async def revoke(desk: Desk, name: str) -> Person | None:
    """This function will end somebody's access at his next press; none: nobody of that name has any."""
    known = await people.find_by_name(desk.db, name)
    if known is not None:
        await people.revoke(desk.db, known.id)
        await record.note(desk, "revoked", person=known.id)
        await reassigning.let_go(desk, known)
    return known


async def accept(desk: Desk, token: str, telegram_id: int) -> Person:
    """This function will let an invited person in by his link; raises LinkUnknown, LinkOver or LinkElsewhere."""
    invite = await _spent(desk, token, for_group=False)
    person_id = invite.person_id or 0
    await people.open_link(desk.db, person_id, telegram_id=telegram_id)
    await record.note(desk, "link_opened", person=person_id)
    return await people.get(desk.db, person_id)


async def check_own(desk: Desk, token: str, person: Person) -> None:
    """This function will judge a link that one of the staff opens: his own is welcome, another's is not for him."""
    invite = await _known(desk, token)
    if invite.person_id is None:
        raise LinkElsewhere(is_group=True)
    if invite.person_id != person.id:
        raise LinkNotYours(name=person.name)
    await people.use_invite(desk.db, digest_of(token), now=desk.now)


async def link_group(desk: Desk, token: str, chat_id: int) -> None:
    """This function will make a group the managers' group by its link; the managers are told in private."""
    await _spent(desk, token, for_group=True)
    await people.link_group(desk.db, chat_id=chat_id, title=desk.company.name, now=desk.now)
    await record.note(desk, "group_linked", chat=chat_id)
    await notices.tell_roles(desk, screen("group_linked_notice"), Role.MANAGER, Role.ADMIN)


def digest_of(token: str) -> str:
    """This function will give what is stored of a link's token: who reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


async def _named(desk: Desk, role: Role, name: str) -> int:
    known = await people.find_by_name(desk.db, name, role=role, also_revoked=True)
    if known is None:
        new = NewPerson(name=name, role=role, zone=desk.company.zone, language=desk.company.language)
        person_id = await people.add(desk.db, new, now=desk.now)
    else:
        person_id = known.id
        if known.state is PersonState.REVOKED:
            await people.invite_again(desk.db, person_id)
    if role is Role.COLLECTOR:
        await listing.bind_collector(desk.db, person_id, name)
    elif role is Role.SALES:
        await sales.bind(desk.db, person_id, name)
    return person_id


async def _known(desk: Desk, token: str) -> Invite:
    invite = await people.find_invite(desk.db, digest_of(token))
    if invite is None:
        raise LinkUnknown()
    return invite


async def _spent(desk: Desk, token: str, *, for_group: bool) -> Invite:
    """The invitation, used by this very transaction: of two who open it at once, one gets in."""
    invite = await _known(desk, token)
    if (invite.person_id is None) is not for_group:
        raise LinkElsewhere(is_group=invite.person_id is None)
    if not await people.use_invite(desk.db, invite.token_digest, now=desk.now):
        raise LinkOver(ask=await _whom_to_ask(desk))
    return invite


async def _whom_to_ask(desk: Desk) -> str:
    """The names of those who invite; empty where nobody is known yet."""
    admins = await people.with_roles(desk.db, Role.ADMIN, reachable_only=False)
    asked = admins or await people.with_roles(desk.db, Role.MANAGER, reachable_only=False)
    return ", ".join(one.name for one in asked)
