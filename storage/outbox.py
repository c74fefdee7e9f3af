"""Messages that must go out: queued in the decision's own transaction, claimed once, moved only forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sop.guard import MessageKind
from sop.outbox import WAITING, OutboxState, Way
from storage import rows
from storage.engine import Database
from storage.tables import outbox

LEASE = timedelta(minutes=2)  # a send that has not ended by then was cut off by a crash

ANSWER, URGENT, NEWS, BULK = 0, 3, 6, 9  # urgency: taps first, the morning push last


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMessage:
    """What to say to whom. With `business_key` a message can exist only once, whatever happens."""

    way: Way
    kind: MessageKind
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)
    taps: Sequence[Any] = ()
    language: str = "id"
    chat_id: int | None = None
    edits: int | None = None
    contact_person_id: int | None = None
    payer_id: int | None = None
    follow_up_id: int | None = None
    outcome_id: int | None = None
    attachment_id: int | None = None  # goes with the words of a new message; an edit changes words alone
    subject: str | None = None
    business_key: str | None = None
    urgency: int = NEWS
    send_after: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A message in the outbox."""

    id: int
    way: Way
    kind: MessageKind
    state: OutboxState
    business_key: str | None
    urgency: int
    chat_id: int | None
    edits: int | None
    contact_person_id: int | None
    payer_id: int | None
    follow_up_id: int | None
    outcome_id: int | None
    message: str
    language: str
    values: dict[str, Any]
    taps: list[Any]
    attachment_id: int | None
    subject: str | None
    send_after: datetime
    expires_at: datetime | None
    attempts: int
    body: str | None
    provider_id: str | None
    hold_reason: str | None
    is_repeat: bool
    created_at: datetime
    sent_at: datetime | None


async def queue(db: Database, new: NewMessage, *, now: datetime) -> int | None:
    """This function will queue a message; none when its business key was used before."""
    insert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    values = {name: getattr(new, name) for name in NewMessage.__dataclass_fields__}
    values |= {
        "values": dict(new.values),
        "taps": list(new.taps),
        "send_after": new.send_after or now,
        "state": OutboxState.QUEUED,
        "attempts": 0,
        "created_at": now,
    }
    added = await db.execute(insert(outbox).values(values).on_conflict_do_nothing().returning(outbox.c.id))
    outbox_id: int | None = added.scalar_one_or_none()
    return outbox_id


async def claim_due(db: Database, *, way: Way, now: datetime, most: int, busy: Sequence[int] = ()) -> list[Waiting]:
    """This function will lease the most urgent messages that are due; `busy` chats are left for later."""
    query = rows.of(outbox, Waiting).where(outbox.c.way == way, outbox.c.state.in_(WAITING), outbox.c.send_after <= now)
    if busy:
        query = query.where(or_(outbox.c.chat_id.is_(None), outbox.c.chat_id.not_in(list(busy))))
    query = query.order_by(outbox.c.urgency, outbox.c.send_after, outbox.c.id).limit(most)
    claimed = await rows.listed(db, query.with_for_update(skip_locked=True), Waiting)
    if claimed:
        await db.execute(
            _one_of([one.id for one in claimed]).values(
                state=OutboxState.SENDING, leased_until=now + LEASE, attempts=outbox.c.attempts + 1
            )
        )
    return list(claimed)


async def cut_off(db: Database, *, way: Way, now: datetime) -> tuple[Waiting, ...]:
    """This function will list what was being sent when somebody crashed: nobody knows whether it left."""
    query = rows.of(outbox, Waiting).where(
        outbox.c.way == way, outbox.c.state == OutboxState.SENDING, outbox.c.leased_until < now
    )
    return await rows.listed(db, query.order_by(outbox.c.id), Waiting)


async def in_state(db: Database, state: OutboxState, *, way: Way) -> tuple[Waiting, ...]:
    query = rows.of(outbox, Waiting).where(outbox.c.state == state, outbox.c.way == way).order_by(outbox.c.id)
    return await rows.listed(db, query, Waiting)


async def get(db: Database, outbox_id: int) -> Waiting:
    return await rows.got(db, rows.of(outbox, Waiting).where(outbox.c.id == outbox_id), Waiting)


async def next_due_at(db: Database) -> datetime | None:
    """This function will say when the next waiting message wants to leave."""
    query = select(func.min(outbox.c.send_after)).where(outbox.c.state.in_(WAITING))
    moment: datetime | None = (await db.execute(query)).scalar_one_or_none()
    return moment


async def note_sent(db: Database, outbox_id: int, *, provider_id: str, now: datetime) -> bool:
    """This function will record that a message left; false when its report was faster and has recorded it already."""
    marked = await db.execute(
        _one_of([outbox_id])
        .where(outbox.c.state.in_((OutboxState.SENDING, OutboxState.UNKNOWN)))
        .values(state=OutboxState.SENT, provider_id=provider_id, sent_at=now, hold_reason=None)
    )
    await db.execute(_one_of([outbox_id]).where(outbox.c.provider_id.is_(None)).values(provider_id=provider_id))
    return bool(marked.rowcount)


async def note_failed(db: Database, outbox_id: int, *, code: str) -> None:
    await db.execute(_one_of([outbox_id]).values(state=OutboxState.FAILED, error_code=code))


async def note_unknown(db: Database, outbox_id: int) -> bool:
    """This function will record that nobody knows whether the message left; it is asked about, never repeated."""
    noted = await db.execute(
        _one_of([outbox_id]).where(outbox.c.state == OutboxState.SENDING).values(state=OutboxState.UNKNOWN)
    )
    return bool(noted.rowcount)


async def pace(db: Database, outbox_id: int, *, send_after: datetime) -> None:
    """This function will queue a message again that was not even tried, because its chat must rest."""
    values = {"state": OutboxState.QUEUED, "send_after": send_after, "attempts": outbox.c.attempts - 1}
    await db.execute(_one_of([outbox_id]).values(values))


async def put_back(db: Database, outbox_id: int, *, send_after: datetime, is_repeat: bool = False) -> None:
    """This function will queue a message again that did not leave; `is_repeat`: it may have (staff only)."""
    values = {"state": OutboxState.QUEUED, "send_after": send_after}
    await db.execute(_one_of([outbox_id]).values(values | ({"is_repeat": True} if is_repeat else {})))


async def drop_attachment(db: Database, outbox_id: int) -> None:
    """This function will note that a message's paper went ahead: only its words are still to be sent."""
    await db.execute(_one_of([outbox_id]).values(attachment_id=None))


async def hold_back(db: Database, outbox_id: int, *, reason: str, until: datetime) -> None:
    await db.execute(_one_of([outbox_id]).values(state=OutboxState.HELD, hold_reason=reason, send_after=until))


async def cancel(db: Database, outbox_id: int, *, reason: str) -> None:
    await db.execute(_one_of([outbox_id]).values(state=OutboxState.CANCELLED, hold_reason=reason))


async def cancel_chase(db: Database, payer_id: int, *, reason: str) -> int:
    """This function will cancel every chase message to a payer that has not left yet."""
    cancelled = await db.execute(
        update(outbox)
        .where(outbox.c.payer_id == payer_id, outbox.c.kind == MessageKind.CHASE, outbox.c.state.in_(WAITING))
        .values(state=OutboxState.CANCELLED, hold_reason=reason)
    )
    return int(cancelled.rowcount)


async def cancel_of_outcome(db: Database, outcome_id: int, *, reason: str) -> int:
    """This function will cancel what a tap has caused, as long as it waits (undo)."""
    cancelled = await db.execute(
        update(outbox)
        .where(outbox.c.outcome_id == outcome_id, outbox.c.state.in_(WAITING))
        .values(state=OutboxState.CANCELLED, hold_reason=reason)
    )
    return int(cancelled.rowcount)


async def release_held(db: Database, *, reason: str, now: datetime) -> int:
    """This function will let messages go on that waited for one reason which is over now."""
    released = await db.execute(
        update(outbox)
        .where(outbox.c.state == OutboxState.HELD, outbox.c.hold_reason == reason)
        .values(state=OutboxState.QUEUED, send_after=now)
    )
    return int(released.rowcount)


async def move_chat(db: Database, *, old_chat_id: int, new_chat_id: int) -> None:
    await db.execute(
        update(outbox)
        .where(outbox.c.chat_id == old_chat_id, outbox.c.state.in_((*WAITING, OutboxState.SENDING)))
        .values(chat_id=new_chat_id, edits=None)
    )


def _one_of(ids: Sequence[int]) -> Update:
    return update(outbox).where(outbox.c.id.in_(list(ids)))
