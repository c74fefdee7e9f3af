"""Instalment plans at rest, with the invoices they are about and what came in for them. (sop 3; 002)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update

from sop.money import Money
from sop.plan import Instalment, Plan, PlanState
from storage import rows
from storage.engine import Database
from storage.tables import allocation, instalment, invoice, payment, plan, plan_invoice


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlan:
    """A plan to be asked for; `shares` says how much of it is for which invoice."""

    payer_id: int
    instalments: Sequence[Instalment]
    shares: Mapping[int, Money]
    way: str | None
    proposal: str | None
    asked_by_id: int
    outcome_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class InstalmentRow:
    """One instalment as it stands in the books; `missed_on` is the day it was found missed."""

    id: int
    plan_id: int
    number: int
    due_on: date
    amount: Money
    reminded_on: date | None
    missed_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareRow:
    """One invoice of a plan: the part of it that is in the plan, what is open, the money captured since then."""

    invoice_id: int
    amount: Money
    balance: Money
    received: Money


async def add(db: Database, new: NewPlan, *, now: datetime) -> int:
    values = {
        "payer_id": new.payer_id,
        "state": PlanState.REQUESTED,
        "amount": Money.total(new.shares.values()),
        "way": new.way,
        "proposal": new.proposal,
        "asked_by_id": new.asked_by_id,
        "asked_at": now,
        "outcome_id": new.outcome_id,
    }
    plan_id = rows.new_id(await db.execute(plan.insert().values(values)))
    for invoice_id, amount in new.shares.items():
        await db.execute(plan_invoice.insert().values(plan_id=plan_id, invoice_id=invoice_id, amount=amount))
    await _write(db, plan_id, new.instalments)
    return plan_id


async def reschedule(db: Database, plan_id: int, instalments: Sequence[Instalment]) -> None:
    """This function will put other instalments in the place of those proposed."""
    await db.execute(delete(instalment).where(instalment.c.plan_id == plan_id))
    await _write(db, plan_id, instalments)


async def get(db: Database, plan_id: int, *, for_update: bool = False) -> Plan:
    query = rows.of(plan, Plan).where(plan.c.id == plan_id)
    return await rows.got(db, query.with_for_update() if for_update else query, Plan)


async def of_payer(db: Database, payer_id: int, *states: PlanState) -> tuple[Plan, ...]:
    """This function will list a payer's plans (in these states, or all), the oldest first."""
    query = rows.of(plan, Plan).where(plan.c.payer_id == payer_id).order_by(plan.c.id)
    return await rows.listed(db, query.where(plan.c.state.in_(states)) if states else query, Plan)


async def of_outcome(db: Database, outcome_id: int) -> tuple[Plan, ...]:
    return await rows.listed(db, rows.of(plan, Plan).where(plan.c.outcome_id == outcome_id), Plan)


async def in_state(db: Database, state: PlanState) -> tuple[Plan, ...]:
    query = rows.of(plan, Plan).where(plan.c.state == state).order_by(plan.c.id)
    return await rows.listed(db, query, Plan)


async def of_payers(db: Database, payer_ids: Iterable[int], *states: PlanState) -> tuple[Plan, ...]:
    """This function will list the plans of these payers in these states, the oldest first."""
    query = rows.of(plan, Plan).where(plan.c.payer_id.in_(list(payer_ids)), plan.c.state.in_(states))
    return await rows.listed(db, query.order_by(plan.c.id), Plan)


async def change(db: Database, plan_id: int, **values: Any) -> None:
    await db.execute(update(plan).where(plan.c.id == plan_id).values(**values))


async def instalments_of(db: Database, plan_id: int) -> tuple[InstalmentRow, ...]:
    query = rows.of(instalment, InstalmentRow).where(instalment.c.plan_id == plan_id)
    return await rows.listed(db, query.order_by(instalment.c.number), InstalmentRow)


async def change_instalment(db: Database, instalment_id: int, **values: Any) -> None:
    await db.execute(update(instalment).where(instalment.c.id == instalment_id).values(**values))


async def shares_of(db: Database, one: Plan) -> tuple[ShareRow, ...]:
    """This function will list a plan's invoices with the money that was captured for each since it was asked for.

    A reversed payment is left out: that un-fills the instalments it had filled.
    """
    came = (
        select(rows.sum_of(allocation.c.amount))
        .join(payment, payment.c.id == allocation.c.payment_id)
        .where(
            allocation.c.invoice_id == plan_invoice.c.invoice_id,
            payment.c.captured_at >= one.asked_at,
            payment.c.reversed_at.is_(None),
        )
        .correlate(plan_invoice)
        .scalar_subquery()
    )
    query = (
        select(plan_invoice.c.invoice_id, plan_invoice.c.amount, invoice.c.balance, came.label("received"))
        .join(invoice, invoice.c.id == plan_invoice.c.invoice_id)
        .where(plan_invoice.c.plan_id == one.id)
        .order_by(plan_invoice.c.id)
    )
    return tuple(
        ShareRow(invoice_id=row.invoice_id, amount=row.amount, balance=row.balance, received=Money(int(row.received)))
        for row in (await db.execute(query)).all()
    )


async def received_by(db: Database, one: Plan, last_on: date) -> Money:
    """This function will sum what was paid for a plan's invoices up to a day, whenever it was posted."""
    query = (
        select(rows.sum_of(allocation.c.amount))
        .join(payment, payment.c.id == allocation.c.payment_id)
        .join(plan_invoice, plan_invoice.c.invoice_id == allocation.c.invoice_id)
        .where(
            plan_invoice.c.plan_id == one.id,
            payment.c.captured_at >= one.asked_at,
            payment.c.paid_on <= last_on,
            payment.c.reversed_at.is_(None),
        )
    )
    return await rows.one_sum(db, query)


async def invoices_of(db: Database, plan_id: int) -> tuple[int, ...]:
    query = select(plan_invoice.c.invoice_id).where(plan_invoice.c.plan_id == plan_id).order_by(plan_invoice.c.id)
    return tuple((await db.execute(query)).scalars())


async def _write(db: Database, plan_id: int, instalments: Sequence[Instalment]) -> None:
    for number, one in enumerate(instalments, start=1):
        values = {"plan_id": plan_id, "number": number, "due_on": one.due_on, "amount": one.amount}
        await db.execute(instalment.insert().values(values))
