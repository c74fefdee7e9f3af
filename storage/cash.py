"""Cash receipts at rest, with the invoices the cash was taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from sop.cash import HOLDING, CashReceipt, CashState
from sop.money import Money
from storage import rows
from storage.engine import Database, NotFound
from storage.tables import cash_receipt, cash_receipt_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCash:
    """Cash that was just taken; `shares` by invoice add up to `amount`."""

    payer_id: int
    amount: Money
    number: str
    taken_by_id: int
    shares: Mapping[int, Money]
    photo_id: int | None
    outcome_id: int | None


async def add(db: Database, new: NewCash, *, now: datetime) -> int | None:
    """This function will keep a receipt; none when its number stands on other cash."""
    values = {
        "payer_id": new.payer_id,
        "amount": new.amount,
        "number": new.number,
        "state": CashState.IN_HAND,
        "photo_id": new.photo_id,
        "taken_by_id": new.taken_by_id,
        "taken_at": now,
        "outcome_id": new.outcome_id,
    }
    cash_id = await rows.add_new(db, cash_receipt, values)
    if cash_id is not None:
        for invoice_id, amount in new.shares.items():
            share = {"cash_receipt_id": cash_id, "invoice_id": invoice_id, "amount": amount}
            await db.execute(cash_receipt_invoice.insert().values(share))
    return cash_id


async def is_number_taken(db: Database, number: str) -> bool:
    """This function will say whether a receipt number stands on cash that was not undone."""
    query = select(cash_receipt.c.id).where(
        cash_receipt.c.number == number, cash_receipt.c.state != CashState.WITHDRAWN
    )
    return (await db.execute(query.limit(1))).first() is not None


async def get(db: Database, cash_id: int, *, for_update: bool = False) -> CashReceipt:
    query = _all().where(cash_receipt.c.id == cash_id)
    found = await _loaded(db, query.with_for_update() if for_update else query)
    if not found:
        raise NotFound("cash")
    return found[0]


async def waiting(db: Database) -> tuple[CashReceipt, ...]:
    """This function will list all cash that finance does not have yet, the oldest first."""
    return await _loaded(db, _all().where(cash_receipt.c.state.in_(HOLDING)))


async def in_hand_of(db: Database, person_id: int) -> tuple[CashReceipt, ...]:
    """This function will list the cash one person has not deposited yet, the oldest first."""
    return await _loaded(db, _all().where(cash_receipt.c.taken_by_id == person_id, cash_receipt.c.state.in_(HOLDING)))


async def waiting_of_payer(db: Database, payer_id: int) -> tuple[CashReceipt, ...]:
    return await _loaded(db, _all().where(cash_receipt.c.payer_id == payer_id, cash_receipt.c.state.in_(HOLDING)))


async def of_outcome(db: Database, outcome_id: int) -> tuple[CashReceipt, ...]:
    return await _loaded(db, _all().where(cash_receipt.c.outcome_id == outcome_id))


async def change(db: Database, cash_id: int, **values: Any) -> None:
    """This function will write fields of a receipt."""
    await db.execute(update(cash_receipt).where(cash_receipt.c.id == cash_id).values(**values))


def _all() -> Select[Any]:
    return rows.of(cash_receipt, CashReceipt).order_by(cash_receipt.c.id)


async def _loaded(db: Database, query: Select[Any]) -> tuple[CashReceipt, ...]:
    found = (await db.execute(query)).all()
    shares = await _shares(db, [row.id for row in found])
    return tuple(rows.record(CashReceipt, row, shares=shares.get(row.id, {})) for row in found)


async def _shares(db: Database, cash_ids: Sequence[int]) -> dict[int, dict[int, Money]]:
    if not cash_ids:
        return {}
    table = cash_receipt_invoice
    query = select(table).where(table.c.cash_receipt_id.in_(list(cash_ids))).order_by(table.c.id)
    shares: dict[int, dict[int, Money]] = {}
    for row in (await db.execute(query)).all():
        shares.setdefault(row.cash_receipt_id, {})[row.invoice_id] = row.amount
    return shares
