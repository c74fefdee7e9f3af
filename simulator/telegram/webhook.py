"""Pushing updates to the bot's webhook: in order per chat, chats in parallel, again until 2xx."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.clock import SimClock
from simulator.faults import FaultBook
from simulator.journal import Journal
from simulator.outgoing import Answer, Outgoing
from simulator.signals import Signal, any_of
from simulator.telegram.updates import Queued, UpdateQueue
from simulator.wire import Json

MAX_DELAY_SECONDS = 60.0
MAX_RETRY_AFTER = 3600


@dataclass
class Hook:
    """The webhook as set, and what getWebhookInfo tells about it."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_on: int | None = None
    last_error: str = ""


@dataclass
class _Lane:
    lock: asyncio.Lock
    delay: float = 1.0
    started: bool = False
    next_try_at: datetime | None = None


class WebhookPusher:
    """One lane a chat. Retries wait on the simulated clock, doubling from 1 s; `flush` tries again at once."""

    def __init__(self, clock: SimClock, journal: Journal, queue: UpdateQueue, outgoing: Outgoing) -> None:
        self._clock, self._journal, self._queue, self._outgoing = clock, journal, queue, outgoing
        self._lanes: dict[int, _Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.faults = FaultBook()
        self.hook = Hook()
        self.settled = Signal()

    def set(self, hook: Hook) -> None:
        """Take over a webhook (an empty URL removes it)."""
        self.hook = hook
        self._queue.webhook_url = hook.url
        self._lanes.clear()
        self._queue.changed.fire()

    async def work(self) -> None:
        """Push for ever."""
        while True:
            wait = self._start_lanes()
            await any_of(self._queue.changed, self._clock.moved, self.settled, seconds=wait)

    async def flush(self) -> None:
        """Try everything that waits once more, now, and return when it has been answered."""
        keys = list(dict.fromkeys(q.key for q in self._queue.pending())) if self.hook.url else []
        await asyncio.gather(*(self._drain(key) for key in keys))

    async def close(self) -> None:
        """Stop all lanes."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start_lanes(self) -> float | None:
        """Start what may be tried now; returns the real seconds until something else may be, None when nothing will."""
        if not self.hook.url:
            return None
        waits = [self._start(key) for key in dict.fromkeys(q.key for q in self._queue.pending())]
        return min((wait for wait in waits if wait is not None), default=None)

    def _start(self, key: int) -> float | None:
        lane = self._lane(key)
        if lane.started:
            return None
        if lane.next_try_at and lane.next_try_at > self._clock.now():
            return self._clock.real_seconds_until(lane.next_try_at)
        lane.started = True
        task = asyncio.create_task(self._work_lane(key, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return None

    async def _work_lane(self, key: int, lane: _Lane) -> None:
        try:
            await self._drain(key)
        finally:
            lane.started = False
            self.settled.fire()

    def _lane(self, key: int) -> _Lane:
        return self._lanes.setdefault(key, _Lane(asyncio.Lock()))

    async def _drain(self, key: int) -> None:
        lane = self._lane(key)
        async with lane.lock:
            while waiting := [q for q in self._queue.pending() if q.key == key]:
                if not self.hook.url or not await self._push(waiting[0], lane):
                    break

    async def _push(self, queued: Queued, lane: _Lane) -> bool:
        twice = self.faults.strike("telegram", "update", frozenset({"duplicate_callback"}))
        answer = await self._post(queued)
        if twice and answer.accepted:
            answer = await self._post(queued)
        if answer.accepted:
            self._queue.confirm(queued.id)
            lane.delay, lane.next_try_at = 1.0, None
            return True
        delay = min(answer.retry_after or lane.delay, MAX_RETRY_AFTER)
        lane.next_try_at = self._clock.now() + timedelta(seconds=delay)
        lane.delay = min(lane.delay * 2, MAX_DELAY_SECONDS)
        self.hook.last_error_on = int(self._clock.now().timestamp())
        self.hook.last_error = answer.error or f"Wrong response from the webhook: {answer.status}"
        return False

    async def _post(self, queued: Queued) -> Answer:
        headers = {"Content-Type": "application/json"}
        if self.hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.hook.secret
        body = json.dumps(queued.body).encode()
        answer = await self._outgoing.request("POST", self.hook.url, body=body, headers=headers)
        facts: Json = {"url": self.hook.url, "update_id": queued.id, "status": answer.status, "error": answer.error}
        self._journal.write("telegram", "webhook", **facts)
        return answer
