"""Persons, invitations and the managers' groups at rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from sop.people import Person, PersonState, Role
from storage import rows
from storage.engine import Database, NotFound
from storage.tables import chat_group, invite, person


async def by_telegram(db: Database, telegram_id: int) -> Person | None:
    """This function will find who may press: revoking works at the next press, because it is asked every time."""
    query = rows.of(person, Person).where(
        person.c.telegram_id == telegram_id, person.c.state == PersonState.ACTIVE
    )
    return await rows.found(db, query, Person)


async def get(db: Database, person_id: int) -> Person:
    return await rows.got(db, rows.of(person, Person).where(person.c.id == person_id), Person)


async def find_by_name(db: Database, name: str, *, role: Role | None = None) -> Person | None:
    """This function will find a person of the staff by name, without regard to capitals."""
    everyone = await rows.listed(
        db, rows.of(person, Person).where(person.c.state != PersonState.REVOKED).order_by(person.c.id), Person
    )
    wanted = name.casefold().strip()
    return next((one for one in everyone if one.name.casefold() == wanted and role in (None, one.role)), None)


async def with_roles(db: Database, *roles: Role, reachable_only: bool = True) -> tuple[Person, ...]:
    """This function will list the active persons of these roles; by default those a message can reach."""
    query = rows.of(person, Person).where(person.c.role.in_(roles), person.c.state != PersonState.REVOKED)
    if reachable_only:
        query = query.where(
            person.c.state == PersonState.ACTIVE,
            person.c.telegram_id.is_not(None),
            person.c.unreachable_at.is_(None),
        )
    return await rows.listed(db, query.order_by(person.c.id), Person)


async def add(db: Database, *, name: str, role: Role, zone: str, language: str, now: datetime) -> int:
    """This function will add somebody who is known by name but has not opened his link yet."""
    values = {
        "name": name,
        "role": role,
        "state": PersonState.INVITED,
        "language": language,
        "zone": zone,
        "created_at": now,
    }
    return rows.new_id(await db.execute(person.insert().values(values)))


async def add_invite(
    db: Database, *, token_digest: str, role: Role | None, person_id: int | None, expires_at: datetime
) -> None:
    values = {"token_digest": token_digest, "role": role, "person_id": person_id, "expires_at": expires_at}
    await db.execute(invite.insert().values(values))


async def use_invite(db: Database, token_digest: str, *, now: datetime, for_group: bool) -> int | None:
    """This function will spend an invitation once and give its person (none for a group); raises NotFound."""
    wants = invite.c.person_id.is_(None) if for_group else invite.c.person_id.is_not(None)
    spent = await db.execute(
        update(invite)
        .where(
            invite.c.token_digest == token_digest, invite.c.used_at.is_(None), invite.c.expires_at > now, wants
        )
        .values(used_at=now)
    )
    if spent.rowcount != 1:
        raise NotFound("invite")
    found = await db.execute(select(invite.c.person_id).where(invite.c.token_digest == token_digest))
    person_id: int | None = found.scalar_one()
    return person_id


async def open_link(db: Database, person_id: int, *, telegram_id: int) -> None:
    """This function will bind a person to a Telegram account; an earlier binding of that account ends."""
    await db.execute(
        update(person).where(person.c.telegram_id == telegram_id, person.c.id != person_id).values(
            telegram_id=None, state=PersonState.REVOKED
        )
    )
    await db.execute(
        update(person)
        .where(person.c.id == person_id)
        .values(telegram_id=telegram_id, state=PersonState.ACTIVE, unreachable_at=None)
    )


async def revoke(db: Database, person_id: int) -> None:
    await db.execute(update(person).where(person.c.id == person_id).values(state=PersonState.REVOKED))


async def set_language(db: Database, person_id: int, language: str) -> None:
    await db.execute(update(person).where(person.c.id == person_id).values(language=language))


async def set_unreachable(db: Database, telegram_id: int, *, at: datetime | None) -> Person | None:
    """This function will note that a chat is closed to us (or open again) and say whose it is."""
    await db.execute(update(person).where(person.c.telegram_id == telegram_id).values(unreachable_at=at))
    return await by_telegram(db, telegram_id)


async def link_group(db: Database, *, chat_id: int, title: str, now: datetime) -> None:
    await db.execute(update(chat_group).where(chat_group.c.left_at.is_(None)).values(left_at=now))
    renewed = await db.execute(
        update(chat_group).where(chat_group.c.chat_id == chat_id).values(title=title, linked_at=now, left_at=None)
    )
    if renewed.rowcount == 0:
        await db.execute(chat_group.insert().values(chat_id=chat_id, title=title, linked_at=now))


async def group_of_managers(db: Database) -> int | None:
    """This function will give the chat of the managers' group, or none when no group is linked."""
    found = await db.execute(
        select(chat_group.c.chat_id).where(chat_group.c.left_at.is_(None)).order_by(chat_group.c.linked_at.desc())
    )
    return found.scalars().first()


async def move_group(db: Database, *, old_chat_id: int, new_chat_id: int) -> bool:
    """This function will follow a group that became a supergroup; false when it was done already."""
    moved = await db.execute(
        update(chat_group).where(chat_group.c.chat_id == old_chat_id).values(chat_id=new_chat_id)
    )
    return moved.rowcount == 1


async def leave_group(db: Database, *, chat_id: int, now: datetime) -> None:
    await db.execute(update(chat_group).where(chat_group.c.chat_id == chat_id).values(left_at=now))
