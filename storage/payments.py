"""Payments and where they went, at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update

from sop.follow_up import StepState
from sop.money import Money
from sop.payment import Payment, PaymentSource
from storage import invoices, rows
from storage.engine import Database
from storage.tables import allocation, invoice, invoice_step, payer, payment


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPayment:
    payer_id: int
    amount: Money
    paid_on: date
    source: PaymentSource
    reference: str | None = None
    posted_by_id: int | None = None
    captured_at: datetime | None = None  # none: now; cash counts from the moment it was taken (4)


async def lock(db: Database, payer_id: int) -> None:
    """This function will make others who post or decide about this payer wait until this transaction ends."""
    await db.execute(select(payer.c.id).where(payer.c.id == payer_id).with_for_update())


async def post(db: Database, new: NewPayment, shares: Mapping[int, Money], *, now: datetime) -> int | None:
    """This function will book a payment and its shares by invoice id; none when its reference was booked before."""
    values = {
        "payer_id": new.payer_id,
        "amount": new.amount,
        "paid_on": new.paid_on,
        "captured_at": new.captured_at or now,
        "source": new.source,
        "reference": new.reference,
        "posted_by_id": new.posted_by_id,
    }
    payment_id = await rows.add_new(db, payment, values)
    if payment_id is None:
        return None
    for invoice_id, amount in shares.items():
        await db.execute(allocation.insert().values(payment_id=payment_id, invoice_id=invoice_id, amount=amount))
        await invoices.reduce_balance(db, invoice_id, amount)
    return payment_id


async def get(db: Database, payment_id: int) -> Payment:
    """This function will load a payment, a reversed one too; raises NotFound."""
    return await rows.got(db, rows.of(payment, Payment).where(payment.c.id == payment_id), Payment)


async def latest(db: Database, *, most: int, payer_id: int | None = None) -> tuple[Payment, ...]:
    """This function will list the payments posted last, of one payer or of all, the newest first."""
    query = rows.of(payment, Payment).order_by(payment.c.id.desc()).limit(most)
    return await rows.listed(db, query if payer_id is None else query.where(payment.c.payer_id == payer_id), Payment)


async def reverse(db: Database, payment_id: int, *, by_id: int, reason: str, now: datetime) -> dict[int, Money] | None:
    """This function will take a payment back and give what it had paid by invoice; none when it was reversed before.

    Its allocations stay on record; nothing counts them any more. Its reference may be posted again.
    """
    standing = (payment.c.id == payment_id, payment.c.reversed_at.is_(None))
    values = {"reversed_at": now, "reversed_by_id": by_id, "reversal_reason": reason}
    if (await db.execute(update(payment).where(*standing).values(values))).rowcount == 0:
        return None
    query = select(allocation.c.invoice_id, allocation.c.amount).where(allocation.c.payment_id == payment_id)
    shares: dict[int, Money] = {}
    for row in (await db.execute(query)).all():
        await invoices.reduce_balance(db, row.invoice_id, -row.amount)
        shares[row.invoice_id] = shares.get(row.invoice_id, Money.ZERO) + row.amount
    return shares


async def received_on(db: Database, invoice_ids: list[int], *, since: datetime) -> Money:
    """This function will sum what was captured on these invoices since an instant, reversals left out."""
    query = (
        select(rows.sum_of(allocation.c.amount))
        .join(payment, payment.c.id == allocation.c.payment_id)
        .where(
            allocation.c.invoice_id.in_(invoice_ids),
            payment.c.captured_at >= since,
            payment.c.reversed_at.is_(None),
        )
    )
    return await rows.one_sum(db, query)


async def of_payer(db: Database, payer_id: int) -> tuple[Payment, ...]:
    query = rows.of(payment, Payment).where(payment.c.payer_id == payer_id).order_by(payment.c.id)
    return await rows.listed(db, query, Payment)


async def unapplied(db: Database, payer_id: int) -> Money:
    """This function will give the payer's money that stands on no invoice yet."""
    taken = select(rows.sum_of(payment.c.amount)).where(payment.c.payer_id == payer_id, payment.c.reversed_at.is_(None))
    placed = (
        select(rows.sum_of(allocation.c.amount))
        .join(payment, payment.c.id == allocation.c.payment_id)
        .where(payment.c.payer_id == payer_id, payment.c.reversed_at.is_(None))
    )
    return await rows.one_sum(db, taken) - await rows.one_sum(db, placed)


async def hold_steps(db: Database, payer_id: int, *, reason: str) -> int:
    """This function will close the steps that are still due of a payer's paid invoices: held, with the reason (2)."""
    paid = select(invoice.c.id).where(invoice.c.payer_id == payer_id, invoice.c.balance <= Money.ZERO)
    held = await db.execute(
        update(invoice_step)
        .where(invoice_step.c.invoice_id.in_(paid), invoice_step.c.state == StepState.DUE)
        .values(state=StepState.HELD, reason=reason)
    )
    return int(held.rowcount)
