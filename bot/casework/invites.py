"""Invitations: a link that works once, for a week, and makes somebody (or a group) known to the program."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from bot.casework import record
from bot.turn import Desk
from sop.people import Person, Role
from storage import listing, people

VALID = timedelta(days=7)
_TOKEN_BYTES = 24  # 32 characters of the 64 that a deep link may carry


def digest_of(token: str) -> str:
    """This function will give what is stored of a link's token: who reads the database cannot use it."""
    return sha256(token.encode()).hexdigest()


async def invite(desk: Desk, role: Role, name: str) -> str:
    """This function will make a person known by name and give the token of his link; known already: a new link.

    A collector gets the customers that a list names after him, before he opens the link.
    """
    known = await people.find_by_name(desk.db, name, role=role)
    person_id = await _add(desk, role, name) if known is None else known.id
    if role is Role.COLLECTOR:
        await listing.bind_collector(desk.db, person_id, name)
    await record.note(desk, "invited", person=person_id, role=role)
    return await _issue(desk, role, person_id)


async def invite_group(desk: Desk) -> str:
    """This function will give the token of a link that makes a group the managers' group."""
    return await _issue(desk, None, None)


async def revoke(desk: Desk, name: str) -> Person | None:
    """This function will end somebody's access at his next press; none: nobody of that name has any."""
    known = await people.find_by_name(desk.db, name)
    if known is not None:
        await people.revoke(desk.db, known.id)
        await record.note(desk, "revoked", person=known.id)
    return known


async def _add(desk: Desk, role: Role, name: str) -> int:
    zone, language = desk.company.zone, desk.company.language
    return await people.add(desk.db, name=name.strip(), role=role, zone=zone, language=language, now=desk.now)


async def _issue(desk: Desk, role: Role | None, person_id: int | None) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    expires_at = desk.now + VALID
    await people.add_invite(
        desk.db, token_digest=digest_of(token), role=role, person_id=person_id, expires_at=expires_at
    )
    return token
