"""Time in a rehearsal: it stands still while anything is left to do, and then jumps to the next moment that matters.

A person is a generator of the moments at which he wants to go on; between two of them he does one thing. One person
acts at a time and the program settles after each, so the order of everything is fixed by the plans alone.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from bot.app import App
from simulator.client import SimClient

Acts: TypeAlias = AsyncIterator[datetime]

HALF_HOUR = 1800
MINUTE = 60
WAKES, SLEEPS = 20, 14
"""Between these hours (UTC) the company looks at the clock every half hour: 05:00 in Jayapura to 21:00 in Jakarta."""
ROUNDS = 50


class NeverSettles(Exception):
    """The program goes on and on at one moment: a bug of ours."""


class Clockwork:
    """The only one who moves the simulator's clock."""

    def __init__(self, *, sim: SimClient, app: App, start: datetime) -> None:
        self.now = start
        self._sim = sim
        self._app = app
        self._plans: list[tuple[datetime, int, Acts]] = []
        self._numbers = itertools.count()
        self._after_work: list[Callable[[], Awaitable[None]]] = []

    def after_work(self, check: Callable[[], Awaitable[None]]) -> None:
        """Have something looked at whenever the program has settled."""
        self._after_work.append(check)

    async def enter(self, person: Acts) -> None:
        """Let a person begin: he says when he wants to act first."""
        await self._go_on(person)

    async def run_until(self, end: datetime) -> None:
        """Let time pass until `end`."""
        while self.now < end:
            self.now = min(end, await self._next_moment())
            await self._sim.set_clock(self.now)
            await self.settle()
            while self._plans and self._plans[0][0] <= self.now:
                _, _, person = heapq.heappop(self._plans)
                await self._go_on(person)
                await self.settle()

    async def settle(self) -> None:
        """Work until inbound, jobs, outbox and callbacks are empty at this moment."""
        for _ in range(ROUNDS):
            await self._sim.flush()
            await self._app.settle()
            if (await self._sim.idle())["idle"]:
                break
        else:
            raise NeverSettles(self.now.isoformat())
        for check in self._after_work:
            await check()

    async def _go_on(self, person: Acts) -> None:
        try:
            at = await anext(person)
        except StopAsyncIteration:
            return
        heapq.heappush(self._plans, (max(at, self.now), next(self._numbers), person))

    async def _next_moment(self) -> datetime:
        plans = [self._plans[0][0]] if self._plans else []
        due = await self._app.next_due_at()
        callback = (await self._sim.idle())["next_callback_at"]
        reports = [_rounded_up(datetime.fromisoformat(callback), MINUTE)] if callback else []
        found = [self._half_hour(), *plans, *reports, *([due] if due else [])]
        return min(one for one in found if one > self.now)

    def _half_hour(self) -> datetime:
        following = _rounded_up(self.now + timedelta(seconds=1), HALF_HOUR)
        if SLEEPS <= following.hour < WAKES:
            return following.replace(hour=WAKES, minute=0)
        return following


def _rounded_up(at: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp(-(-at.timestamp() // seconds) * seconds, UTC)
