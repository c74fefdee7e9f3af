"""The balance and age of every open invoice, kept once a day: roll, cure and CEI are computed from it later (12)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, case, cast, func, literal, select

from storage import rows
from storage.engine import Database
from storage.tables import balance_snapshot, invoice


async def take(db: Database, on: date) -> int:
    """This function will snapshot all open invoices once; taken again the same day it adds nothing."""
    is_sqlite = db.dialect.name == "sqlite"
    if is_sqlite:
        age = cast(func.julianday(on.isoformat()) - func.julianday(invoice.c.due_on), Integer)
    else:
        age = cast(literal(on, Date) - invoice.c.due_on, Integer)
    query = select(literal(on, Date), invoice.c.id, invoice.c.balance, case((age > 0, age), else_=0)).where(
        invoice.c.balance > 0
    )
    names = ["taken_on", "invoice_id", "balance", "days_past_due"]
    return await rows.add_selected(db, balance_snapshot, names, query)
