"""What goes out of the books whole: the open invoices as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from sop.money import Money
from storage import rows
from storage.engine import Database
from storage.tables import customer, invoice, person


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenInvoice:
    """One open invoice with its customer and collector, as a list states it."""

    number: str
    code: str | None
    customer: str
    issued_on: date | None
    due_on: date
    amount: Money
    balance: Money
    collector: str | None


async def open_invoices(db: Database) -> tuple[OpenInvoice, ...]:
    """This function will list every invoice with a balance, customer by customer, the oldest due first."""
    query = (
        select(
            invoice.c.number,
            customer.c.code,
            customer.c.name.label("customer"),
            invoice.c.issued_on,
            invoice.c.due_on,
            invoice.c.amount,
            invoice.c.balance,
            func.coalesce(person.c.name, customer.c.listed_collector).label("collector"),
        )
        .join(customer, customer.c.id == invoice.c.customer_id)
        .outerjoin(person, person.c.id == customer.c.collector_id)
        .where(invoice.c.balance > 0)
        .order_by(customer.c.name, customer.c.id, invoice.c.due_on, invoice.c.number)
    )
    return await rows.listed(db, query, OpenInvoice)
