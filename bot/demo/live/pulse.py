"""The program at work beside a simulator whose clock jumps: it catches up at once and says how far it is.

Whatever happens is an entry of the simulator's journal, so nothing else is polled. While the program's own pace holds
something back on a clock that stands, the clock is moved by those seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from bot.demo.live import agenda
from bot.demo.live.tracing import Teller
from bot.running import Program
from simulator.client import SimClient
from storage.outlook import outlook

WAIT_SECONDS, LEAST_WAIT_SECONDS = 5.0, 0.2
PACE = timedelta(seconds=5)
OURS = frozenset({"call", "trace", "agenda"})
"""Entries about what the program itself did bring it nothing new to do."""
BEATS = frozenset({"clock", "customer_changed"})
"""After these something may be due by the clock; after what people do there is at most something to send."""


@dataclass(kw_only=True)
class Pulse:
    """Keeps the agenda of one running program."""

    program: Program
    sim: SimClient
    teller: Teller
    seen: int = 0
    _moved: bool = True

    async def run(self) -> None:
        """This function will beat until the program stops, or until there is no simulator any more."""
        try:
            self.seen = (await self.sim.call("GET", "/sim/journal?since=1000000000"))["total"]
            while not self.program.stopped.is_set():
                await self._await_news(await self._beat())
        except aiohttp.ClientError:
            self.program.stopped.set()

    async def _beat(self) -> float:
        """Do what is due and tell; gives for how many real seconds at most there is nothing to do."""
        clock = await self.sim.call("GET", "/sim/clock")
        now, factor = datetime.fromisoformat(clock["now"]), float(clock["factor"])
        await self.program.catch_up(clock_moved=self._moved)
        app = self.program.app
        async with app.store.transaction() as db:
            coming = await outlook(db, now=now)
        following = agenda.next_due_at(coming, app.world, now=now)
        await self.teller.tell_departed(app.store)
        await self.sim.tell_agenda(now, following, seen=self.seen, plan=agenda.plan(coming, app.world, now=now))
        if factor == 0 and now < following <= now + PACE and not await self._is_travelling():
            await self.sim.set_clock(following)
        left = WAIT_SECONDS if factor == 0 else (following - now).total_seconds() / factor
        return min(WAIT_SECONDS, max(LEAST_WAIT_SECONDS, left))

    async def _await_news(self, seconds: float) -> None:
        while entries := await self.sim.journal(self.seen, wait=seconds):
            self.seen = entries[-1]["seq"]
            kinds = {one["kind"] for one in entries} - OURS
            self._moved = not kinds.isdisjoint(BEATS)
            if kinds:
                return
        self._moved = True

    async def _is_travelling(self) -> bool:
        return str((await self.sim.call("GET", "/sim/stage"))["travel"]["state"]) == "travelling"
