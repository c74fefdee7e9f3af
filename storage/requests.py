"""What customers asked for, at rest: more time, and how often it was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update

from sop.authority import Given
from sop.extension import GIVEN, Extension, ExtensionState
from storage import rows
from storage.engine import Database
from storage.tables import extension, extension_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewExtension:
    payer_id: int
    until_on: date
    reason: str | None
    state: ExtensionState
    asked_by_id: int | None
    outcome_id: int | None
    invoice_ids: Sequence[int]


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


async def requested_extensions(db: Database) -> tuple[Extension, ...]:
    """This function will list the requests for more time that nobody has answered."""
    query = rows.of(extension, Extension).where(extension.c.state == ExtensionState.REQUESTED)
    return await rows.listed(db, query.order_by(extension.c.id), Extension)


async def elapsed_extensions(db: Database, *, before: date) -> tuple[Extension, ...]:
    """This function will list the granted extensions whose last day lies before a day."""
    query = rows.of(extension, Extension).where(
        extension.c.state == ExtensionState.GRANTED, extension.c.until_on < before
    )
    return await rows.listed(db, query.order_by(extension.c.id), Extension)


async def given(db: Database, payer_id: int, invoice_ids: Sequence[int], *, since: datetime) -> Given:
    """This function will count the time given before: the most often to one of these invoices ever, and to the payer
    since an instant."""
    granted = extension.c.state.in_(GIVEN)
    to_payer = select(func.count()).where(extension.c.payer_id == payer_id, granted, extension.c.asked_at >= since)
    to_invoice = (
        select(func.count().label("times"))
        .select_from(extension_invoice.join(extension, extension.c.id == extension_invoice.c.extension_id))
        .where(extension_invoice.c.invoice_id.in_(list(invoice_ids)), granted)
        .group_by(extension_invoice.c.invoice_id)
        .order_by(func.count().desc())
        .limit(1)
    )
    most = (await db.execute(to_invoice)).scalar_one_or_none() or 0
    return Given(to_invoice=int(most), to_payer=int((await db.execute(to_payer)).scalar_one()))
