"""Sales people at rest: whose customers are whose, which are late, and what was said to help (section 2; 004)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from sop.listing import plain_name
from sop.people import Person, PersonState
from sop.sales_help import SalesWord
from storage import rows
from storage.engine import Database
from storage.tables import contact_event, customer, invoice, person

SPOKE = "sales_spoke"
"""The result of a contact: the sales person has spoken with his customer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LateCustomer:
    """An open invoice of a customer who has a sales person."""

    sales_id: int
    payer_id: int
    invoice_id: int


async def of_payer(db: Database, payer_id: int) -> tuple[Person, ...]:
    """This function will list the payer's sales people who can be reached."""
    his = select(customer.c.sales_id).where(customer.c.payer_id == payer_id)
    query = rows.of(person, Person).where(
        person.c.id.in_(his),
        person.c.state == PersonState.ACTIVE,
        person.c.telegram_id.is_not(None),
        person.c.unreachable_at.is_(None),
    )
    return await rows.listed(db, query.order_by(person.c.id), Person)


async def late(db: Database, *, due_from: date, due_to: date) -> tuple[LateCustomer, ...]:
    """This function will list the open invoices due in this span whose customer has a sales person."""
    query = (
        select(customer.c.sales_id, invoice.c.payer_id, invoice.c.id.label("invoice_id"))
        .join(customer, customer.c.id == invoice.c.customer_id)
        .where(
            invoice.c.balance > 0,
            invoice.c.due_on.between(due_from, due_to),
            customer.c.sales_id.is_not(None),
        )
    )
    return await rows.listed(db, query.order_by(invoice.c.due_on, invoice.c.id), LateCustomer)


async def last_word(db: Database, payer_id: int) -> SalesWord | None:
    """This function will give what a sales person said last about a payer."""
    query = (
        select(contact_event.c.at, contact_event.c.details, person.c.name)
        .join(person, person.c.id == contact_event.c.person_id, isouter=True)
        .where(contact_event.c.payer_id == payer_id, contact_event.c.result == SPOKE)
        .order_by(contact_event.c.id.desc())
        .limit(1)
    )
    found = (await db.execute(query)).first()
    return None if found is None else SalesWord(at=found.at, by=found.name, words=(found.details or {})["words"])


async def bind(db: Database, person_id: int, name: str) -> int:
    """This function will give a sales person the customers that a list names after him and nobody has."""
    listed = await db.execute(select(customer.c.listed_sales).where(customer.c.sales_id.is_(None)).distinct())
    same = [one for one in listed.scalars() if one is not None and plain_name(one) == plain_name(name)]
    bound = await db.execute(
        update(customer)
        .where(customer.c.sales_id.is_(None), customer.c.listed_sales.in_(same))
        .values(sales_id=person_id)
    )
    return int(bound.rowcount)


async def payers_of(db: Database, person_id: int, payer_ids: Sequence[int]) -> frozenset[int]:
    """This function will say which of these payers a sales person sells to."""
    query = select(customer.c.payer_id).where(
        customer.c.sales_id == person_id, customer.c.payer_id.in_(list(payer_ids))
    )
    return frozenset((await db.execute(query)).scalars())
