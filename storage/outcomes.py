"""What was tapped, and every contact with a customer, at rest (000-VI.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from sop.contact import Channel, Contact, Direction
from sop.outcomes import Outcome
from storage import rows
from storage.engine import Database
from storage.tables import contact_event, outcome, person

CHASED = "chase"  # the result of a chase message that left; service messages do not count against the caps


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRow:
    """One tap that was recorded; `before` is what the card was, so that undo can put it back."""

    id: int
    follow_up_id: int
    payer_id: int
    kind: Outcome
    person_id: int
    at: datetime
    undone_at: datetime | None
    before: dict[str, Any]
    details: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOutcome:
    follow_up_id: int
    payer_id: int
    kind: Outcome
    person_id: int
    before: Mapping[str, Any]
    details: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewContact:
    """`is_answer`: the customer himself was reached, or wrote."""

    payer_id: int
    channel: Channel
    direction: Direction
    result: str
    is_answer: bool
    follow_up_id: int | None = None
    outcome_id: int | None = None
    person_id: int | None = None
    details: Mapping[str, Any] | None = None


async def add(db: Database, new: NewOutcome, *, now: datetime) -> int:
    values = {
        "follow_up_id": new.follow_up_id,
        "payer_id": new.payer_id,
        "kind": new.kind,
        "person_id": new.person_id,
        "at": now,
        "before": dict(new.before),
        "details": dict(new.details),
    }
    return rows.new_id(await db.execute(outcome.insert().values(values)))


async def get(db: Database, outcome_id: int) -> OutcomeRow:
    return await rows.got(db, rows.of(outcome, OutcomeRow).where(outcome.c.id == outcome_id), OutcomeRow)


async def last_of(db: Database, follow_up_id: int) -> OutcomeRow | None:
    """This function will give the newest outcome of a card that was not undone."""
    query = rows.of(outcome, OutcomeRow).where(outcome.c.follow_up_id == follow_up_id, outcome.c.undone_at.is_(None))
    return await rows.found(db, query.order_by(outcome.c.id.desc()).limit(1), OutcomeRow)


async def last_by(db: Database, person_id: int) -> OutcomeRow | None:
    query = rows.of(outcome, OutcomeRow).where(outcome.c.person_id == person_id, outcome.c.undone_at.is_(None))
    return await rows.found(db, query.order_by(outcome.c.id.desc()).limit(1), OutcomeRow)


async def mark_undone(db: Database, outcome_id: int, *, now: datetime) -> bool:
    """This function will undo an outcome once; false when somebody was faster."""
    undone = await db.execute(
        update(outcome).where(outcome.c.id == outcome_id, outcome.c.undone_at.is_(None)).values(undone_at=now)
    )
    await db.execute(update(contact_event).where(contact_event.c.outcome_id == outcome_id).values(undone_at=now))
    return undone.rowcount == 1


async def add_contact(db: Database, new: NewContact, *, at: datetime) -> None:
    values = {name: getattr(new, name) for name in NewContact.__dataclass_fields__}
    values["details"] = dict(new.details) if new.details is not None else None
    await db.execute(contact_event.insert().values(at=at, **values))


async def last_contacts(db: Database, payer_id: int, *, most: int) -> tuple[Contact, ...]:
    """This function will list a payer's newest contacts, the newest first."""
    query = (
        select(
            contact_event.c.at,
            contact_event.c.channel,
            contact_event.c.direction,
            contact_event.c.result,
            person.c.name.label("by"),
        )
        .join(person, person.c.id == contact_event.c.person_id, isouter=True)
        .where(contact_event.c.payer_id == payer_id, contact_event.c.undone_at.is_(None))
        .order_by(contact_event.c.at.desc(), contact_event.c.id.desc())
        .limit(most)
    )
    return await rows.listed(db, query, Contact)


async def calls_since(db: Database, payer_id: int, *, since: datetime) -> int:
    """This function will count call attempts to a payer since an instant (G5)."""
    query = select(func.count()).where(
        contact_event.c.payer_id == payer_id,
        contact_event.c.channel == Channel.CALL,
        contact_event.c.at >= since,
        contact_event.c.undone_at.is_(None),
    )
    return int((await db.execute(query)).scalar_one())


async def chases_since(db: Database, payer_id: int, *, since: datetime) -> tuple[datetime, ...]:
    """This function will list when chase messages left, or may have left, for a payer since an instant (G5)."""
    query = select(contact_event.c.at).where(
        contact_event.c.payer_id == payer_id,
        contact_event.c.channel.in_((Channel.WHATSAPP, Channel.WHATSAPP_BY_HAND)),
        contact_event.c.direction == Direction.OUT,
        contact_event.c.result == CHASED,
        contact_event.c.at >= since,
        contact_event.c.undone_at.is_(None),
    )
    return tuple((await db.execute(query)).scalars())
