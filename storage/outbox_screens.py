"""Screens that still wait in the outbox: what they show may have changed before they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from sop.guard import MessageKind
from sop.outbox import WAITING, OutboxState
from storage.engine import Database
from storage.tables import outbox


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """The message and the buttons of a screen, as plain values."""

    message: str
    values: Mapping[str, Any]
    taps: Sequence[Any]


async def refresh_waiting(db: Database, subject: str, content: Content) -> int:
    """This function will give the new content to every message about a subject that has not left; how many did not."""
    values = {"message": content.message, "values": dict(content.values), "taps": list(content.taps)}
    waiting = update(outbox).where(outbox.c.subject == subject, outbox.c.state.in_(WAITING))
    return int((await db.execute(waiting.values(values))).rowcount)


async def attach_waiting(db: Database, subject: str, attachment_id: int) -> int:
    """This function will give a paper to the new messages about a subject that wait without one; gives how many."""
    is_bare = outbox.c.edits.is_(None) & outbox.c.attachment_id.is_(None)
    waiting = update(outbox).where(outbox.c.subject == subject, outbox.c.state.in_(WAITING), is_bare)
    return int((await db.execute(waiting.values(attachment_id=attachment_id))).rowcount)


async def customer_messages(db: Database) -> list[str]:
    """This function will name the service messages to customers in the order they were queued, cancelled ones not."""
    query = select(outbox.c.message).where(
        outbox.c.kind == MessageKind.SERVICE, outbox.c.state != OutboxState.CANCELLED
    )
    return list((await db.execute(query.order_by(outbox.c.id))).scalars())
