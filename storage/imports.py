"""Which lists were imported, and how they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.engine import Database
from storage.tables import list_import


@dataclass(frozen=True, kw_only=True, slots=True)
class ListImport:
    """`digest` is of the file and the answers it was read with, `fingerprint` of its headers."""

    digest: str
    fingerprint: str
    answers: Mapping[str, str]
    counts: Mapping[str, int]


async def note(db: Database, done: ListImport, *, person_id: int | None, now: datetime) -> None:
    values = {
        "digest": done.digest,
        "fingerprint": done.fingerprint,
        "answers": dict(done.answers),
        "counts": dict(done.counts),
        "person_id": person_id,
        "at": now,
    }
    await db.execute(list_import.insert().values(values))


async def imported_at(db: Database, digest: str) -> datetime | None:
    """This function will say when the very same list was last imported, if it was."""
    query = select(list_import.c.at).where(list_import.c.digest == digest).order_by(list_import.c.id.desc())
    moment: datetime | None = (await db.execute(query)).scalars().first()
    return moment


async def answers_for(db: Database, fingerprint: str) -> Mapping[str, str]:
    """This function will give the answers that the last list with these headers was read with."""
    query = (
        select(list_import.c.answers).where(list_import.c.fingerprint == fingerprint).order_by(list_import.c.id.desc())
    )
    found: Mapping[str, str] | None = (await db.execute(query)).scalars().first()
    return found or {}
