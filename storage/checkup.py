"""What `santun doctor` asks of the database in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from sop.outbox import OutboxState
from sop.people import Person, Role
from storage import customers, people
from storage.engine import Database
from storage.tables import customer, inbox, outbox


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkup:
    """Facts about the people and the messages, as they are now."""

    group_chat_id: int | None
    managers: tuple[Person, ...]
    collectors: tuple[Person, ...]
    uninvited_collectors: tuple[str, ...]
    without_consent: int
    parked: int
    undelivered: int


async def facts(db: Database, *, since: datetime) -> Checkup:
    """This function will gather the facts; parked events and failed messages are counted from `since` on."""
    undelivered = (OutboxState.FAILED, OutboxState.UNKNOWN)
    return Checkup(
        group_chat_id=await people.group_of_managers(db),
        managers=await people.with_roles(db, Role.MANAGER, Role.ADMIN, reachable_only=False),
        collectors=await people.with_roles(db, Role.COLLECTOR, reachable_only=False),
        uninvited_collectors=await _uninvited(db),
        without_consent=await customers.count_without_consent(db),
        parked=await _count(db, select(func.count()).where(inbox.c.parked.is_not(None), inbox.c.taken_at >= since)),
        undelivered=await _count(
            db, select(func.count()).where(outbox.c.state.in_(undelivered), outbox.c.created_at >= since)
        ),
    )


async def _uninvited(db: Database) -> tuple[str, ...]:
    query = select(customer.c.listed_collector).where(
        customer.c.collector_id.is_(None), customer.c.listed_collector.is_not(None)
    )
    found = (await db.execute(query.distinct().order_by(customer.c.listed_collector))).scalars()
    return tuple(str(name) for name in found)


async def _count(db: Database, query: Select[int]) -> int:
    return int((await db.execute(query)).scalar_one())
