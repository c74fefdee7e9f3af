"""The queue of updates: long polling, confirmation by offset, expiry."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass

from simulator.clock import SimClock
from simulator.journal import Journal
from simulator.signals import Signal
from simulator.telegram.errors import OTHER_POLLER, WEBHOOK_ACTIVE, conflict
from simulator.wire import Json, snapshot

FIRST_UPDATE_ID = 100_000_001
CALLBACK_SECONDS = 150
MESSAGE_SECONDS = 24 * 3600
MAX_POLL_SECONDS = 50
DEFAULT_KINDS = frozenset(
    {"message", "edited_message", "callback_query", "my_chat_member", "inline_query", "chosen_inline_result"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Queued:
    """One update waiting. `key` names its chat: order is kept within it."""

    id: int
    kind: str
    key: int
    at: float
    body: Json

    def expired(self, now: float) -> bool:
        """True when the real server would have dropped it."""
        return now - self.at > (CALLBACK_SECONDS if self.kind == "callback_query" else MESSAGE_SECONDS)


class UpdateQueue:
    """Updates in the order they happened; a getUpdates call with a higher offset confirms them."""

    def __init__(self, clock: SimClock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        self._ids = itertools.count(FIRST_UPDATE_ID)
        self._pending: dict[int, Queued] = {}
        self._kinds = DEFAULT_KINDS
        self._generation = 0
        self._ended_by: Callable[[], Exception] = lambda: conflict(OTHER_POLLER)
        self.webhook_url = ""
        self.changed = Signal()

    def add(self, kind: str, key: int, body: Json) -> int | None:
        """Queue an update; None when the bot does not want this kind."""
        if kind not in self._kinds:
            return None
        number = next(self._ids)
        frozen = {"update_id": number, kind: snapshot(body)}
        queued = Queued(id=number, kind=kind, key=key, at=self._clock.now().timestamp(), body=frozen)
        self._pending[number] = queued
        self._journal.write("telegram", "update", update_id=number, request=queued.body)
        self.changed.fire()
        return number

    def want(self, kinds: list[str] | None) -> None:
        """Take over allowed_updates; None keeps the former choice, an empty list means the default."""
        if kinds is not None:
            self._kinds = frozenset(kinds) if kinds else DEFAULT_KINDS

    def wanted(self) -> list[str] | None:
        """The choice in force, None when it is the default."""
        return None if self._kinds == DEFAULT_KINDS else sorted(self._kinds)

    def pending(self) -> list[Queued]:
        """Everything unconfirmed, oldest first, after dropping what is too old."""
        now = self._clock.now().timestamp()
        for queued in [q for q in self._pending.values() if q.expired(now)]:
            del self._pending[queued.id]
            self._journal.write("telegram", "update_expired", update_id=queued.id)
            self.changed.fire()
        return list(self._pending.values())

    def confirm(self, update_id: int) -> None:
        """Remove one update."""
        if self._pending.pop(update_id, None):
            self.changed.fire()

    def forget(self) -> None:
        """Remove all."""
        self._pending.clear()
        self.changed.fire()

    def end_polls(self, reason: str) -> None:
        """Make a waiting getUpdates fail with a conflict."""
        self._generation += 1
        self._ended_by = lambda: conflict(reason)
        self.changed.fire()

    async def poll(self, *, offset: int, limit: int, seconds: float) -> list[Json]:
        """The next updates; waits at most `seconds` (real time). Raises the conflict errors."""
        if self.webhook_url:
            raise conflict(WEBHOOK_ACTIVE)
        self.end_polls(OTHER_POLLER)
        mine = self._generation
        self._confirm_below(offset)
        deadline = asyncio.get_running_loop().time() + min(max(seconds, 0), MAX_POLL_SECONDS)
        while True:
            ready = self.pending()[: min(limit, 100) if limit > 0 else 100]
            left = deadline - asyncio.get_running_loop().time()
            if ready or left <= 0:
                return [queued.body for queued in ready]
            await self.changed.wait(left)
            if self._generation != mine:
                raise self._ended_by()

    def _confirm_below(self, offset: int) -> None:
        waiting = self.pending()
        if offset < 0:
            offset = waiting[max(len(waiting) + offset, 0)].id if waiting else 0
        for queued in waiting:
            if queued.id < offset:
                self.confirm(queued.id)
