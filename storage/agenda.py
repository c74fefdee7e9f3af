"""What the order of a collector's day asks of the books, for many payers at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import exists, func, or_, select

from sop.follow_up import ChannelState, FollowUp, FollowUpState
from sop.hold import ActiveHold
from sop.outbox import OutboxState
from storage import absences, rows
from storage.engine import Database
from storage.outbox_whatsapp import BY_HAND
from storage.tables import follow_up, hold, job_run, outbox


async def holds_of(db: Database, payer_ids: Sequence[int]) -> dict[int, tuple[ActiveHold, ...]]:
    """This function will list the active holds of these payers."""
    query = select(hold.c.payer_id, *rows.columns(hold, ActiveHold)).where(
        hold.c.payer_id.in_(list(payer_ids)), hold.c.ended_at.is_(None)
    )
    by_payer: dict[int, list[ActiveHold]] = {}
    for payer_id, *fields in (await db.execute(query.order_by(hold.c.id))).all():
        names = [column.name for column in rows.columns(hold, ActiveHold)]
        by_payer.setdefault(payer_id, []).append(ActiveHold(**dict(zip(names, fields, strict=True))))
    return {payer_id: tuple(listed) for payer_id, listed in by_payer.items()}


async def to_send_by_hand(db: Database, collector_id: int) -> tuple[FollowUp, ...]:
    """This function will list a collector's cards with a message he sends himself, in the day's order."""
    newer = follow_up.alias("newer")
    is_newest = ~exists().where(newer.c.payer_id == follow_up.c.payer_id, newer.c.id > follow_up.c.id)
    reminder = (follow_up.c.state == FollowUpState.OPEN) & (follow_up.c.message == ChannelState.BY_HAND)
    offered = exists().where(
        outbox.c.payer_id == follow_up.c.payer_id,
        outbox.c.state == OutboxState.HELD,
        outbox.c.hold_reason == BY_HAND,
    )
    if await absences.worker_of(db, collector_id) != collector_id:
        return ()  # he is away: his cover sends them
    owners = await absences.owners_worked_by(db, collector_id)
    query = rows.of(follow_up, FollowUp).where(follow_up.c.collector_id.in_(owners), or_(reminder, offered & is_newest))
    return await rows.listed(db, query.order_by(func.coalesce(follow_up.c.place, 9999), follow_up.c.id), FollowUp)


async def digests_of(db: Database, on: date) -> dict[int, str]:
    """This function will say who got a digest on a day, as its slot by person."""
    prefix = digest_slot(on, "")
    query = select(job_run.c.slot).where(job_run.c.job == "digest", job_run.c.slot.startswith(prefix))
    return {int(slot.removeprefix(prefix)): slot for slot in (await db.execute(query)).scalars()}


def digest_slot(on: date, person_id: int | str) -> str:
    """This function will name the planned moment of a person's digest."""
    return f"{on.isoformat()}:{person_id}"
