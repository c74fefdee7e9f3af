"""Files that somebody sent and has not decided about yet; decided, their content is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from storage import rows
from storage.engine import Database
from storage.tables import upload


@dataclass(frozen=True, kw_only=True, slots=True)
class NewUpload:
    person_id: int
    chat_id: int
    filename: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file as it was sent; `content` is none once it was decided about."""

    id: int
    person_id: int
    filename: str
    content: bytes | None
    answers: Mapping[str, str]
    closed_at: datetime | None


async def add(db: Database, new: NewUpload, *, now: datetime) -> int:
    values = {
        "person_id": new.person_id,
        "chat_id": new.chat_id,
        "filename": new.filename,
        "content": new.content,
        "answers": {},
        "at": now,
    }
    return rows.new_id(await db.execute(upload.insert().values(values)))


async def get(db: Database, upload_id: int, *, person_id: int) -> Upload:
    """This function will load a file for the one who sent it; raises NotFound for everybody else."""
    query = rows.of(upload, Upload).where(upload.c.id == upload_id, upload.c.person_id == person_id)
    return await rows.got(db, query.with_for_update(), Upload)


async def keep_answers(db: Database, upload_id: int, answers: Mapping[str, str]) -> None:
    await db.execute(update(upload).where(upload.c.id == upload_id).values(answers=dict(answers)))


async def close(db: Database, upload_id: int, *, now: datetime) -> bool:
    """This function will mark a file as decided about and forget its content; false when it was already."""
    closed = await db.execute(
        update(upload).where(upload.c.id == upload_id, upload.c.closed_at.is_(None)).values(closed_at=now, content=None)
    )
    return closed.rowcount == 1
