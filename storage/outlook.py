"""What the rows say will fall due, and what has just left: for whoever watches the program at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from sop.escalation import ALIVE
from sop.follow_up import FollowUpState
from sop.guard import MessageKind
from sop.outbox import WAITING, Way
from storage import rows
from storage.engine import Database
from storage.tables import escalation, follow_up, outbox, payer


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """So many messages of a kind that want to leave at the same moment."""

    at: datetime
    way: Way
    kind: MessageKind
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Awaited:
    """Something about one payer that falls due: a card that returns, a decision that is owed."""

    at: datetime
    payer: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What is known to come, the earliest first."""

    leaving: tuple[Leaving, ...]
    returning: tuple[Awaited, ...]
    deadlines: tuple[Awaited, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Departed:
    """A message that has left, with the provider's number of it."""

    id: int
    way: Way
    chat_id: int | None
    message: str
    provider_id: str
    sent_at: datetime


async def outlook(db: Database, *, now: datetime) -> Outlook:
    """This function will list what waits for a moment after `now`."""
    at = outbox.c.send_after
    leaving = (
        select(at.label("at"), outbox.c.way, outbox.c.kind, func.count().label("count"))
        .where(outbox.c.state.in_(WAITING), at > now)
        .group_by(at, outbox.c.way, outbox.c.kind)
        .order_by(at)
    )
    returning = select(follow_up.c.return_at.label("at"), payer.c.name.label("payer")).where(
        follow_up.c.state == FollowUpState.OPEN, follow_up.c.pushed_at.is_(None), follow_up.c.return_at > now
    )
    owed = select(escalation.c.deadline_at.label("at"), payer.c.name.label("payer")).where(
        escalation.c.state.in_(ALIVE), escalation.c.deadline_at > now
    )
    return Outlook(
        leaving=await rows.listed(db, leaving, Leaving),
        returning=await rows.listed(db, returning.join(payer).order_by(follow_up.c.return_at), Awaited),
        deadlines=await rows.listed(db, owed.outerjoin(payer).order_by(escalation.c.deadline_at), Awaited),
    )


async def departed(db: Database, *, since: datetime) -> tuple[Departed, ...]:
    """This function will list the messages that have left since a moment, that moment included."""
    query = rows.of(outbox, Departed).where(outbox.c.sent_at >= since, outbox.c.provider_id.is_not(None))
    return await rows.listed(db, query.order_by(outbox.c.id), Departed)
