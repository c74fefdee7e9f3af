"""The heartbeat: APScheduler calls, everything due is a row. Its memory holds nothing that may not be lost.

A clock set back would keep the scheduler waiting for the old hour; a watch on the monotonic clock starts it anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

Call = Callable[[], Awaitable[object]]

WATCH_SECONDS = 5.0
LATE_FACTOR = 3  # so many intervals without a call: the clock was set back


class Heartbeat:
    """Calls things again and again, each never twice at the same time; a call that fails is logged and comes again."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._calls: dict[str, tuple[Call, float]] = {}
        self._called_at: dict[str, float] = {}

    def every(self, seconds: float, name: str, call: Call) -> None:
        """This function will have something called at this interval, for the first time at once."""
        self._calls[name] = (call, seconds)

    async def run(self, stopped: asyncio.Event) -> None:
        """This function will beat until it is stopped."""
        self._scheduler.start()
        try:
            await asyncio.gather(*(self._call(name) for name in self._calls))
            for name in self._calls:
                self._schedule(name)
            while not stopped.is_set():
                self._restart_late()
                await _pause(stopped, WATCH_SECONDS)
        finally:
            self._scheduler.shutdown(wait=False)

    def _schedule(self, name: str) -> None:
        _, seconds = self._calls[name]
        self._called_at[name] = asyncio.get_running_loop().time()
        self._scheduler.add_job(
            self._call,
            "interval",
            seconds=seconds,
            args=[name],
            id=name,
            replace_existing=True,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def _restart_late(self) -> None:
        now = asyncio.get_running_loop().time()
        for name, (_, seconds) in self._calls.items():
            if now - self._called_at[name] > LATE_FACTOR * seconds:
                log.warning("heartbeat_restarted", action="heartbeat_restarted", call=name)
                self._schedule(name)

    async def _call(self, name: str) -> None:
        self._called_at[name] = asyncio.get_running_loop().time()
        call, _ = self._calls[name]
        try:
            await call()
        except Exception:  # the next beat tries again
            log.exception("heartbeat_failed", action="heartbeat_failed", call=name)
        self._called_at[name] = asyncio.get_running_loop().time()


async def _pause(stopped: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopped.wait(), seconds)
    except TimeoutError:
        return
