"""Messages to customers, looked at together: those that became untimely are taken back before they leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from sop.guard import MessageKind
from sop.outbox import LEFT, WAITING, OutboxState
from storage.engine import Database
from storage.tables import outbox


async def recall(db: Database, payer_id: int, messages: Sequence[str], *, reason: str) -> int:
    """This function will cancel a payer's waiting messages of these names; gives how many."""
    recalled = await db.execute(
        update(outbox)
        .where(outbox.c.payer_id == payer_id, outbox.c.message.in_(list(messages)), outbox.c.state.in_(WAITING))
        .values(state=OutboxState.CANCELLED, hold_reason=reason)
    )
    return int(recalled.rowcount)


async def give_back_chase(db: Database, payer_id: int, *, reason: str, now: datetime) -> int:
    """This function will queue again the chase messages that were cancelled for one reason and are still timely.

    Guard and holds are asked anew when they leave, so nothing that rests for another reason slips out.
    """
    given_back = await db.execute(
        update(outbox)
        .where(
            outbox.c.payer_id == payer_id,
            outbox.c.kind == MessageKind.CHASE,
            outbox.c.state == OutboxState.CANCELLED,
            outbox.c.hold_reason == reason,
            outbox.c.expires_at > now,
        )
        .values(state=OutboxState.QUEUED, hold_reason=None)
    )
    return int(given_back.rowcount)


async def written_since(db: Database, payer_id: int, message: str, *, since: datetime) -> bool:
    """This function will say whether a payer was written such a message since an instant, or soon will be."""
    query = select(outbox.c.id).where(
        outbox.c.payer_id == payer_id,
        outbox.c.message == message,
        outbox.c.created_at >= since,
        outbox.c.state.not_in((OutboxState.CANCELLED, OutboxState.FAILED)),
    )
    return (await db.execute(query.limit(1))).first() is not None


async def recall_key(db: Database, business_key: str, *, reason: str) -> bool:
    """This function will cancel one message by its key as long as it waits; true when it has left, or may have."""
    mine = outbox.c.business_key == business_key
    await db.execute(
        update(outbox).where(mine, outbox.c.state.in_(WAITING)).values(state=OutboxState.CANCELLED, hold_reason=reason)
    )
    gone = select(outbox.c.id).where(mine, outbox.c.state.in_((*LEFT, OutboxState.SENDING, OutboxState.UNKNOWN)))
    return (await db.execute(gone)).first() is not None
