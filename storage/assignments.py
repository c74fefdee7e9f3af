"""Whose customers are whose, and who changed that when (3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, insert, literal, select, update

from sop.follow_up import FollowUpState
from sop.money import Money
from sop.reassignment import Owned
from sop.signs import Abc
from storage import rows
from storage.engine import Database
from storage.tables import assignment, customer, follow_up, invoice, payer, payer_standing

_AT_ONCE = 500
_UNDONE = (FollowUpState.OPEN, FollowUpState.MACHINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """Payers whose customers go to somebody. `from_id` none: whosever they are."""

    payer_ids: Sequence[int]
    from_id: int | None
    to_id: int
    by_id: int | None


async def owned_by(db: Database, person_id: int, *, today: date) -> tuple[Owned, ...]:
    """This function will list the payers of a collector's customers with what they owe, the largest first."""
    late = case((invoice.c.due_on < today, rows.as_sen(invoice.c.balance)), else_=0)
    city = func.min(customer.c.city)
    owes = invoice.c.balance > 0
    balance, overdue = rows.sum_of(invoice.c.balance), func.coalesce(func.sum(late), 0)
    his = customer.join(payer, payer.c.id == customer.c.payer_id)
    query = (
        select(customer.c.payer_id, payer.c.name, city, func.min(payer_standing.c.abc), balance, overdue)
        .select_from(
            his.outerjoin(invoice, (invoice.c.customer_id == customer.c.id) & owes).outerjoin(
                payer_standing, payer_standing.c.payer_id == customer.c.payer_id
            )
        )
        .where(customer.c.collector_id == person_id)
        .group_by(customer.c.payer_id, payer.c.name)
        .order_by(balance.desc(), customer.c.payer_id)
    )
    return tuple(
        Owned(
            payer_id=payer_id,
            name=name,
            city=where,
            abc=abc or Abc.C,
            balance=Money(int(owed)),
            overdue=Money(int(late_sen)),
        )
        for payer_id, name, where, abc, owed, late_sen in (await db.execute(query)).all()
    )


async def move(db: Database, wanted: Move, *, worker_id: int | None, now: datetime) -> int:
    """This function will make somebody the collector of these payers' customers; gives how many customers moved.

    `worker_id` gets their unfinished cards: himself, or who works in his place. What moved is kept as history.
    """
    moved = 0
    for payer_ids in _some(wanted.payer_ids):
        meant = customer.c.payer_id.in_(payer_ids) & _is_others(wanted)
        by = (literal(wanted.to_id), literal(wanted.by_id), literal(now, assignment.c.at.type))
        old = select(customer.c.id, customer.c.collector_id, *by).where(meant)
        names = ["customer_id", "from_id", "to_id", "by_id", "at"]
        await db.execute(insert(assignment).from_select(names, old))
        changed = await db.execute(update(customer).where(meant).values(collector_id=wanted.to_id))
        moved += int(changed.rowcount)
        unfinished = follow_up.c.payer_id.in_(payer_ids) & follow_up.c.state.in_(_UNDONE)
        await db.execute(update(follow_up).where(unfinished).values(collector_id=worker_id, place=None))
    return moved


async def decided_customers(db: Database) -> frozenset[int]:
    """This function will name the customers whose collector somebody chose here: a list does not overrule that."""
    chosen = select(assignment.c.customer_id).where(assignment.c.by_id.is_not(None)).distinct()
    return frozenset((await db.execute(chosen)).scalars())


def _is_others(wanted: Move) -> ColumnElement[bool]:
    if wanted.from_id is not None:
        return customer.c.collector_id == wanted.from_id
    return func.coalesce(customer.c.collector_id, 0) != wanted.to_id


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
