"""The outbox as an operator sees it: counts, and what did not simply leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from sop.outbox import OutboxState, Way
from storage import rows
from storage.engine import Database
from storage.tables import outbox

STUCK = (OutboxState.FAILED, OutboxState.UNKNOWN, OutboxState.HELD)
_MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Stuck:
    """A message that needs a look; it names nobody."""

    id: int
    way: Way
    state: OutboxState
    message: str
    send_after: datetime
    error_code: str | None
    hold_reason: str | None


async def counts(db: Database) -> tuple[tuple[Way, OutboxState, int], ...]:
    query = select(outbox.c.way, outbox.c.state, func.count()).group_by(outbox.c.way, outbox.c.state)
    found = (await db.execute(query.order_by(outbox.c.way, outbox.c.state))).all()
    return tuple((way, state, int(count)) for way, state, count in found)


async def stuck(db: Database, *, most: int = _MOST) -> tuple[Stuck, ...]:
    """This function will list what failed, waits for a reason, or may have left; the newest first."""
    query = rows.of(outbox, Stuck).where(outbox.c.state.in_(STUCK)).order_by(outbox.c.id.desc()).limit(most)
    return await rows.listed(db, query, Stuck)
