"""Deductions at rest: parts kept back for tax, and the documents that explain them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from sop.deductions import Deduction, DeductionState, KeptBack
from sop.money import Money
from storage import rows
from storage.engine import Database
from storage.tables import deduction, invoice, payment


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDeduction:
    """A part of an invoice that a payment left out and that fits a deduction; `kind` none: several fit."""

    payer_id: int
    invoice_id: int
    payment_id: int
    kind: Deduction | None
    amount: Money


async def add(db: Database, new: NewDeduction, *, now: datetime) -> int:
    """This function will write down that a part was kept back and its document is asked for; gives its number."""
    values = {name: getattr(new, name) for name in NewDeduction.__dataclass_fields__}
    values |= {"state": DeductionState.ASKED, "asked_at": now}
    return rows.new_id(await db.execute(deduction.insert().values(values)))


async def get(db: Database, deduction_id: int, *, for_update: bool = False) -> KeptBack:
    """This function will load a deduction; raises NotFound."""
    query = rows.of(deduction, KeptBack).where(deduction.c.id == deduction_id)
    return await rows.got(db, query.with_for_update() if for_update else query, KeptBack)


async def of_payer(db: Database, payer_id: int, *states: DeductionState) -> tuple[KeptBack, ...]:
    query = rows.of(deduction, KeptBack).where(deduction.c.payer_id == payer_id).order_by(deduction.c.id)
    return await rows.listed(db, query.where(deduction.c.state.in_(states)) if states else query, KeptBack)


async def of_payment(db: Database, payment_id: int) -> tuple[KeptBack, ...]:
    query = rows.of(deduction, KeptBack).where(deduction.c.payment_id == payment_id).order_by(deduction.c.id)
    return await rows.listed(db, query, KeptBack)


async def was_asked(db: Database, invoice_id: int) -> bool:
    """This function will say whether an invoice's rest was asked about before, by a payment that still stands."""
    query = (
        select(deduction.c.id)
        .join(payment, payment.c.id == deduction.c.payment_id)
        .where(deduction.c.invoice_id == invoice_id, payment.c.reversed_at.is_(None))
    )
    return (await db.execute(query.limit(1))).first() is not None


async def settled(db: Database, payer_id: int) -> tuple[KeptBack, ...]:
    """This function will list the open questions whose invoice is paid by now: they explain nothing any more."""
    query = (
        rows.of(deduction, KeptBack)
        .join(invoice, invoice.c.id == deduction.c.invoice_id)
        .where(deduction.c.payer_id == payer_id, deduction.c.state == DeductionState.ASKED, invoice.c.balance <= 0)
    )
    return await rows.listed(db, query, KeptBack)


async def change(db: Database, deduction_id: int, **values: Any) -> None:
    await db.execute(update(deduction).where(deduction.c.id == deduction_id).values(**values))
