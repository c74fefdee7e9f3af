"""Cards that nobody works today: what is in the pool, and taking a card out of it once (3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, update

from sop.follow_up import FollowUpState
from sop.money import Money
from sop.signs import Abc
from storage import absences, rows
from storage.engine import Database
from storage.tables import customer, follow_up, invoice, payer, payer_standing


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolCard:
    """A card without a collector: whose, what he owes, and who would have worked it."""

    follow_up_id: int
    payer_id: int
    payer: str
    balance: Money
    owner_id: int | None


async def waiting(db: Database, days: Sequence[date]) -> tuple[PoolCard, ...]:
    """This function will list the pool of these days: A customers first, then the largest balance."""
    balance = rows.sum_of(invoice.c.balance)
    owner = (
        select(func.min(customer.c.collector_id)).where(customer.c.payer_id == follow_up.c.payer_id).scalar_subquery()
    )
    abc = func.coalesce(payer_standing.c.abc, Abc.C.value)
    query = (
        select(
            follow_up.c.id.label("follow_up_id"),
            follow_up.c.payer_id,
            payer.c.name.label("payer"),
            balance.label("balance"),
            owner.label("owner_id"),
        )
        .select_from(
            follow_up.join(payer, payer.c.id == follow_up.c.payer_id)
            .join(invoice, (invoice.c.payer_id == follow_up.c.payer_id) & (invoice.c.balance > 0))
            .outerjoin(payer_standing, payer_standing.c.payer_id == follow_up.c.payer_id)
        )
        .where(*_in_pool(days))
        .group_by(follow_up.c.id, follow_up.c.payer_id, payer.c.name, payer_standing.c.abc)
        .order_by(abc, balance.desc(), follow_up.c.id)
    )
    return tuple(_card(row) for row in (await db.execute(query)).all())


async def count(db: Database, days: Sequence[date]) -> int:
    query: Select[Any] = select(func.count()).select_from(follow_up).where(*_in_pool(days))
    return int((await db.execute(query)).scalar_one())


async def take(db: Database, follow_up_id: int, *, person_id: int, place: int) -> bool:
    """This function will give a card of the pool to somebody; false when another was faster, or it is over."""
    free = follow_up.c.collector_id.is_(None) & (follow_up.c.state == FollowUpState.OPEN)
    taken = await db.execute(
        update(follow_up).where(follow_up.c.id == follow_up_id, free).values(collector_id=person_id, place=place)
    )
    return taken.rowcount == 1


async def without_worker(db: Database, days: Sequence[date]) -> tuple[PoolCard, ...]:
    """This function will list what lies in the pool because its collector is not there, has left, or was never named.

    What did not fit into somebody's day is told apart from this.
    """
    absent = await absences.acting(db)
    return tuple(one for one in await waiting(db, days) if one.owner_id is None or one.owner_id in absent)


def _in_pool(days: Sequence[date]) -> tuple[ColumnElement[bool], ...]:
    owed = invoice.alias("owed")
    owes = exists().where(owed.c.payer_id == follow_up.c.payer_id, owed.c.balance > 0)
    return (
        follow_up.c.collector_id.is_(None),
        follow_up.c.state == FollowUpState.OPEN,
        follow_up.c.planned_on.in_(list(days)),
        owes,
    )


def _card(row: Any) -> PoolCard:
    values = {**row._mapping, "balance": Money(int(row.balance))}
    return PoolCard(**values)
