"""What every delivery stands on: the books, the clock, the procedure and the pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.pacing import Pacer
from bot.turn import Desk, World
from storage import Database, Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """One for everything this process sends; nothing here goes out inside a transaction."""

    store: Store
    clock: Clock
    world: World
    pacer: Pacer

    def desk(self, db: Database, *, now: datetime) -> Desk:
        return self.world.desk(db, now=now)
