"""The append-only journal (000-VI.2): hash-chained, with the personal payload in a table of its own."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from sop.journal import Entry, Head, canonical, digest_of, link
from storage.engine import Database
from storage.tables import journal, journal_head, journal_payload

SALT_BYTES = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """What happened: who did it, what kind of thing, to which payer; names and texts go into the payload."""

    actor: str
    kind: str
    payer_id: int | None
    local_at: str
    policy_version: str
    payload: Mapping[str, Any]


async def append(db: Database, happening: Happening, *, now: datetime) -> int:
    """This function will add one row to the chain and give its number; the head row keeps writers in line."""
    return await append_all(db, [happening], now=now)


async def append_all(db: Database, happenings: Sequence[Happening], *, now: datetime) -> int:
    """This function will add rows to the chain in their order, and give the number of the last.

    A first import opens thousands of questions at once: they cost as many statements as one.
    """
    last = await head(db, for_update=True)
    if last is None:
        last = Head()
        await db.execute(journal_head.insert().values(id=1, seq=last.seq, chain=last.chain))
    rows, payloads = [], []
    for happening in happenings:
        payload = canonical({"local_at": happening.local_at, "policy": happening.policy_version, **happening.payload})
        salt = secrets.token_hex(SALT_BYTES)
        digest = digest_of(payload, salt)
        row: dict[str, Any] = {
            "seq": last.seq + 1,
            "at": now,
            "actor": happening.actor,
            "kind": happening.kind,
            "payer_id": happening.payer_id,
            "policy_version": happening.policy_version,
            "digest": digest,
        }
        last = Head(seq=row["seq"], chain=link(last.chain, Entry(**row, chain="")))
        rows.append(row | {"chain": last.chain})
        payloads.append({"seq": last.seq, "salt": salt, "body": payload})
    if rows:
        await db.execute(journal.insert(), rows)
        await db.execute(journal_payload.insert(), payloads)
        await db.execute(update(journal_head).values(seq=last.seq, chain=last.chain))
    return last.seq


async def head(db: Database, *, for_update: bool = False) -> Head | None:
    """This function will give the newest link, kept apart from the rows."""
    query = select(journal_head.c.seq, journal_head.c.chain)
    row = (await db.execute(query.with_for_update() if for_update else query)).first()
    return None if row is None else Head(seq=row.seq, chain=row.chain)


async def entries(db: Database) -> AsyncIterator[Entry]:
    """This function will give every row in order, with salt and payload where they have not been erased."""
    query = (
        select(
            journal.c.seq,
            journal.c.at,
            journal.c.kind,
            journal.c.actor,
            journal.c.payer_id,
            journal.c.policy_version,
            journal.c.digest,
            journal.c.chain,
            journal_payload.c.body.label("payload"),
            journal_payload.c.salt,
        )
        .join(journal_payload, journal_payload.c.seq == journal.c.seq, isouter=True)
        .order_by(journal.c.seq)
    )
    async for row in await db.stream(query):
        yield Entry(**row._mapping)


async def of_payer(db: Database, payer_id: int) -> tuple[tuple[datetime, str, str], ...]:
    """This function will list what happened to a payer: when, what, and the payload's text."""
    query = (
        select(journal.c.at, journal.c.kind, journal_payload.c.body)
        .join(journal_payload, journal_payload.c.seq == journal.c.seq)
        .where(journal.c.payer_id == payer_id)
        .order_by(journal.c.seq)
    )
    return tuple((row[0], row[1], row[2]) for row in (await db.execute(query)).all())
