"""Claims of payment at rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from sop.claim import HOLDING as CLAIM_HOLDING
from sop.claim import Claim, ClaimState
from sop.money import Money
from storage import rows
from storage.engine import Database
from storage.tables import claim, claim_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewClaim:
    """`amount` none: everything that was open; `made_by_id` none: the customer himself said so."""

    payer_id: int
    invoice_ids: Sequence[int]
    amount: Money | None
    made_by_id: int | None
    outcome_id: int | None
    slip_id: int | None = None


async def add_claim(db: Database, new: NewClaim, *, now: datetime) -> int:
    values = {
        "payer_id": new.payer_id,
        "amount": new.amount,
        "state": ClaimState.WAITING,
        "slip_id": new.slip_id,
        "made_at": now,
        "made_by_id": new.made_by_id,
        "outcome_id": new.outcome_id,
    }
    claim_id = rows.new_id(await db.execute(claim.insert().values(values)))
    for invoice_id in new.invoice_ids:
        await db.execute(claim_invoice.insert().values(claim_id=claim_id, invoice_id=invoice_id))
    return claim_id


async def get_claim(db: Database, claim_id: int, *, for_update: bool = False) -> Claim:
    query = rows.of(claim, Claim).where(claim.c.id == claim_id)
    return await rows.got(db, query.with_for_update() if for_update else query, Claim)


async def claimed_invoices(db: Database, claim_id: int) -> tuple[int, ...]:
    query = select(claim_invoice.c.invoice_id).where(claim_invoice.c.claim_id == claim_id)
    return tuple((await db.execute(query)).scalars())


async def waiting_claims(db: Database) -> tuple[Claim, ...]:
    query = rows.of(claim, Claim).where(claim.c.state.in_(CLAIM_HOLDING)).order_by(claim.c.id)
    return await rows.listed(db, query, Claim)


async def claims_of_payer(db: Database, payer_id: int) -> tuple[Claim, ...]:
    query = rows.of(claim, Claim).where(claim.c.payer_id == payer_id).order_by(claim.c.id)
    return await rows.listed(db, query, Claim)


async def invoices_not_found_before(db: Database, payer_id: int) -> frozenset[int]:
    """This function will name the invoices that were claimed paid before and not found by finance."""
    query = (
        select(claim_invoice.c.invoice_id)
        .join(claim, claim.c.id == claim_invoice.c.claim_id)
        .where(claim.c.payer_id == payer_id, claim.c.state == ClaimState.NOT_FOUND)
    )
    return frozenset((await db.execute(query)).scalars())


async def claim_of_outcome(db: Database, outcome_id: int) -> Claim | None:
    return await rows.found(db, rows.of(claim, Claim).where(claim.c.outcome_id == outcome_id), Claim)


async def change_claim(db: Database, claim_id: int, **values: Any) -> None:
    await db.execute(update(claim).where(claim.c.id == claim_id).values(**values))


async def withdraw_claims(db: Database, outcome_id: int, *, now: datetime) -> None:
    await db.execute(
        update(claim)
        .where(claim.c.outcome_id == outcome_id, claim.c.state == ClaimState.WAITING)
        .values(state=ClaimState.WITHDRAWN, closed_at=now)
    )
