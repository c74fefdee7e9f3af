"""Writing into the journal: who, when, what, under which policy (000-VI.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import structlog

from bot.reply import plain
from bot.turn import Desk, Turn
from storage import journal
from storage.journal import Happening

log = structlog.get_logger()

MACHINE = "machine"


async def note(desk: Desk, kind: str, *, payer_id: int | None = None, **details: Any) -> None:
    """This function will add one row to the evidence; names and texts go into the erasable payload."""
    await note_all(desk, kind, [(payer_id, details)])


async def note_all(desk: Desk, kind: str, told: Iterable[tuple[int | None, Mapping[str, Any]]]) -> None:
    """This function will add one row for each payer the same thing happened to, in one go."""
    actor = f"person:{desk.actor.id}" if isinstance(desk, Turn) else MACHINE
    local_at, version = desk.local(None).isoformat(), desk.policy.version
    happenings = [
        Happening(
            actor=actor,
            kind=kind,
            payer_id=payer_id,
            local_at=local_at,
            policy_version=version,
            payload={name: plain(value) for name, value in details.items()},
        )
        for payer_id, details in told
    ]
    await journal.append_all(desk.db, happenings, now=desk.now)
    if happenings:
        log.info("noted", action="noted", kind=kind, count=len(happenings))
