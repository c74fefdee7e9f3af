"""Messages to customers: what was offered to be sent by hand, what may have left, what is still reported on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from sop.guard import MessageKind
from sop.outbox import LEFT, WAITING, OutboxState, Way, moves_forward
from storage import rows
from storage.engine import Database
from storage.outbox import Waiting
from storage.tables import outbox

BY_HAND = "by_hand"  # why a message is held that a collector sends himself


async def last_words_to(db: Database, contact_person_id: int) -> int:
    """This function will count the final words that left, or may have left, for a contact (7)."""
    query = select(func.count()).where(
        outbox.c.contact_person_id == contact_person_id,
        outbox.c.kind == MessageKind.LAST_WORD,
        outbox.c.state.in_((*LEFT, OutboxState.UNKNOWN)),
    )
    return int((await db.execute(query)).scalar_one())


async def offered(db: Database, payer_ids: Sequence[int]) -> tuple[Waiting, ...]:
    """This function will list the messages to these payers that a collector is to send himself, the oldest first."""
    query = rows.of(outbox, Waiting).where(
        outbox.c.payer_id.in_(list(payer_ids)),
        outbox.c.way == Way.WHATSAPP,
        outbox.c.state == OutboxState.HELD,
        outbox.c.hold_reason == BY_HAND,
    )
    return await rows.listed(db, query.order_by(outbox.c.id), Waiting)


async def find_offered(db: Database, outbox_id: int) -> Waiting | None:
    """This function will give a message that still waits to be sent by hand; none once it was, or was taken back."""
    query = rows.of(outbox, Waiting).where(
        outbox.c.id == outbox_id, outbox.c.state == OutboxState.HELD, outbox.c.hold_reason == BY_HAND
    )
    return await rows.found(db, query.with_for_update(), Waiting)


async def note_by_hand(db: Database, outbox_id: int, *, body: str, now: datetime) -> None:
    """This function will record that somebody has sent a message himself, with its words."""
    values = {"state": OutboxState.SENT, "body": body, "sent_at": now, "hold_reason": None}
    await db.execute(update(outbox).where(outbox.c.id == outbox_id).values(values))


async def cancel_carrying(db: Database, paper_id: int, *, reason: str) -> int:
    """This function will cancel the messages that carry a paper and have not left yet."""
    cancelled = await db.execute(
        update(outbox)
        .where(outbox.c.attachment_id == paper_id, outbox.c.way == Way.WHATSAPP, outbox.c.state.in_(WAITING))
        .values(state=OutboxState.CANCELLED, hold_reason=reason)
    )
    return int(cancelled.rowcount)


async def note_recipient(db: Database, outbox_id: int, *, contact_person_id: int, body: str) -> None:
    """This function will keep to whom and in which words a message leaves, before it leaves (000-VI.2)."""
    values = {"contact_person_id": contact_person_id, "body": body}
    await db.execute(update(outbox).where(outbox.c.id == outbox_id).values(values))


async def leased_until(db: Database, outbox_id: int) -> datetime | None:
    found = await db.execute(select(outbox.c.leased_until).where(outbox.c.id == outbox_id))
    moment: datetime | None = found.scalar_one_or_none()
    return moment


async def unsettled(db: Database, *, since: datetime) -> int:
    """This function will count what left since an instant and was not read yet: its fate may still be told."""
    query = select(func.count()).where(
        outbox.c.way == Way.WHATSAPP,
        outbox.c.state.in_((OutboxState.SENT, OutboxState.DELIVERED)),
        outbox.c.sent_at >= since,
    )
    return int((await db.execute(query)).scalar_one())


async def is_known(db: Database, provider_id: str) -> bool:
    """This function will say whether some message of ours has this number of the provider's already."""
    return (await db.execute(select(outbox.c.id).where(outbox.c.provider_id == provider_id))).first() is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a provider says of a message; `outbox_id` is our own reference, where it came back."""

    provider_id: str
    status: OutboxState
    outbox_id: int | None = None
    code: str | None = None


async def report(db: Database, told: Report, *, now: datetime) -> Waiting | None:
    """This function will move a message forward by a provider's report, found by our reference or theirs."""
    status = told.status
    by_reference = outbox.c.id == told.outbox_id
    where = by_reference if told.outbox_id is not None else outbox.c.provider_id == told.provider_id
    one = await rows.found(db, rows.of(outbox, Waiting).where(where), Waiting)
    if one is None or not moves_forward(one.state, status):
        return None
    moment = {
        OutboxState.SENT: {"sent_at": now},
        OutboxState.DELIVERED: {"delivered_at": now},
        OutboxState.READ: {"read_at": now},
    }.get(status, {})
    if one.sent_at is None and status is not OutboxState.FAILED:
        moment = {"sent_at": now, **moment}
    await db.execute(
        update(outbox)
        .where(outbox.c.id == one.id)
        .values(state=status, provider_id=told.provider_id, error_code=told.code, **moment)
    )
    return one
