"""Every event handed to us takes effect once: its row is written in the transaction of its effect."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage import rows
from storage.engine import Database
from storage.tables import inbox


async def admit(db: Database, *, channel: str, external_id: str, now: datetime) -> bool:
    """This function will let an event in once; false when it was in before."""
    return await rows.add_once(db, inbox, {"channel": channel, "external_id": external_id, "taken_at": now})


async def park(db: Database, *, channel: str, external_id: str, reason: str, now: datetime) -> None:
    """This function will set an event aside that failed again and again, so that it blocks nobody."""
    values = {"channel": channel, "external_id": external_id, "taken_at": now, "parked": reason}
    await db.execute(inbox.insert().values(values))


async def parked(db: Database) -> tuple[tuple[str, str], ...]:
    query = select(inbox.c.external_id, inbox.c.parked).where(inbox.c.parked.is_not(None)).order_by(inbox.c.id)
    return tuple((row[0], row[1]) for row in (await db.execute(query)).all())
