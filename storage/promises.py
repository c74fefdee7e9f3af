"""Promises at rest, with the invoices they cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update

from sop.money import Money
from sop.people import CONFIRMERS, Person
from sop.promise import Promise, PromiseState
from storage import absences, rows
from storage.engine import Database, NotFound
from storage.tables import customer, promise, promise_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPromise:
    """A promise to be recorded; `shares` says how much of it is for which invoice."""

    payer_id: int
    amount: Money
    promised_on: date
    reason: str | None
    taken_by_id: int | None
    approved: bool
    outcome_id: int | None
    shares: Mapping[int, Money]


async def add(db: Database, new: NewPromise, *, now: datetime) -> Promise:
    values = {
        "payer_id": new.payer_id,
        "amount": new.amount,
        "promised_on": new.promised_on,
        "state": PromiseState.OPEN,
        "reason": new.reason,
        "received": Money.ZERO,
        "taken_by_id": new.taken_by_id,
        "taken_at": now,
        "approved": new.approved,
        "outcome_id": new.outcome_id,
    }
    promise_id = rows.new_id(await db.execute(promise.insert().values(values)))
    for invoice_id, amount in new.shares.items():
        await db.execute(promise_invoice.insert().values(promise_id=promise_id, invoice_id=invoice_id, amount=amount))
    return await get(db, promise_id)


async def get(db: Database, promise_id: int) -> Promise:
    found = await _loaded(db, _all().where(promise.c.id == promise_id))
    if not found:
        raise NotFound("promise")
    return found[0]


async def of_payer(db: Database, payer_id: int, *states: PromiseState) -> tuple[Promise, ...]:
    """This function will list a payer's promises (in these states, or all), the oldest first."""
    query = _all().where(promise.c.payer_id == payer_id)
    return await _loaded(db, query.where(promise.c.state.in_(states)) if states else query)


async def of_payers(db: Database, payer_ids: Sequence[int]) -> tuple[Promise, ...]:
    return await _loaded(db, _all().where(promise.c.payer_id.in_(list(payer_ids))))


async def in_state(db: Database, state: PromiseState) -> tuple[Promise, ...]:
    return await _loaded(db, _all().where(promise.c.state == state))


async def open_up_to(db: Database, last_on: date) -> tuple[Promise, ...]:
    """This function will list the open promises whose day is not after `last_on`, the earliest first."""
    query = _all().where(promise.c.state == PromiseState.OPEN, promise.c.promised_on <= last_on)
    return await _loaded(db, query.order_by(None).order_by(promise.c.promised_on, promise.c.id))


async def of_outcome(db: Database, outcome_id: int) -> tuple[Promise, ...]:
    return await _loaded(db, _all().where(promise.c.outcome_id == outcome_id))


async def closed_on(db: Database, on: date) -> tuple[Promise, ...]:
    return await _loaded(db, _all().where(promise.c.closed_on == on))


async def open_for(db: Database, actor: Person, *, most: int = 20) -> tuple[Promise, ...]:
    """This function will list the open promises a person may see, the earliest first."""
    query = _all().where(promise.c.state == PromiseState.OPEN)
    if actor.role not in CONFIRMERS:
        owners = await absences.owners_worked_by(db, actor.id)
        his = select(customer.c.payer_id).where(customer.c.collector_id.in_(owners))
        query = query.where(promise.c.payer_id.in_(his))
    return await _loaded(db, query.order_by(None).order_by(promise.c.promised_on, promise.c.id).limit(most))


async def change(db: Database, promise_id: int, **values: Any) -> None:
    await db.execute(update(promise).where(promise.c.id == promise_id).values(**values))


def _all() -> Select[Any]:
    return rows.of(promise, Promise).order_by(promise.c.id)


async def _loaded(db: Database, query: Select[Any]) -> tuple[Promise, ...]:
    found = (await db.execute(query)).all()
    ids = [row.id for row in found]
    covered: dict[int, set[int]] = {}
    if ids:
        links = select(promise_invoice.c.promise_id, promise_invoice.c.invoice_id)
        for promise_id, invoice_id in (await db.execute(links.where(promise_invoice.c.promise_id.in_(ids)))).all():
            covered.setdefault(promise_id, set()).add(invoice_id)
    return tuple(rows.record(Promise, row, invoice_ids=frozenset(covered.get(row.id, ()))) for row in found)
