"""The append-only journal (000-VI.2): hash-chained, with the personal payload in a table of its own."""

from __future__ import annotations

import json
import secrets
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from sop.journal import FIRST_CHAIN, JournalRow, digest_of, link
from storage.engine import Database
from storage.tables import journal, journal_head, journal_payload


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What happened: who did it, what kind of thing, to which payer, and the personal details apart."""

    actor: str
    kind: str
    payer_id: int | None
    local_at: str
    policy_version: str
    payload: Mapping[str, Any]


async def append(db: Database, entry: Entry, *, now: datetime) -> int:
    """This function will add one row to the chain and give its number; the head row keeps writers in line."""
    head = (await db.execute(select(journal_head).with_for_update())).first()
    if head is None:
        await db.execute(journal_head.insert().values(id=1, seq=0, chain=FIRST_CHAIN))
    seq, previous = (1, FIRST_CHAIN) if head is None else (head.seq + 1, head.chain)
    body, salt = json.dumps(entry.payload, ensure_ascii=False, sort_keys=True), secrets.token_hex(16)
    row = JournalRow(
        seq=seq,
        at=now,
        local_at=entry.local_at,
        actor=entry.actor,
        kind=entry.kind,
        payer_id=entry.payer_id,
        policy_version=entry.policy_version,
        digest=digest_of(body, salt=salt),
        chain="",
    )
    chain = link(previous, row)
    values = {name: getattr(row, name) for name in JournalRow.__dataclass_fields__}
    await db.execute(journal.insert().values({**values, "chain": chain}))
    await db.execute(journal_payload.insert().values(seq=seq, salt=salt, body=body))
    await db.execute(update(journal_head).values(seq=seq, chain=chain))
    return seq


async def all_rows(db: Database) -> AsyncIterator[tuple[JournalRow, str | None, str | None]]:
    """This function will give every row with its salt and payload (none where erased), in order."""
    query = (
        select(journal, journal_payload.c.salt, journal_payload.c.body)
        .join(journal_payload, journal_payload.c.seq == journal.c.seq, isouter=True)
        .order_by(journal.c.seq)
    )
    async for row in await db.stream(query):
        *columns, salt, body = row
        yield JournalRow(**dict(zip(journal.c.keys(), columns, strict=True))), salt, body
