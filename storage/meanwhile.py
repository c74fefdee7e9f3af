"""What happened with an owner's customers while he was away, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from sop.contact import Direction
from sop.money import Money
from storage import rows
from storage.engine import Database
from storage.tables import claim, contact_event, customer, dispute, escalation, outcome, payment, promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Meanwhile:
    """Counts since an instant; `worked` is what was recorded on cards."""

    worked: int
    promises: int
    promised: Money
    payments: int
    paid: Money
    wrote: int
    escalations: int
    claims: int
    disputes: int


async def of_owner(db: Database, person_id: int, *, since: datetime) -> Meanwhile:
    """This function will count what happened with somebody's customers since an instant."""

    async def counted(table: Table, *where: ColumnElement[bool]) -> tuple[int, Money]:
        amount = rows.sum_of(table.c.amount) if "amount" in table.c else func.count()
        query = select(func.count(), amount).where(table.c.payer_id.in_(_his(person_id)), *where)
        count, total = (await db.execute(query)).one()
        return int(count), Money(int(total))

    promises, promised = await counted(promise, promise.c.taken_at >= since)
    payments, paid = await counted(payment, payment.c.captured_at >= since, payment.c.reversed_at.is_(None))
    incoming = contact_event.c.direction == Direction.IN
    return Meanwhile(
        worked=(await counted(outcome, outcome.c.at >= since, outcome.c.undone_at.is_(None)))[0],
        promises=promises,
        promised=promised,
        payments=payments,
        paid=paid,
        wrote=(await counted(contact_event, contact_event.c.at >= since, incoming))[0],
        escalations=(await counted(escalation, escalation.c.opened_at >= since))[0],
        claims=(await counted(claim, claim.c.made_at >= since))[0],
        disputes=(await counted(dispute, dispute.c.opened_at >= since))[0],
    )


def _his(person_id: int) -> Select[Any]:
    return select(customer.c.payer_id).where(customer.c.collector_id == person_id)
