"""What customers asked for, at rest: more time, and instalments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from sop.extension import Extension, ExtensionState
from storage import rows
from storage.engine import Database
from storage.tables import extension, extension_invoice, plan_request


@dataclass(frozen=True, kw_only=True, slots=True)
class NewExtension:
    payer_id: int
    until_on: date
    reason: str | None
    state: ExtensionState
    asked_by_id: int | None
    outcome_id: int | None
    invoice_ids: Sequence[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlanRequest:
    payer_id: int
    proposal: str
    asked_by_id: int
    outcome_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRequest:
    """Instalments as the customer proposed them, in his words."""

    id: int
    payer_id: int
    proposal: str


async def add_extension(db: Database, new: NewExtension, *, now: datetime) -> int:
    values = {
        "payer_id": new.payer_id,
        "until_on": new.until_on,
        "reason": new.reason,
        "state": new.state,
        "asked_by_id": new.asked_by_id,
        "asked_at": now,
        "outcome_id": new.outcome_id,
    }
    extension_id = rows.new_id(await db.execute(extension.insert().values(values)))
    for invoice_id in new.invoice_ids:
        await db.execute(extension_invoice.insert().values(extension_id=extension_id, invoice_id=invoice_id))
    return extension_id


async def extension_of(db: Database, extension_id: int) -> Extension:
    return await rows.got(db, rows.of(extension, Extension).where(extension.c.id == extension_id), Extension)


async def extended_invoices(db: Database, extension_id: int) -> tuple[int, ...]:
    query = select(extension_invoice.c.invoice_id).where(extension_invoice.c.extension_id == extension_id)
    return tuple((await db.execute(query)).scalars())


async def extensions_of_payer(db: Database, payer_id: int) -> tuple[Extension, ...]:
    query = rows.of(extension, Extension).where(extension.c.payer_id == payer_id).order_by(extension.c.id)
    return await rows.listed(db, query, Extension)


async def change_extension(db: Database, extension_id: int, **values: Any) -> None:
    await db.execute(update(extension).where(extension.c.id == extension_id).values(**values))


async def withdraw_extensions(db: Database, outcome_id: int) -> None:
    await db.execute(
        update(extension).where(extension.c.outcome_id == outcome_id).values(state=ExtensionState.WITHDRAWN)
    )


async def extensions_of_outcome(db: Database, outcome_id: int) -> tuple[Extension, ...]:
    return await rows.listed(db, rows.of(extension, Extension).where(extension.c.outcome_id == outcome_id), Extension)


async def add_plan_request(db: Database, new: NewPlanRequest, *, now: datetime) -> int:
    values = {
        "payer_id": new.payer_id,
        "proposal": new.proposal,
        "asked_by_id": new.asked_by_id,
        "outcome_id": new.outcome_id,
        "asked_at": now,
    }
    return rows.new_id(await db.execute(plan_request.insert().values(values)))


async def plan_request_of(db: Database, plan_request_id: int) -> PlanRequest:
    query = rows.of(plan_request, PlanRequest).where(plan_request.c.id == plan_request_id)
    return await rows.got(db, query, PlanRequest)
