"""Screens that still wait in the outbox: what they show may have changed before they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from sop.outbox import WAITING
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
