"""Money that stands on no invoice yet: asked about (`Untuk faktur mana?`), or kept as the payer's credit. (6, 8)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, update

from sop.hold import HoldKind
from sop.money import Money
from sop.placing import Unplaced
from storage import invoices, rows
from storage.engine import Database, NotFound
from storage.tables import allocation, hold, invoice, payment


async def get(db: Database, payment_id: int, *, for_update: bool = False) -> Unplaced:
    """This function will load a standing payment and its rest, which may be nothing; raises NotFound."""
    if for_update:
        await db.execute(select(payment.c.id).where(payment.c.id == payment_id).with_for_update())
    found = await _listed(db, _standing().where(payment.c.id == payment_id))
    if not found:
        raise NotFound("payment")
    return found[0]


async def of_payer(db: Database, payer_id: int) -> tuple[Unplaced, ...]:
    """This function will list a payer's standing payments that are not placed entirely, the oldest first."""
    found = await _listed(db, _standing().where(payment.c.payer_id == payer_id))
    return tuple(one for one in found if one.rest)


async def credit_of(db: Database, payer_id: int) -> Money:
    """This function will give the payer's unapplied credit; money that is still asked about is none yet."""
    return Money.total(one.rest for one in await of_payer(db, payer_id) if not one.is_asked)


async def asked(db: Database) -> tuple[Unplaced, ...]:
    """This function will list the payments of which finance has not said what they pay, the oldest first."""
    return await _listed(db, _standing().where(payment.c.asked_at.is_not(None), payment.c.answered_at.is_(None)))


async def payers_with_credit(db: Database) -> tuple[int, ...]:
    """This function will name the payers who have credit and owe something."""
    owes = select(invoice.c.id).where(invoice.c.payer_id == hold.c.payer_id, invoice.c.balance > 0).exists()
    query = select(hold.c.payer_id).where(hold.c.kind == HoldKind.CREDIT, hold.c.ended_at.is_(None), owes).distinct()
    return tuple((await db.execute(query.order_by(hold.c.payer_id))).scalars())


async def place(db: Database, payment_id: int, shares: Mapping[int, Money]) -> None:
    """This function will put what is left of a payment on invoices; the caller has checked that it fits."""
    for invoice_id, amount in shares.items():
        await db.execute(allocation.insert().values(payment_id=payment_id, invoice_id=invoice_id, amount=amount))
        await invoices.reduce_balance(db, invoice_id, amount)


async def shares_of(db: Database, payment_id: int) -> dict[int, Money]:
    """This function will say how much of a payment stands on which invoice."""
    query = select(allocation.c.invoice_id, allocation.c.amount).where(allocation.c.payment_id == payment_id)
    shares: dict[int, Money] = {}
    for row in (await db.execute(query.order_by(allocation.c.id))).all():
        shares[row.invoice_id] = shares.get(row.invoice_id, Money.ZERO) + row.amount
    return shares


async def ask(db: Database, payment_id: int, *, chosen: Sequence[int], now: datetime) -> None:
    await _change(db, payment_id, asked_at=now, chosen=list(chosen))


async def choose(db: Database, payment_id: int, chosen: Sequence[int]) -> None:
    """This function will keep which invoices are ticked so far."""
    await _change(db, payment_id, chosen=list(chosen))


async def answer(db: Database, payment_id: int, *, now: datetime) -> None:
    await _change(db, payment_id, answered_at=now, chosen=None)


async def note_told(db: Database, payment_id: int, *, on: date) -> None:
    await _change(db, payment_id, told_on=on)


async def _change(db: Database, payment_id: int, **values: Any) -> None:
    await db.execute(update(payment).where(payment.c.id == payment_id).values(values))


def _standing() -> Select[Any]:
    placed = select(rows.sum_of(allocation.c.amount)).where(allocation.c.payment_id == payment.c.id)
    names = ("id", "payer_id", "amount", "paid_on", "asked_at", "answered_at", "told_on", "chosen")
    query = select(*(payment.c[name] for name in names), func.coalesce(placed.scalar_subquery(), 0).label("placed"))
    return query.where(payment.c.reversed_at.is_(None)).order_by(payment.c.paid_on, payment.c.id)


async def _listed(db: Database, query: Select[Any]) -> tuple[Unplaced, ...]:
    found = []
    for row in (await db.execute(query)).all():
        values = dict(row._mapping)
        rest = values["amount"] - Money(int(values.pop("placed")))
        chosen = None if values["chosen"] is None else tuple(values["chosen"])
        found.append(Unplaced(**values | {"rest": rest, "chosen": chosen}))
    return tuple(found)
