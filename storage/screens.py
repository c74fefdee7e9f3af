"""Which message shows what: so that a card can be redrawn when the world changes, and old keyboards go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update

from storage import rows
from storage.engine import Database
from storage.tables import screen


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownScreen:
    chat_id: int
    message_id: int
    subject: str


async def show(db: Database, *, chat_id: int, message_id: int, subject: str, now: datetime) -> None:
    """This function will note what a message shows now."""
    values = {"subject": subject, "live": True, "shown_at": now}
    where = (screen.c.chat_id == chat_id, screen.c.message_id == message_id)
    known = await db.execute(update(screen).where(*where).values(values))
    if known.rowcount == 0:
        await db.execute(screen.insert().values(chat_id=chat_id, message_id=message_id, **values))


async def showing(db: Database, subject: str) -> tuple[ShownScreen, ...]:
    """This function will list the live messages that show a subject, the oldest first."""
    query = rows.of(screen, ShownScreen).where(screen.c.subject == subject, screen.c.live).order_by(screen.c.id)
    return await rows.listed(db, query, ShownScreen)


async def subject_of(db: Database, *, chat_id: int, message_id: int, is_live: bool = False) -> str | None:
    """This function will say what a message shows; `is_live`: only if its keyboard has not been put away."""
    query = select(screen.c.subject).where(screen.c.chat_id == chat_id, screen.c.message_id == message_id)
    return (await db.execute(query.where(screen.c.live) if is_live else query)).scalar_one_or_none()


async def live_in(db: Database, chat_id: int, *, prefix: str) -> tuple[ShownScreen, ...]:
    query = rows.of(screen, ShownScreen).where(
        screen.c.chat_id == chat_id, screen.c.live, screen.c.subject.startswith(prefix)
    )
    return await rows.listed(db, query.order_by(screen.c.id), ShownScreen)


async def retire(db: Database, shown: ShownScreen) -> None:
    await db.execute(
        update(screen)
        .where(screen.c.chat_id == shown.chat_id, screen.c.message_id == shown.message_id)
        .values(live=False)
    )


async def put_away(db: Database, chat_id: int, *, prefixes: Sequence[str], keep: int | None) -> tuple[int, ...]:
    """This function will retire the live messages of a chat about such subjects, but for one; gives their numbers."""
    about = or_(*(screen.c.subject.startswith(prefix) for prefix in prefixes))
    query = select(screen.c.message_id).where(screen.c.chat_id == chat_id, screen.c.live, about)
    old = tuple((await db.execute(query.order_by(screen.c.id))).scalars())
    gone = tuple(one for one in old if one != keep)
    if gone:
        where = (screen.c.chat_id == chat_id, screen.c.message_id.in_(gone))
        await db.execute(update(screen).where(*where).values(live=False))
    return gone


async def forget_chat(db: Database, chat_id: int) -> None:
    """This function will forget the screens of a group that moved: its old messages cannot be edited any more."""
    await db.execute(update(screen).where(screen.c.chat_id == chat_id).values(live=False))
