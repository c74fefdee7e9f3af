"""Open questions and half-made choices: rows, so that any process may take the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, update

from storage import rows
from storage.engine import Database
from storage.tables import draft, question

QUESTION_SUBJECT = "question:"
"""What a waiting message asks, where it shows nothing else: the number of its question follows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenQuestion:
    """A typed answer we wait for from one person in one chat."""

    id: int
    person_id: int
    chat_id: int
    message_id: int | None
    kind: str
    subject_id: int | None
    details: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What a person has chosen so far on the way to an outcome."""

    choices: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewQuestion:
    person_id: int
    chat_id: int
    kind: str
    subject_id: int | None
    details: Mapping[str, Any]


async def ask(db: Database, new: NewQuestion, *, now: datetime) -> int:
    """This function will open a question and close the person's earlier ones: one question at a time."""
    await close_all(db, person_id=new.person_id, chat_id=new.chat_id, now=now)
    values = {
        "person_id": new.person_id,
        "chat_id": new.chat_id,
        "kind": new.kind,
        "subject_id": new.subject_id,
        "details": dict(new.details),
        "asked_at": now,
    }
    return rows.new_id(await db.execute(question.insert().values(values)))


async def note_message(db: Database, question_id: int, message_id: int) -> None:
    await db.execute(update(question).where(question.c.id == question_id).values(message_id=message_id))


async def open_for(db: Database, *, person_id: int, chat_id: int, reply_to: int | None = None) -> OpenQuestion | None:
    """This function will find the question a typed text answers: the one replied to, else the newest open one.

    A question that has not been shown yet, because Telegram asked us to wait, is answered by any reply.
    """
    query = rows.of(question, OpenQuestion).where(
        question.c.person_id == person_id, question.c.chat_id == chat_id, question.c.closed_at.is_(None)
    )
    if reply_to is not None:
        query = query.where(or_(question.c.message_id == reply_to, question.c.message_id.is_(None)))
    return await rows.found(db, query.order_by(question.c.id.desc()).limit(1), OpenQuestion)


async def open_by_id(db: Database, question_id: int, *, person_id: int) -> OpenQuestion | None:
    """This function will find an open question of one person by its number; for update, so that it is taken once."""
    query = rows.of(question, OpenQuestion).where(
        question.c.id == question_id, question.c.person_id == person_id, question.c.closed_at.is_(None)
    )
    return await rows.found(db, query.with_for_update(), OpenQuestion)


async def close(db: Database, question_id: int, *, now: datetime) -> None:
    await db.execute(update(question).where(question.c.id == question_id).values(closed_at=now))


async def close_all(db: Database, *, person_id: int, chat_id: int, now: datetime) -> None:
    await db.execute(
        update(question)
        .where(question.c.person_id == person_id, question.c.chat_id == chat_id, question.c.closed_at.is_(None))
        .values(closed_at=now)
    )


async def choices(db: Database, *, follow_up_id: int, person_id: int) -> dict[str, Any]:
    query = rows.of(draft, Draft).where(draft.c.follow_up_id == follow_up_id, draft.c.person_id == person_id)
    kept = await rows.found(db, query, Draft)
    return {} if kept is None else dict(kept.choices)


async def keep_choices(
    db: Database, chosen: Mapping[str, Any], *, follow_up_id: int, person_id: int, now: datetime
) -> None:
    values = {"choices": dict(chosen), "at": now}
    where = (draft.c.follow_up_id == follow_up_id, draft.c.person_id == person_id)
    kept = await db.execute(update(draft).where(*where).values(values))
    if kept.rowcount == 0:
        await db.execute(draft.insert().values(follow_up_id=follow_up_id, person_id=person_id, **values))


async def drop_choices(db: Database, *, follow_up_id: int, person_id: int) -> None:
    await db.execute(delete(draft).where(draft.c.follow_up_id == follow_up_id, draft.c.person_id == person_id))
