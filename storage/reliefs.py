"""Wishes for relief and other credit terms, at rest. (sop 5; 002, 003)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from sop.credit import CreditKind
from sop.money import Money
from sop.relief import Relief, ReliefKind, ReliefState
from storage import rows
from storage.engine import Database
from storage.tables import allocation, credit_note, credit_share, customer, payment, relief, relief_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRelief:
    payer_id: int
    kind: ReliefKind
    invoice_ids: Sequence[int]
    asked_by_id: int
    outcome_id: int | None
    amount: Money | None = None
    term_days: int | None = None
    until_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """The credit term of one customer, and whose customer he is."""

    id: int
    name: str
    term_days: int | None
    sales_id: int | None


async def add(db: Database, new: NewRelief, *, now: datetime) -> int:
    values = {
        "payer_id": new.payer_id,
        "kind": new.kind,
        "state": ReliefState.REQUESTED,
        "amount": new.amount,
        "term_days": new.term_days,
        "until_on": new.until_on,
        "reason": new.reason,
        "asked_by_id": new.asked_by_id,
        "asked_at": now,
        "outcome_id": new.outcome_id,
    }
    relief_id = rows.new_id(await db.execute(relief.insert().values(values)))
    for invoice_id in new.invoice_ids:
        await db.execute(relief_invoice.insert().values(relief_id=relief_id, invoice_id=invoice_id))
    return relief_id


async def get(db: Database, relief_id: int) -> Relief:
    return await rows.got(db, rows.of(relief, Relief).where(relief.c.id == relief_id), Relief)


async def of_payer(db: Database, payer_id: int, *states: ReliefState) -> tuple[Relief, ...]:
    """This function will list a payer's wishes (in these states, or all), the oldest first."""
    query = rows.of(relief, Relief).where(relief.c.payer_id == payer_id).order_by(relief.c.id)
    return await rows.listed(db, query.where(relief.c.state.in_(states)) if states else query, Relief)


async def in_state(db: Database, state: ReliefState) -> tuple[Relief, ...]:
    query = rows.of(relief, Relief).where(relief.c.state == state).order_by(relief.c.id)
    return await rows.listed(db, query, Relief)


async def of_outcome(db: Database, outcome_id: int) -> tuple[Relief, ...]:
    return await rows.listed(db, rows.of(relief, Relief).where(relief.c.outcome_id == outcome_id), Relief)


async def change(db: Database, relief_id: int, **values: Any) -> None:
    await db.execute(update(relief).where(relief.c.id == relief_id).values(**values))


async def invoices_of(db: Database, relief_id: int) -> tuple[int, ...]:
    query = select(relief_invoice.c.invoice_id).where(relief_invoice.c.relief_id == relief_id)
    return tuple((await db.execute(query.order_by(relief_invoice.c.id))).scalars())


async def terms_of(db: Database, payer_id: int) -> tuple[Terms, ...]:
    """This function will list the credit terms of a payer's customers."""
    query = rows.of(customer, Terms).where(customer.c.payer_id == payer_id).order_by(customer.c.id)
    return await rows.listed(db, query, Terms)


async def set_terms(db: Database, payer_id: int, days: int) -> None:
    """This function will set the credit term of a payer's customers for invoices to come; due dates stay."""
    await db.execute(update(customer).where(customer.c.payer_id == payer_id).values(term_days=days))


async def credited(db: Database, one: Relief) -> Money:
    """This function will sum what was let off on a wish's invoices since it was asked and stands."""
    query = (
        select(rows.sum_of(credit_share.c.amount))
        .join(credit_note, credit_note.c.id == credit_share.c.credit_note_id)
        .join(relief_invoice, relief_invoice.c.invoice_id == credit_share.c.invoice_id)
        .where(
            relief_invoice.c.relief_id == one.id,
            credit_note.c.kind == CreditKind.RELIEF,
            credit_note.c.captured_at >= one.asked_at,
            credit_note.c.reversed_at.is_(None),
        )
    )
    return await rows.one_sum(db, query)


async def received(db: Database, one: Relief, *, after: date | None = None) -> Money:
    """This function will sum what was paid on a wish's invoices since it was asked; `after`: only later than a day."""
    query = (
        select(rows.sum_of(allocation.c.amount))
        .join(payment, payment.c.id == allocation.c.payment_id)
        .join(relief_invoice, relief_invoice.c.invoice_id == allocation.c.invoice_id)
        .where(
            relief_invoice.c.relief_id == one.id,
            payment.c.captured_at >= one.asked_at,
            payment.c.reversed_at.is_(None),
        )
    )
    return await rows.one_sum(db, query if after is None else query.where(payment.c.paid_on > after))
