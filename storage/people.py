"""Persons, invitations and the managers' groups at rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from sop.listing import plain_name
from sop.people import Person, PersonState, Role
from storage import rows
from storage.engine import Database
from storage.tables import chat_group, invite, person


@dataclass(frozen=True, kw_only=True, slots=True)
class Invite:
    """A single-use invitation; without a person it is for a group."""

    token_digest: str
    person_id: int | None
    expires_at: datetime
    used_at: datetime | None


async def by_telegram(db: Database, telegram_id: int) -> Person | None:
    """This function will find who may press: revoking works at the next press, because it is asked every time."""
    query = rows.of(person, Person).where(person.c.telegram_id == telegram_id, person.c.state == PersonState.ACTIVE)
    return await rows.found(db, query, Person)


async def get(db: Database, person_id: int) -> Person:
    return await rows.got(db, rows.of(person, Person).where(person.c.id == person_id), Person)


async def of_role(db: Database, role: Role) -> tuple[Person, ...]:
    """This function will list everybody of a role by name, also who has left."""
    query = rows.of(person, Person).where(person.c.role == role)
    return await rows.listed(db, query.order_by(person.c.name, person.c.id), Person)


async def set_card_cap(db: Database, person_id: int, cards: int) -> None:
    await db.execute(update(person).where(person.c.id == person_id).values(card_cap=cards))


async def names(db: Database) -> dict[int, str]:
    """This function will give everybody's name by number."""
    return {person_id: name for person_id, name in (await db.execute(select(person.c.id, person.c.name))).all()}


async def find_by_name(
    db: Database, name: str, *, role: Role | None = None, also_revoked: bool = False
) -> Person | None:
    """This function will find a person of the staff by name, without regard to capitals; who still works here first."""
    everyone = await rows.listed(db, rows.of(person, Person).order_by(person.c.id), Person)
    found = [one for one in everyone if plain_name(one.name) == plain_name(name) and role in (None, one.role)]
    here = [one for one in found if one.state is not PersonState.REVOKED]
    return next(iter([*here, *(found if also_revoked else ())]), None)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPerson:
    """Somebody who is known by name but has not opened his link yet."""

    name: str
    role: Role
    zone: str
    language: str


async def add(db: Database, new: NewPerson, *, now: datetime) -> int:
    values = {name: getattr(new, name) for name in NewPerson.__dataclass_fields__}
    state = PersonState.INVITED
    return rows.new_id(await db.execute(person.insert().values(**values, state=state, created_at=now)))


async def add_invite(
    db: Database, *, token_digest: str, role: Role | None, person_id: int | None, expires_at: datetime
) -> None:
    values = {"token_digest": token_digest, "role": role, "person_id": person_id, "expires_at": expires_at}
    await db.execute(invite.insert().values(values))


async def find_invite(db: Database, token_digest: str) -> Invite | None:
    return await rows.found(db, rows.of(invite, Invite).where(invite.c.token_digest == token_digest), Invite)


async def use_invite(db: Database, token_digest: str, *, now: datetime) -> bool:
    """This function will spend an invitation; false when it was used before, or its time is over."""
    spent = await db.execute(
        update(invite)
        .where(invite.c.token_digest == token_digest, invite.c.used_at.is_(None), invite.c.expires_at > now)
        .values(used_at=now)
    )
    return spent.rowcount == 1


async def invite_again(db: Database, person_id: int) -> None:
    """This function will let somebody who was revoked be invited anew; his old account stays out."""
    await db.execute(update(person).where(person.c.id == person_id).values(state=PersonState.INVITED, telegram_id=None))


async def open_link(db: Database, person_id: int, *, telegram_id: int) -> None:
    """This function will bind a person to a Telegram account; an earlier binding of that account ends."""
    await db.execute(
        update(person)
        .where(person.c.telegram_id == telegram_id, person.c.id != person_id)
        .values(telegram_id=None, state=PersonState.REVOKED)
    )
    await db.execute(
        update(person)
        .where(person.c.id == person_id)
        .values(telegram_id=telegram_id, state=PersonState.ACTIVE, unreachable_at=None)
    )


async def revoke(db: Database, person_id: int) -> None:
    """This function will shut somebody out, together with the links he has not opened yet."""
    await db.execute(update(person).where(person.c.id == person_id).values(state=PersonState.REVOKED))
    await db.execute(delete(invite).where(invite.c.person_id == person_id, invite.c.used_at.is_(None)))


async def set_language(db: Database, person_id: int, language: str) -> None:
    await db.execute(update(person).where(person.c.id == person_id).values(language=language))


async def set_unreachable(db: Database, telegram_id: int, *, at: datetime | None) -> Person | None:
    """This function will note that a chat is closed to us (or open again) and say whose it is; none: no change."""
    is_news = person.c.unreachable_at.is_not(None) if at is None else person.c.unreachable_at.is_(None)
    changed = await db.execute(
        update(person).where(person.c.telegram_id == telegram_id, is_news).values(unreachable_at=at)
    )
    return await by_telegram(db, telegram_id) if changed.rowcount == 1 else None


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


async def is_linked_group(db: Database, chat_id: int) -> bool:
    query = select(chat_group.c.id).where(chat_group.c.chat_id == chat_id, chat_group.c.left_at.is_(None))
    return (await db.execute(query)).first() is not None


async def move_group(db: Database, *, old_chat_id: int, new_chat_id: int) -> bool:
    """This function will follow a group that became a supergroup; false when it was done already."""
    known = await db.execute(select(chat_group.c.id).where(chat_group.c.chat_id == new_chat_id))
    if known.first() is not None:
        return False
    moved = await db.execute(update(chat_group).where(chat_group.c.chat_id == old_chat_id).values(chat_id=new_chat_id))
    return moved.rowcount == 1


async def leave_group(db: Database, *, chat_id: int, now: datetime) -> bool:
    """This function will note that the bot is out of a group; false when it was no group of ours."""
    left = await db.execute(
        update(chat_group).where(chat_group.c.chat_id == chat_id, chat_group.c.left_at.is_(None)).values(left_at=now)
    )
    return left.rowcount == 1
