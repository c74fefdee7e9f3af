"""Money that came in, as promises count it: by invoice, by day, and when we learned of it. (4)"""

from __future__ import annotations

from sqlalchemy import select

from sop.money import Money
from sop.promise import Receipt
from storage.engine import Database
from storage.tables import allocation, payment


async def of_payer(db: Database, payer_id: int) -> tuple[Receipt, ...]:
    """This function will list a payer's money: one receipt an invoice it paid, one for what stands on none yet.

    A reversed payment is left out: that un-fills the promises it had filled.
    """
    taken = select(payment.c.id, payment.c.amount, payment.c.paid_on, payment.c.captured_at).where(
        payment.c.payer_id == payer_id, payment.c.reversed_at.is_(None)
    )
    found: list[Receipt] = []
    placed = await _placed(db, payer_id)
    for one in (await db.execute(taken.order_by(payment.c.id))).all():
        seen = {"id": one.id, "received_on": one.paid_on, "captured_at": one.captured_at}
        parts = placed.get(one.id, [])
        found += [Receipt(amount=amount, invoice_id=invoice_id, **seen) for invoice_id, amount in parts]
        rest = one.amount - Money.total(amount for _, amount in parts)
        found += [Receipt(amount=rest, invoice_id=None, **seen)] if rest > Money.ZERO else []
    return tuple(found)


async def _placed(db: Database, payer_id: int) -> dict[int, list[tuple[int, Money]]]:
    query = (
        select(allocation.c.payment_id, allocation.c.invoice_id, allocation.c.amount)
        .join(payment, payment.c.id == allocation.c.payment_id)
        .where(payment.c.payer_id == payer_id, payment.c.reversed_at.is_(None))
        .order_by(allocation.c.id)
    )
    parts: dict[int, list[tuple[int, Money]]] = {}
    for payment_id, invoice_id, amount in (await db.execute(query)).all():
        parts.setdefault(payment_id, []).append((invoice_id, amount))
    return parts
