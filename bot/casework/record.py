"""Writing into the journal: who, when, what, under which policy (000-VI.2)."""

from __future__ import annotations

from typing import Any

from bot.reply import plain
from bot.turn import Desk, Turn
from storage import journal
from storage.journal import Happening

MACHINE = "machine"


async def note(desk: Desk, kind: str, *, payer_id: int | None = None, **details: Any) -> None:
    """This function will add one row to the evidence; names and texts go into the erasable payload."""
    actor = f"person:{desk.actor.id}" if isinstance(desk, Turn) else MACHINE
    happening = Happening(
        actor=actor,
        kind=kind,
        payer_id=payer_id,
        local_at=desk.local(None).isoformat(),
        policy_version=desk.policy.version,
        payload={name: plain(value) for name, value in details.items()},
    )
    await journal.append(desk.db, happening, now=desk.now)
