"""Time in a rehearsal: it stands still while anything is left to do, and then jumps to the next moment that matters.

A person is a generator of the moments at which he wants to go on; between two of them he does one thing. One person
acts at a time and the program settles after each, so the order of everything is fixed by the plans alone.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from bot.app import App
from simulator.client import SimClient
from simulator.server import Simulator

Acts: TypeAlias = AsyncIterator[datetime]

HALF_HOUR = 1800
HEARTBEAT = timedelta(minutes=10)
QUARTER_DAY = 6 * 3600
WAKES, SLEEPS = 20, 12
"""Between these hours (UTC) the company looks at the clock every half hour: 05:00 in Jayapura to 19:00 in Jakarta."""
EAST = timedelta(hours=9)
"""Jayapura begins its day first."""
ROUNDS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayedClock:
    """The simulator's clock, for a program in the same process: read where it runs instead of over HTTP."""

    simulator: Simulator

    async def now(self) -> datetime:
        """The simulator's moment, aware, in UTC."""
        return self.simulator.world.clock.now()


class NeverSettles(Exception):
    """The program goes on and on at one moment: a bug of ours."""


class Clockwork:
    """The only one who moves the simulator's clock.

    The program's heart beats every half hour of an open day, and at least every ten minutes while somebody acts: no
    moment is left behind by more than that before everything due has been done.
    """

    def __init__(self, *, sim: SimClient, app: App, start: datetime) -> None:
        self.now = start
        self._sim = sim
        self._app = app
        self._plans: list[tuple[datetime, int, Acts]] = []
        self._numbers = itertools.count()
        self._after_work: list[Callable[[], Awaitable[None]]] = []
        self._beaten_at = start - HEARTBEAT
        self._owes_beat = True
        self._due_at: datetime | None = None

    def after_work(self, check: Callable[[], Awaitable[None]]) -> None:
        """Have something looked at whenever the program has settled."""
        self._after_work.append(check)

    async def enter(self, person: Acts) -> None:
        """Let a person begin: he says when he wants to act first."""
        await self._go_on(person)

    async def run_until(self, end: datetime) -> None:
        """Let time pass until `end`."""
        while self.now < end:
            look = self._next_look()
            moment = min(end, self._next_moment())
            if self._owes_beat and moment - self._beaten_at > HEARTBEAT:
                await self.settle()
                continue
            self.now = moment
            await self._sim.set_clock(moment)
            await self._work(fully=moment in (end, look))
            while self._plans and self._plans[0][0] <= self.now:
                _, _, person = heapq.heappop(self._plans)
                await self._go_on(person)
                await self._work(fully=self.now - self._beaten_at > HEARTBEAT)

    async def settle(self) -> None:
        """Work until inbound, jobs, outbox and callbacks are empty at this moment."""
        await self._work(fully=True)

    async def _work(self, *, fully: bool) -> None:
        if fully:
            await self._beat()
        else:
            await self._listen()
        for check in self._after_work:
            await check()

    async def _beat(self) -> None:
        for _ in range(ROUNDS):
            await self._sim.flush()
            await self._app.settle()
            if (await self._sim.idle())["idle"]:
                self._beaten_at, self._owes_beat = self.now, False
                self._due_at = await self._app.next_due_at()
                return
        raise NeverSettles(self.now.isoformat())

    async def _listen(self) -> None:
        """What people did now and what is to be sent now; the jobs follow with the next beat."""
        for _ in range(ROUNDS):
            while await self._app.poll(timeout_seconds=0):
                self._owes_beat = True
            self._due_at = await self._app.next_due_at()
            if self._due_at is None or self._due_at > self.now or not await self._app.drain():
                return
            self._owes_beat = True
        raise NeverSettles(self.now.isoformat())

    async def _go_on(self, person: Acts) -> None:
        try:
            at = await anext(person)
        except StopAsyncIteration:
            return
        heapq.heappush(self._plans, (max(at, self.now), next(self._numbers), person))

    def _next_moment(self) -> datetime:
        plans = [self._plans[0][0]] if self._plans else []
        found = [self._next_look(), *plans, *([self._due_at] if self._due_at else [])]
        return min(one for one in found if one > self.now)

    def _next_look(self) -> datetime:
        """Half and full hours of an open day; at night and on closed days hardly anything is due."""
        following = _rounded_up(self.now + timedelta(seconds=1), HALF_HOUR)
        if SLEEPS <= following.hour < WAKES:
            return following.replace(hour=WAKES, minute=0)
        is_open = self._app.world.calendar.is_open((following + EAST).date())
        return following if is_open else _rounded_up(following, QUARTER_DAY)


def _rounded_up(at: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp(-(-at.timestamp() // seconds) * seconds, UTC)
