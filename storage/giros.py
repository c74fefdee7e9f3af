"""Giros at rest, with the invoices they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update

from sop.giro import HOLDING, Giro, GiroState
from sop.money import Money
from storage import rows
from storage.engine import Database, NotFound
from storage.tables import giro, giro_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewGiro:
    """A giro that was just taken; `shares` by invoice add up to `amount`."""

    payer_id: int
    amount: Money
    number: str
    bank: str
    effective_on: date
    taken_by_id: int
    shares: Mapping[int, Money]
    photo_id: int | None
    outcome_id: int | None


async def add(db: Database, new: NewGiro, *, now: datetime) -> int:
    """This function will keep a giro."""
    values = {
        "payer_id": new.payer_id,
        "amount": new.amount,
        "number": new.number,
        "bank": new.bank,
        "effective_on": new.effective_on,
        "state": GiroState.HELD,
        "photo_id": new.photo_id,
        "taken_by_id": new.taken_by_id,
        "taken_at": now,
        "outcome_id": new.outcome_id,
    }
    giro_id = rows.new_id(await db.execute(giro.insert().values(values)))
    for invoice_id, amount in new.shares.items():
        await db.execute(giro_invoice.insert().values(giro_id=giro_id, invoice_id=invoice_id, amount=amount))
    return giro_id


async def is_held(db: Database, number: str, bank: str) -> bool:
    """This function will say whether a giro of this number and bank is held, or has cleared."""
    standing = giro.c.state.in_((GiroState.HELD, GiroState.CLEARED))
    query = select(giro.c.id).where(giro.c.number == number, giro.c.bank == bank, standing)
    return (await db.execute(query.limit(1))).first() is not None


async def get(db: Database, giro_id: int, *, for_update: bool = False) -> Giro:
    query = _all().where(giro.c.id == giro_id)
    found = await _loaded(db, query.with_for_update() if for_update else query)
    if not found:
        raise NotFound("giro")
    return found[0]


async def waiting(db: Database) -> tuple[Giro, ...]:
    """This function will list all giros nobody has answered yet, the oldest first."""
    return await _loaded(db, _all().where(giro.c.state.in_(HOLDING)))


async def waiting_of_payer(db: Database, payer_id: int) -> tuple[Giro, ...]:
    return await _loaded(db, _all().where(giro.c.payer_id == payer_id, giro.c.state.in_(HOLDING)))


async def of_outcome(db: Database, outcome_id: int) -> tuple[Giro, ...]:
    return await _loaded(db, _all().where(giro.c.outcome_id == outcome_id))


async def change(db: Database, giro_id: int, **values: Any) -> None:
    """This function will write fields of a giro."""
    await db.execute(update(giro).where(giro.c.id == giro_id).values(**values))


def _all() -> Select[Any]:
    return rows.of(giro, Giro).order_by(giro.c.id)


async def _loaded(db: Database, query: Select[Any]) -> tuple[Giro, ...]:
    found = (await db.execute(query)).all()
    shares = await _shares(db, [row.id for row in found])
    return tuple(rows.record(Giro, row, shares=shares.get(row.id, {})) for row in found)


async def _shares(db: Database, giro_ids: Sequence[int]) -> dict[int, dict[int, Money]]:
    if not giro_ids:
        return {}
    table = giro_invoice
    query = select(table).where(table.c.giro_id.in_(list(giro_ids))).order_by(table.c.id)
    shares: dict[int, dict[int, Money]] = {}
    for row in (await db.execute(query)).all():
        shares.setdefault(row.giro_id, {})[row.invoice_id] = row.amount
    return shares
