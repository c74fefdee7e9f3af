"""The checks before chasing, at rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from sop.chase_check import Check, Checked
from storage.engine import Database
from storage.tables import chase_check

RIGHT, DOUBTFUL = "right", "doubtful"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCheck:
    payer_id: int
    follow_up_id: int
    person_id: int
    invoice_ids: Sequence[int]
    wrong: Collection[Check]


async def add(db: Database, new: NewCheck, *, now: datetime) -> None:
    """This function will write down what somebody found."""
    values = {
        "payer_id": new.payer_id,
        "follow_up_id": new.follow_up_id,
        "person_id": new.person_id,
        "answers": {"invoices": list(new.invoice_ids), "wrong": [one.value for one in Check if one in new.wrong]},
        "state": DOUBTFUL if new.wrong else RIGHT,
        "at": now,
    }
    await db.execute(chase_check.insert().values(values))


async def of_payer(db: Database, payer_id: int, *, zone: str) -> tuple[Checked, ...]:
    """This function will list the checks made about a payer, with their local days."""
    query = select(chase_check.c.at, chase_check.c.answers).where(chase_check.c.payer_id == payer_id)
    return tuple(
        Checked(
            on=row.at.astimezone(ZoneInfo(zone)).date(),
            invoice_ids=frozenset(row.answers["invoices"]),
            wrong=frozenset(Check(one) for one in row.answers["wrong"]),
        )
        for row in (await db.execute(query.order_by(chase_check.c.id))).all()
    )
