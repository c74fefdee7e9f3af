"""Disputes at rest: what is in doubt, who finds out, and what each cause holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update

from sop.dispute import HOLDING, Dispute, DisputeCause, DisputeState
from sop.money import Money
from sop.people import CONFIRMERS, Person, PersonState, Role
from storage import rows
from storage.engine import Database
from storage.tables import customer, dispute, invoice, person


@dataclass(frozen=True, kw_only=True, slots=True)
class NewDispute:
    """`amount` none: all of the invoice; `answer_by_on`: the day the customer was promised news."""

    payer_id: int
    invoice_id: int
    cause: DisputeCause
    amount: Money | None
    note: str | None
    outcome_id: int | None
    owner_id: int | None = None
    opened_by_id: int | None = None
    answer_by_on: date | None = None
    photo_id: int | None = None


async def add(db: Database, new: NewDispute, *, now: datetime) -> int:
    values = {name: getattr(new, name) for name in NewDispute.__dataclass_fields__}
    return rows.new_id(await db.execute(dispute.insert().values(**values, state=DisputeState.OPEN, opened_at=now)))


async def get(db: Database, dispute_id: int, *, for_update: bool = False) -> Dispute:
    """This function will load a dispute; raises NotFound."""
    query = rows.of(dispute, Dispute).where(dispute.c.id == dispute_id)
    return await rows.got(db, query.with_for_update() if for_update else query, Dispute)


async def visible(db: Database, dispute_id: int, *, actor: Person) -> Dispute:
    """This function will load a dispute for finance, managers, and who finds out; raises NotFound for others."""
    query = rows.of(dispute, Dispute).where(dispute.c.id == dispute_id)
    if actor.role not in CONFIRMERS:
        query = query.where(dispute.c.owner_id == actor.id)
    return await rows.got(db, query, Dispute)


async def of_payer(db: Database, payer_id: int) -> tuple[Dispute, ...]:
    query = rows.of(dispute, Dispute).where(dispute.c.payer_id == payer_id).order_by(dispute.c.id)
    return await rows.listed(db, query, Dispute)


async def of_outcome(db: Database, outcome_id: int) -> tuple[Dispute, ...]:
    """This function will list what one tap disputed."""
    query = rows.of(dispute, Dispute).where(dispute.c.outcome_id == outcome_id).order_by(dispute.c.id)
    return await rows.listed(db, query, Dispute)


async def holding(db: Database) -> tuple[Dispute, ...]:
    """This function will list every dispute that still holds something, the first promised first."""
    query = rows.of(dispute, Dispute).where(dispute.c.state.in_(HOLDING))
    return await rows.listed(db, query.order_by(dispute.c.answer_by_on, dispute.c.id), Dispute)


async def change(db: Database, dispute_id: int, **values: Any) -> None:
    """This function will write fields of a dispute."""
    await db.execute(update(dispute).where(dispute.c.id == dispute_id).values(**values))


async def change_of_outcome(db: Database, outcome_id: int, **values: Any) -> int:
    """This function will write fields of the disputes one tap recorded; gives how many there are."""
    changed = await db.execute(update(dispute).where(dispute.c.outcome_id == outcome_id).values(**values))
    return int(changed.rowcount)


async def withdraw_of_outcome(db: Database, outcome_id: int, *, now: datetime) -> None:
    """This function will take back what a tap disputed, as far as nobody has answered it (undo)."""
    await db.execute(
        update(dispute)
        .where(dispute.c.outcome_id == outcome_id, dispute.c.state == DisputeState.OPEN)
        .values(state=DisputeState.WITHDRAWN, closed_at=now)
    )


async def of_paid_invoices(db: Database) -> tuple[Dispute, ...]:
    """This function will list the disputes that hold nothing any more: their invoice was paid in full."""
    query = (
        rows.of(dispute, Dispute)
        .join(invoice, invoice.c.id == dispute.c.invoice_id)
        .where(dispute.c.state.in_(HOLDING), invoice.c.balance <= 0)
        .order_by(dispute.c.id)
    )
    return await rows.listed(db, query, Dispute)


async def sales_of(db: Database, invoice_id: int) -> Person | None:
    """This function will find the sales person of an invoice's customer, if one works here."""
    query = (
        rows.of(person, Person)
        .join(customer, customer.c.sales_id == person.c.id)
        .join(invoice, invoice.c.customer_id == customer.c.id)
        .where(invoice.c.id == invoice_id, person.c.state == PersonState.ACTIVE, person.c.role == Role.SALES)
    )
    return await rows.found(db, query, Person)


@dataclass(frozen=True, kw_only=True, slots=True)
class CauseRow:
    """One cause in a span of days: how many disputes it opened, how many still hold, how much, and how it ended."""

    cause: DisputeCause
    opened: int
    holding: int
    held: Money
    credited: Money
    rejected: int


async def causes_between(db: Database, since: datetime, until: datetime) -> tuple[CauseRow, ...]:
    """This function will count disputes by cause: those opened in the span (its end excluded), the most held first.

    Held is what they hold now: of a dispute about a whole invoice its balance.
    """
    query = (
        select(dispute.c.cause, dispute.c.state, dispute.c.amount, dispute.c.credited, invoice.c.balance)
        .join(invoice, invoice.c.id == dispute.c.invoice_id)
        .where(dispute.c.opened_at >= since, dispute.c.opened_at < until, dispute.c.state != DisputeState.WITHDRAWN)
    )
    found: dict[DisputeCause, list[Any]] = {}
    for row in (await db.execute(query)).all():
        found.setdefault(row.cause, []).append(row)
    return tuple(sorted((_counted(cause, group) for cause, group in found.items()), key=lambda one: -one.held.sen))


def _counted(cause: DisputeCause, group: list[Any]) -> CauseRow:
    holding_now = [row for row in group if row.state in HOLDING]
    return CauseRow(
        cause=cause,
        opened=len(group),
        holding=len(holding_now),
        held=Money.total(_part(row) for row in holding_now),
        credited=Money.total(row.credited for row in group if row.state is DisputeState.SETTLED and row.credited),
        rejected=sum(row.state is DisputeState.REJECTED for row in group),
    )


def _part(row: Any) -> Money:
    wanted: Money | None = row.credited if row.state is DisputeState.ACCEPTED else row.amount
    balance: Money = row.balance
    return balance if wanted is None else min(wanted, balance)
