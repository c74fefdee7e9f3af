"""Runs of jobs, marks of the day, and leases: who did what once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select, update

from storage import rows
from storage.engine import Database
from storage.tables import day_mark, job_run, lease

COMPANY = 0  # the owner of marks that belong to nobody in particular


async def claim_run(db: Database, *, job: str, slot: str, now: datetime) -> bool:
    """This function will claim one planned run; whoever inserts the row runs the job, in the same transaction."""
    return await rows.add_once(db, job_run, {"job": job, "slot": slot, "at": now})


async def last_slot(db: Database, job: str, *, prefix: str, before: str) -> str | None:
    """This function will give the newest slot of a job below another one; slots sort as text."""
    query = select(func.max(job_run.c.slot)).where(
        job_run.c.job == job, job_run.c.slot.startswith(prefix, autoescape=True), job_run.c.slot < before
    )
    slot: str | None = (await db.execute(query)).scalar_one_or_none()
    return slot


async def claimed(db: Database, job: str, slots: Sequence[str]) -> dict[str, datetime]:
    """This function will say which of these planned runs were claimed, and when."""
    query = select(job_run.c.slot, job_run.c.at).where(job_run.c.job == job, job_run.c.slot.in_(list(slots)))
    return {slot: at for slot, at in (await db.execute(query)).all()}


async def mark_day(db: Database, kind: str, on: date, *, now: datetime, owner_id: int = COMPANY) -> bool:
    """This function will mark a day once; false when it was marked before."""
    return await rows.add_once(db, day_mark, {"kind": kind, "owner_id": owner_id, "marked_on": on, "at": now})


async def marked(db: Database, kind: str, on: date) -> frozenset[int]:
    """This function will name everybody who has this mark on a day."""
    query = select(day_mark.c.owner_id).where(day_mark.c.kind == kind, day_mark.c.marked_on == on)
    return frozenset((await db.execute(query)).scalars())


async def is_marked(db: Database, kind: str, on: date, *, owner_id: int = COMPANY) -> bool:
    query = select(day_mark.c.at).where(
        day_mark.c.kind == kind, day_mark.c.owner_id == owner_id, day_mark.c.marked_on == on
    )
    return (await db.execute(query)).first() is not None


async def note_moment(db: Database, name: str, *, at: datetime) -> None:
    """This function will keep the newest moment of something, such as the last time updates were asked for."""
    known = await db.execute(update(lease).where(lease.c.name == name).values(until_at=at))
    if known.rowcount == 0:
        await rows.add_once(db, lease, {"name": name, "holder": "", "term": 0, "until_at": at})


async def moment(db: Database, name: str) -> datetime | None:
    at: datetime | None = (await db.execute(select(lease.c.until_at).where(lease.c.name == name))).scalar_one_or_none()
    return at


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
