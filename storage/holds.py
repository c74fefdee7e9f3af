"""Holds at rest: each written with its cause, so that planning and sending ask one simple question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from sop.hold import ActiveHold, HoldKind
from sop.money import Money
from storage import rows
from storage.engine import Database
from storage.tables import hold


@dataclass(frozen=True, kw_only=True, slots=True)
class NewHold:
    """What rests, why and until when; no invoice means the whole payer, no amount means all of it."""

    payer_id: int
    kind: HoldKind
    invoice_id: int | None = None
    amount: Money | None = None
    until_on: date | None = None
    outcome_id: int | None = None


async def place(db: Database, *new: NewHold, now: datetime) -> None:
    for one in new:
        values = {
            "payer_id": one.payer_id,
            "kind": one.kind,
            "invoice_id": one.invoice_id,
            "amount": one.amount,
            "until_on": one.until_on,
            "outcome_id": one.outcome_id,
            "since_at": now,
        }
        await db.execute(hold.insert().values(values))


async def active(db: Database, payer_id: int) -> tuple[ActiveHold, ...]:
    """This function will list the payer's holds that nobody has ended; the rules say which of them still stand."""
    query = rows.of(hold, ActiveHold).where(hold.c.payer_id == payer_id, hold.c.ended_at.is_(None))
    return await rows.listed(db, query.order_by(hold.c.id), ActiveHold)


async def end(
    db: Database, *, payer_id: int, kind: HoldKind, now: datetime, invoice_ids: Sequence[int] | None = None
) -> int:
    """This function will end the payer's holds of a kind, on these invoices or all; gives how many ended."""
    ending = update(hold).where(hold.c.payer_id == payer_id, hold.c.kind == kind, hold.c.ended_at.is_(None))
    if invoice_ids is not None:
        ending = ending.where(hold.c.invoice_id.in_(list(invoice_ids)))
    return int((await db.execute(ending.values(ended_at=now))).rowcount)


async def end_of_outcome(db: Database, outcome_id: int, *, now: datetime) -> None:
    await db.execute(
        update(hold).where(hold.c.outcome_id == outcome_id, hold.c.ended_at.is_(None)).values(ended_at=now)
    )


async def end_elapsed(db: Database, kind: HoldKind, *, today: date, now: datetime) -> int:
    """This function will end the dated holds of a kind whose last day has passed."""
    ending = update(hold).where(
        hold.c.kind == kind, hold.c.ended_at.is_(None), hold.c.until_on.is_not(None), hold.c.until_on < today
    )
    return int((await db.execute(ending.values(ended_at=now))).rowcount)
