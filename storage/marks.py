"""Runs of jobs, marks of the day, and leases: who did what once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select, update

from storage import rows
from storage.engine import Database
from storage.tables import day_mark, job_run, lease

COMPANY = 0  # the owner of marks that belong to nobody in particular


async def claim_run(db: Database, *, job: str, slot: str, now: datetime) -> bool:
    """This function will claim one planned run; whoever inserts the row runs the job, in the same transaction."""
    return await rows.add_once(db, job_run, {"job": job, "slot": slot, "at": now})


async def last_slot(db: Database, job: str, *, prefix: str = "") -> str | None:
    """This function will give the newest slot of a job that has run; slots sort as text."""
    query = select(func.max(job_run.c.slot)).where(job_run.c.job == job, job_run.c.slot.startswith(prefix))
    slot: str | None = (await db.execute(query)).scalar_one_or_none()
    return slot


async def mark_day(db: Database, kind: str, on: date, *, now: datetime, owner_id: int = COMPANY) -> bool:
    """This function will mark a day once; false when it was marked before."""
    return await rows.add_once(db, day_mark, {"kind": kind, "owner_id": owner_id, "marked_on": on, "at": now})


async def is_marked(db: Database, kind: str, on: date, *, owner_id: int = COMPANY) -> bool:
    query = select(day_mark.c.at).where(
        day_mark.c.kind == kind, day_mark.c.owner_id == owner_id, day_mark.c.marked_on == on
    )
    return (await db.execute(query)).first() is not None


async def take_lease(db: Database, name: str, *, holder: str, now: datetime, until: datetime) -> int | None:
    """This function will take or renew a lease and give its term; none while another holder's has not run out."""
    renewed = await db.execute(
        update(lease).where(lease.c.name == name, lease.c.holder == holder).values(until_at=until)
    )
    if renewed.rowcount == 0:
        taken = await db.execute(
            update(lease)
            .where(lease.c.name == name, lease.c.until_at < now)
            .values(holder=holder, until_at=until, term=lease.c.term + 1)
        )
        row = {"name": name, "holder": holder, "term": 1, "until_at": until}
        if taken.rowcount == 0 and not await rows.add_once(db, lease, row):
            return None
    return int((await db.execute(select(lease.c.term).where(lease.c.name == name))).scalar_one())


async def release_lease(db: Database, name: str, *, holder: str, now: datetime) -> None:
    await db.execute(
        update(lease).where(lease.c.name == name, lease.c.holder == holder).values(holder="", until_at=now)
    )


