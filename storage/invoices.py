"""Invoices at rest; the only place that changes a balance."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from sop.ledger import Invoice
from sop.money import Money
from storage import absences, rows
from storage.engine import Database
from storage.tables import customer, follow_up, invoice


async def open_of(db: Database, payer_id: int) -> tuple[Invoice, ...]:
    """This function will list the payer's invoices with a balance, the oldest due first."""
    query = (
        rows.of(invoice, Invoice)
        .where(invoice.c.payer_id == payer_id, invoice.c.balance > 0)
        .order_by(invoice.c.due_on, invoice.c.id)
    )
    return await rows.listed(db, query, Invoice)


async def open_of_many(db: Database, payer_ids: Sequence[int]) -> tuple[Invoice, ...]:
    query = (
        rows.of(invoice, Invoice)
        .where(invoice.c.payer_id.in_(list(payer_ids)), invoice.c.balance > 0)
        .order_by(invoice.c.due_on, invoice.c.id)
    )
    return await rows.listed(db, query, Invoice)


async def listed(db: Database, invoice_ids: Sequence[int]) -> tuple[Invoice, ...]:
    query = rows.of(invoice, Invoice).where(invoice.c.id.in_(list(invoice_ids))).order_by(invoice.c.due_on)
    return await rows.listed(db, query, Invoice)


async def every_open(db: Database) -> tuple[Invoice, ...]:
    """This function will list all open invoices: for the rare question whose number stands in a file's name."""
    return await rows.listed(db, rows.of(invoice, Invoice).where(invoice.c.balance > 0), Invoice)


async def find_by_number(db: Database, number: str) -> Invoice | None:
    query = rows.of(invoice, Invoice).where(func.lower(invoice.c.number) == number.strip().casefold())
    return await rows.found(db, query, Invoice)


async def numbers_like(db: Database, number: str, *, most: int = 3) -> tuple[str, ...]:
    """This function will name open invoices whose number holds what was typed."""
    holds_it = func.lower(invoice.c.number).contains(number.strip().casefold(), autoescape=True)
    query = select(invoice.c.number).where(holds_it, invoice.c.balance > 0).order_by(invoice.c.number).limit(most)
    return tuple((await db.execute(query)).scalars())


async def reduce_balance(db: Database, invoice_id: int, amount: Money) -> None:
    """This function will book paid money on an invoice; a negative amount takes it back (a reversal)."""
    await db.execute(
        update(invoice)
        .where(invoice.c.id == invoice_id)
        .values(paid=invoice.c.paid + amount.sen, balance=invoice.c.balance - amount.sen)
    )


async def credit(db: Database, invoice_id: int, amount: Money) -> None:
    """This function will book a credit note's share on an invoice; a negative amount takes it back."""
    await db.execute(
        update(invoice)
        .where(invoice.c.id == invoice_id)
        .values(credited=invoice.c.credited + amount.sen, balance=invoice.c.balance - amount.sen)
    )


async def collectors_of(db: Database, payer_id: int) -> tuple[int, ...]:
    """This function will name who works a payer's customers now; mostly one. Whoever is away is named by his cover.

    Where nobody covers him, it is whoever took the payer's newest card from the pool; else nobody.
    """
    query = (
        select(customer.c.collector_id)
        .where(customer.c.payer_id == payer_id, customer.c.collector_id.is_not(None))
        .distinct()
    )
    owners = (await db.execute(query)).scalars().all()
    if not owners:
        return ()
    instead = await absences.acting(db)
    workers = dict.fromkeys(instead.get(owner, owner) for owner in owners)
    present = tuple(one for one in workers if one is not None)
    return present or tuple(one for one in await _taker_of(db, payer_id) if one not in instead)


async def _taker_of(db: Database, payer_id: int) -> tuple[int, ...]:
    newest = select(follow_up.c.collector_id).where(follow_up.c.payer_id == payer_id).order_by(follow_up.c.id.desc())
    taker = (await db.execute(newest.limit(1))).scalar_one_or_none()
    return () if taker is None else (taker,)
