"""Puts a ledger into the database for a journey, as an import would have left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Table

from sop.money import Money
from sop.people import ConsentState, ContactState
from storage import Database
from storage.tables import contact_person, customer, invoice, payer

LONG_AGO = timedelta(days=120)
"""An invoice counts as listed this long before it falls due, unless a test says otherwise: no step is passed over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Debtor:
    """A customer as the books hold him."""

    id: int
    payer_id: int
    contact_id: int
    name: str
    phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDebtor:
    name: str
    phone: str
    zone: str | None
    consent: bool | None
    collector_id: int | None
    with_payer: int | None
    more: dict[str, Any]


async def add_debtor(db: Database, new: NewDebtor) -> Debtor:
    """A customer with one contact person, under a payer of his own unless `with_payer` names one."""
    payer_id = new.with_payer
    if payer_id is None:
        payer_id = await _added(db, payer, name=new.name, zone=new.zone)
    customer_id = await _added(
        db,
        customer,
        payer_id=payer_id,
        name=new.name,
        zone=new.zone,
        collector_id=new.collector_id,
        **new.more,
    )
    consent = {True: ConsentState.GIVEN, False: ConsentState.WITHDRAWN, None: ConsentState.UNKNOWN}[new.consent]
    contact_id = await _added(
        db,
        contact_person,
        customer_id=customer_id,
        address=new.phone,
        on_whatsapp=True,
        state=ContactState.LISTED,
        consent=consent,
    )
    return Debtor(id=customer_id, payer_id=payer_id, contact_id=contact_id, name=new.name, phone=new.phone)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewInvoice:
    number: str
    due_on: date
    amount: int
    listed_on: date | None


async def add_invoice(db: Database, debtor: Debtor, new: NewInvoice) -> int:
    """An unpaid invoice; `amount` in whole rupiah."""
    amount = Money.rupiah(new.amount)
    return await _added(
        db,
        invoice,
        customer_id=debtor.id,
        payer_id=debtor.payer_id,
        number=new.number,
        issued_on=new.due_on - timedelta(days=30),
        due_on=new.due_on,
        amount=amount,
        paid=Money.ZERO,
        credited=Money.ZERO,
        balance=amount,
        listed_on=new.listed_on or new.due_on - LONG_AGO,
    )


async def _added(db: Database, table: Table, **values: Any) -> int:
    added: Any = await db.execute(table.insert().values(values))
    return int(added.inserted_primary_key[0])
