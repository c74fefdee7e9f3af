"""Payers at rest: customers that share one verified number, or were linked by hand (section 1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from storage.engine import Database
from storage.tables import payer


async def names(db: Database, payer_ids: Sequence[int]) -> dict[int, str]:
    """This function will give what to call each payer, by id."""
    query = select(payer.c.id, payer.c.name).where(payer.c.id.in_(list(payer_ids)))
    return {row.id: row.name for row in (await db.execute(query)).all()}


async def zones(db: Database) -> tuple[str | None, ...]:
    """This function will list the zones in which somebody owes; none stands for unknown."""
    query = select(payer.c.zone).distinct().order_by(payer.c.zone)
    return tuple((await db.execute(query)).scalars())
