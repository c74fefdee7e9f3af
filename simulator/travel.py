"""Travelling in time, from one due moment to the next, so that nothing is jumped over.

A journey only moves the clock. The program notices by itself and says in its agenda when it has done what was due
(`at`) and when something is due again (`next_at`); callbacks of the simulator are stops too. Where no program keeps
an agenda, every half hour is a stop.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from simulator.clock import iso, parse_instant
from simulator.wire import Json
from simulator.world import World

HALF_HOUR = 1800
MINUTE = 60
IDLE_SECONDS = 1.0
"""How long (real time) a stop waits for a program without agenda to take what is waiting."""
SETTLE_SECONDS = 20.0
"""How long (real time) a stop waits for the agenda before the journey ends as `stuck`."""


class Traveller:
    """At most one journey at a time; a new one replaces it."""

    def __init__(self, world: World) -> None:
        self._world, self._stage, self._clock = world, world.stage, world.clock
        self._task: asyncio.Task[None] | None = None
        self._state: Json = {"state": "arrived", "to": None, "stops": 0}

    def shown(self) -> Json:
        """`state` is travelling, arrived, stopped or stuck (the program did not catch up)."""
        return dict(self._state)

    def next_stop(self) -> datetime | None:
        """The next moment at which something is known to be due."""
        now, callback = self._clock.now(), self._world.ledger.timeline.next_at()
        known = [self._stage.agenda.next_at, _rounded_up(callback, MINUTE) if callback else None]
        return min((at for at in known if at and at > now), default=None)

    def next_event(self) -> datetime | None:
        """The next moment that those who watch would call an event: of the plan when there is one, or a callback."""
        now, callback = self._clock.now(), self._world.ledger.timeline.next_at()
        planned = [parse_instant(str(row["at"])) for row in self._stage.agenda.plan]
        known = [*planned, *([_rounded_up(callback, MINUTE)] if callback else [])]
        return min((at for at in known if at > now), default=self.next_stop())

    async def begin(self, to: datetime) -> Json:
        """Set out; raises ValueError when `to` is not ahead."""
        if to <= self._clock.now():
            raise ValueError("one travels forwards only")
        await self.stop()
        self._clock.run(0)
        self._state = {"state": "travelling", "to": iso(to), "stops": 0}
        self._task = asyncio.create_task(self._go(to))
        self._stage.changed.fire()
        return self.shown()

    async def stop(self) -> Json:
        """End the journey where it is."""
        if self._task and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._end("stopped")
        return self.shown()

    async def arrived(self, seconds: float) -> Json:
        """The state after waiting at most `seconds` (real time) for the end of the journey."""
        if self._task:
            await asyncio.wait([self._task], timeout=seconds)
        return self.shown()

    async def _go(self, to: datetime) -> None:
        settled = await self._settle()
        while settled and self._clock.now() < to:
            at = min(to, self.next_stop() or to, self._half_hour() or to)
            self._clock.set(at)
            self._state["stops"] += 1
            self._world.journal.write("sim", "clock", request={"set": iso(at), "travelling": True}, factor=0)
            settled = await self._settle()
        self._end("arrived" if settled else "stuck")

    def _half_hour(self) -> datetime | None:
        if self._stage.agenda.running and self._stage.agenda.next_at:
            return None
        return _rounded_up(self._clock.now() + timedelta(seconds=1), HALF_HOUR)

    async def _settle(self) -> bool:
        await self._world.flush()
        if not self._stage.agenda.running:
            await self._world.wait_idle(IDLE_SECONDS)
            return True
        if not (await self._world.wait_idle(SETTLE_SECONDS))["idle"]:
            return False
        return await self._stage.caught_up(self._clock.now(), self._world.journal.told, SETTLE_SECONDS)

    def _end(self, state: str) -> None:
        self._state["state"] = state
        self._stage.changed.fire()


def _rounded_up(at: datetime, seconds: int) -> datetime:
    return datetime.fromtimestamp(-(-at.timestamp() // seconds) * seconds, UTC)
