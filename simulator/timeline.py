"""What must happen at a simulated instant: status callbacks and the like, in one deterministic order."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from simulator.clock import SimClock
from simulator.signals import Signal

Action = Callable[[datetime], Awaitable[None]]
"""Called with the instant at which it was due."""


@dataclass(order=True)
class _Due:
    at: datetime
    seq: int
    action: Action = field(compare=False)


class Timeline:
    """Runs actions one after the other, by due instant and then by the order in which they were added."""

    def __init__(self, clock: SimClock) -> None:
        self._clock = clock
        self._heap: list[_Due] = []
        self._count = itertools.count()
        self._lock = asyncio.Lock()
        self._running = 0
        self.changed = Signal()

    def add(self, at: datetime, action: Action) -> None:
        """Plan an action."""
        heapq.heappush(self._heap, _Due(at, next(self._count), action))
        self.changed.fire()
        self._clock.moved.fire()

    def due_count(self) -> int:
        """Actions whose time has come and that are not finished."""
        now = self._clock.now()
        return self._running + sum(1 for due in self._heap if due.at <= now)

    def next_at(self) -> datetime | None:
        """The instant of the next action, due or not."""
        return self._heap[0].at if self._heap else None

    def clear(self) -> None:
        """Forget all plans (reset only)."""
        self._heap.clear()
        self.changed.fire()

    async def run_due(self) -> int:
        """Run all that is due, also what becomes due meanwhile; returns how many ran."""
        done = 0
        async with self._lock:
            while self._heap and self._heap[0].at <= self._clock.now():
                due = heapq.heappop(self._heap)
                self._running = 1
                try:
                    await due.action(due.at)
                finally:
                    self._running = 0
                done += 1
        if done:
            self.changed.fire()
        return done

    async def work(self) -> None:
        """Run due actions for ever."""
        while True:
            if await self.run_due():
                continue
            upcoming = self.next_at()
            await self._clock.moved.wait(None if upcoming is None else self._clock.real_seconds_until(upcoming))
