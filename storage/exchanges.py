"""Tukar faktur at rest: the history of due dates, and the customers' habits of taking in and paying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from sop.errand import ErrandKind
from sop.exchange import Exchange, Habit, days_from_record
from sop.follow_up import StepState
from sop.ladder import Step
from sop.ledger import Invoice
from sop.terms import TermBasis
from storage import rows
from storage.engine import Database
from storage.tables import customer, errand, invoice, invoice_exchange, invoice_step


@dataclass(frozen=True, kw_only=True, slots=True)
class NewExchange:
    """Invoices that were taken in together: one receipt, one day on which they are paid."""

    payer_id: int
    invoice_ids: Sequence[int]
    due_on: date
    person_id: int
    outcome_id: int
    photo_id: int | None
    receipt_number: str | None


async def habits_of(db: Database, payer_id: int) -> dict[int, Habit]:
    """This function will give the habits of a payer's customers, by customer."""
    return await _habits(db, customer.c.payer_id == payer_id)


async def habits_of_exchanging(db: Database) -> dict[int, Habit]:
    """This function will give the habits of every customer whose invoices go through tukar faktur."""
    which = or_(customer.c.exchange_days.is_not(None), customer.c.term_basis == TermBasis.INVOICE_EXCHANGED)
    return {key: habit for key, habit in (await _habits(db, which)).items() if habit.exchanges}


async def waiting(db: Database, customer_ids: Iterable[int], *, due_until: date) -> tuple[Invoice, ...]:
    """This function will list open invoices, due up to a day, that nobody exchanged and no errand was ordered for."""
    ordered = select(errand.c.subject_id).where(errand.c.kind == ErrandKind.EXCHANGE_INVOICE)
    query = rows.of(invoice, Invoice).where(
        invoice.c.customer_id.in_(list(customer_ids)),
        invoice.c.balance > 0,
        invoice.c.due_on <= due_until,
        invoice.c.id.not_in(_exchanged()),
        invoice.c.id.not_in(ordered.where(errand.c.subject_id.is_not(None))),
    )
    return await rows.listed(db, query.order_by(invoice.c.due_on, invoice.c.id), Invoice)


async def exchanged_of(db: Database, payer_id: int) -> frozenset[int]:
    """This function will name the payer's invoices that were taken in, as far as nobody took that back."""
    found = await db.execute(_exchanged().where(invoice_exchange.c.payer_id == payer_id))
    return frozenset(found.scalars())


async def add(db: Database, new: NewExchange, *, now: datetime) -> None:
    """This function will write down that invoices were taken in, and give them their new due date."""
    for invoice_id in new.invoice_ids:
        (before,) = (await db.execute(select(invoice.c.due_on).where(invoice.c.id == invoice_id))).one()
        values = {
            "payer_id": new.payer_id,
            "invoice_id": invoice_id,
            "receipt_number": new.receipt_number,
            "photo_id": new.photo_id,
            "previous_due_on": before,
            "due_on": new.due_on,
            "person_id": new.person_id,
            "outcome_id": new.outcome_id,
            "at": now,
        }
        await db.execute(invoice_exchange.insert().values(values))
        await db.execute(update(invoice).where(invoice.c.id == invoice_id).values(due_on=new.due_on))


async def take_back(db: Database, outcome_id: int, *, now: datetime) -> tuple[Exchange, ...]:
    """This function will undo the exchanges of one tap: each invoice falls due when it did before."""
    query = rows.of(invoice_exchange, Exchange).where(
        invoice_exchange.c.outcome_id == outcome_id, invoice_exchange.c.undone_at.is_(None)
    )
    found = await rows.listed(db, query.order_by(invoice_exchange.c.id), Exchange)
    for one in found:
        await db.execute(update(invoice_exchange).where(invoice_exchange.c.id == one.id).values(undone_at=now))
        await db.execute(update(invoice).where(invoice.c.id == one.invoice_id).values(due_on=one.previous_due_on))
    return found


async def history_of(db: Database, invoice_id: int) -> tuple[Exchange, ...]:
    """This function will list what became of an invoice's due date, the first change first."""
    query = rows.of(invoice_exchange, Exchange).where(invoice_exchange.c.invoice_id == invoice_id)
    return await rows.listed(db, query.order_by(invoice_exchange.c.id), Exchange)


async def earlier_due(db: Database) -> dict[int, frozenset[date]]:
    """This function will give the due dates that exchanged invoices had before, by invoice."""
    query = select(invoice_exchange.c.invoice_id, invoice_exchange.c.previous_due_on).where(
        invoice_exchange.c.undone_at.is_(None)
    )
    found: dict[int, frozenset[date]] = {}
    for invoice_id, due_on in (await db.execute(query)).all():
        found[invoice_id] = found.get(invoice_id, frozenset()) | {due_on}
    return found


async def steps_to_forget(db: Database, invoice_ids: Iterable[int], steps: Iterable[Step]) -> list[dict[str, Any]]:
    """This function will give the marks of steps that will come anew, in a form an outcome can keep for undo."""
    query = select(invoice_step).where(_marks_of(invoice_ids, steps)).order_by(invoice_step.c.id)
    return [_as_plain(row._mapping) for row in (await db.execute(query)).all()]


async def forget_steps(db: Database, invoice_ids: Iterable[int], steps: Iterable[Step]) -> None:
    """This function will take marks away: these steps come again, counted from the new due date."""
    await db.execute(delete(invoice_step).where(_marks_of(invoice_ids, steps)))


async def remember_steps(db: Database, kept: Iterable[dict[str, Any]]) -> None:
    """This function will put marks back that were taken away; one that was made meanwhile stays."""
    for one in kept:
        values = {
            "invoice_id": one["invoice_id"],
            "payer_id": one["payer_id"],
            "step": Step(one["step"]),
            "state": StepState(one["state"]),
            "reason": one["reason"],
            "reached_on": date.fromisoformat(one["reached_on"]),
            "planned_on": date.fromisoformat(one["planned_on"]),
            "done_at": None if one["done_at"] is None else datetime.fromisoformat(one["done_at"]),
        }
        await rows.add_once(db, invoice_step, values)


def _exchanged() -> Any:
    return select(invoice_exchange.c.invoice_id).where(invoice_exchange.c.undone_at.is_(None))


def _marks_of(invoice_ids: Iterable[int], steps: Iterable[Step]) -> Any:
    return invoice_step.c.invoice_id.in_(list(invoice_ids)) & invoice_step.c.step.in_(list(steps))


def _as_plain(row: Any) -> dict[str, Any]:
    return {
        "invoice_id": row["invoice_id"],
        "payer_id": row["payer_id"],
        "step": row["step"].value,
        "state": row["state"].value,
        "reason": row["reason"],
        "reached_on": row["reached_on"].isoformat(),
        "planned_on": row["planned_on"].isoformat(),
        "done_at": None if row["done_at"] is None else row["done_at"].isoformat(),
    }


async def _habits(db: Database, which: Any) -> dict[int, Habit]:
    columns = (customer.c.id, customer.c.exchange_days, customer.c.pay_days, customer.c.term_days)
    found = await db.execute(select(*columns, customer.c.term_basis).where(which))
    return {
        row.id: Habit(
            customer_id=row.id,
            exchange_days=days_from_record(row.exchange_days),
            pay_days=days_from_record(row.pay_days),
            term_days=row.term_days,
            basis=row.term_basis,
        )
        for row in found.all()
    }
