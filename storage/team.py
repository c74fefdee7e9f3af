"""The collectors at a glance: today's cards, what was promised, what is late; and one collector's own numbers (12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from sop.follow_up import ChannelState, FollowUpState
from sop.money import Money
from sop.promise import PromiseState
from storage import rows
from storage.engine import Database
from storage.tables import customer, follow_up, invoice, payer, payment, promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """What one collector has to do and has in his books; money of his own customers."""

    open: int = 0
    done: int = 0
    customers: int = 0
    promised: Money = Money.ZERO
    overdue: Money = Money.ZERO
    total: Money = Money.ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class Today:
    """What came in since the day began: promises and payments of these payers."""

    promises: int
    promised: Money
    payments: int
    paid: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenCard:
    """A card that is still to be worked, as a manager sees it."""

    payer_id: int
    payer: str
    step: str


async def numbers_of(db: Database, person_ids: Sequence[int], *, today: date) -> dict[int, Numbers]:
    """This function will count for these collectors, in a few statements for all of them."""
    cards = await _cards(db, today=today)
    books = await _books(db, today=today)
    promised = await _promised(db)
    return {
        one: Numbers(**cards.get(one, {}), **books.get(one, {}), promised=promised.get(one, Money.ZERO))
        for one in person_ids
    }


async def since(db: Database, start: datetime, *, owner_id: int | None) -> Today:
    """This function will sum the promises and payments since an instant, of one collector's customers or of all."""

    async def summed(query: Any) -> tuple[int, Money]:
        count, total = (await db.execute(query)).one()
        return int(count), Money(int(total))

    taken = select(func.count(), rows.sum_of(promise.c.amount)).where(
        promise.c.taken_at >= start, promise.c.state != PromiseState.WITHDRAWN, *_his(promise.c.payer_id, owner_id)
    )
    paid = select(func.count(), rows.sum_of(payment.c.amount)).where(
        payment.c.captured_at >= start, payment.c.reversed_at.is_(None), *_his(payment.c.payer_id, owner_id)
    )
    promises, promised = await summed(taken)
    payments, received = await summed(paid)
    return Today(promises=promises, promised=promised, payments=payments, paid=received)


async def messages_only(db: Database, *, today: date) -> int:
    """This function will count the small customers of today who only get a message."""
    query = select(func.count()).where(
        follow_up.c.planned_on == today,
        follow_up.c.call == ChannelState.HELD,
        follow_up.c.state.in_((FollowUpState.MACHINE, FollowUpState.OPEN)),
    )
    return int((await db.execute(query)).scalar_one())


async def open_cards(db: Database, person_id: int, *, today: date) -> tuple[OpenCard, ...]:
    """This function will list what a collector still has to work today, in his order."""
    query = (
        select(follow_up.c.payer_id, payer.c.name.label("payer"), follow_up.c.step)
        .join(payer, payer.c.id == follow_up.c.payer_id)
        .where(
            follow_up.c.collector_id == person_id,
            follow_up.c.planned_on == today,
            follow_up.c.state == FollowUpState.OPEN,
        )
        .order_by(func.coalesce(follow_up.c.place, 9999), follow_up.c.id)
    )
    return tuple(
        OpenCard(payer_id=payer_id, payer=name, step=step.value)
        for payer_id, name, step in (await db.execute(query)).all()
    )


async def _cards(db: Database, *, today: date) -> dict[int, dict[str, Any]]:
    def counted(state: FollowUpState) -> ColumnElement[int]:
        return func.sum(case((follow_up.c.state == state, 1), else_=0))

    query = (
        select(follow_up.c.collector_id, counted(FollowUpState.OPEN), counted(FollowUpState.DONE))
        .where(follow_up.c.planned_on == today, follow_up.c.collector_id.is_not(None))
        .group_by(follow_up.c.collector_id)
    )
    return {one: {"open": int(left), "done": int(done)} for one, left, done in (await db.execute(query)).all()}


async def _books(db: Database, *, today: date) -> dict[int, dict[str, Any]]:
    late = case((invoice.c.due_on < today, rows.as_sen(invoice.c.balance)), else_=0)
    query = (
        select(
            customer.c.collector_id,
            func.count(customer.c.payer_id.distinct()),
            rows.sum_of(invoice.c.balance),
            func.coalesce(func.sum(late), 0),
        )
        .select_from(customer.outerjoin(invoice, (invoice.c.customer_id == customer.c.id) & (invoice.c.balance > 0)))
        .where(customer.c.collector_id.is_not(None))
        .group_by(customer.c.collector_id)
    )
    return {
        one: {"customers": int(count), "total": Money(int(total)), "overdue": Money(int(overdue))}
        for one, count, total, overdue in (await db.execute(query)).all()
    }


async def _promised(db: Database) -> Mapping[int, Money]:
    owners = (
        select(customer.c.payer_id, func.min(customer.c.collector_id).label("owner_id"))
        .group_by(customer.c.payer_id)
        .subquery("owners")
    )
    query = (
        select(owners.c.owner_id, rows.sum_of(promise.c.amount), rows.sum_of(promise.c.received))
        .join(promise, promise.c.payer_id == owners.c.payer_id)
        .where(promise.c.state == PromiseState.OPEN, owners.c.owner_id.is_not(None))
        .group_by(owners.c.owner_id)
    )
    found: Iterable[Any] = (await db.execute(query)).all()
    return {owner: Money(int(amount) - int(received)) for owner, amount, received in found}


def _his(payer_id: ColumnElement[Any], owner_id: int | None) -> tuple[ColumnElement[bool], ...]:
    if owner_id is None:
        return ()
    return (payer_id.in_(select(customer.c.payer_id).where(customer.c.collector_id == owner_id)),)


@dataclass(frozen=True, kw_only=True, slots=True)
class LatePayer:
    """A payer with something past its due date."""

    payer_id: int
    payer: str
    overdue: Money
    oldest_due_on: date


async def late_of_sales(db: Database, person_id: int, *, today: date) -> tuple[LatePayer, ...]:
    """This function will list a sales person's customers who are late, the most money first."""
    overdue = rows.sum_of(invoice.c.balance)
    query = (
        select(invoice.c.payer_id, payer.c.name, overdue, func.min(invoice.c.due_on))
        .select_from(
            invoice.join(customer, customer.c.id == invoice.c.customer_id).join(payer, payer.c.id == invoice.c.payer_id)
        )
        .where(customer.c.sales_id == person_id, invoice.c.balance > 0, invoice.c.due_on < today)
        .group_by(invoice.c.payer_id, payer.c.name)
        .order_by(overdue.desc(), invoice.c.payer_id)
    )
    return tuple(
        LatePayer(payer_id=payer_id, payer=name, overdue=Money(int(sen)), oldest_due_on=due_on)
        for payer_id, name, sen, due_on in (await db.execute(query)).all()
    )
