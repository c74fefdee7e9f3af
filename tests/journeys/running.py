"""A running program with its clock: settling, travelling in time, and doing several things at the same instant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.app import App
from simulator.client import SimClient
from simulator.wire import Json
from storage import Database
from tests.journeys import stops
from tests.journeys.phones import CustomerPhone, Group, Phone

JAKARTA = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 11, 18, 4, 30, tzinfo=JAKARTA)  # a Wednesday without holidays around it
PACE = timedelta(seconds=5)


@dataclass(kw_only=True)
class Running:
    """The program, the simulator it talks to, and the phones that are looked at."""

    sim: SimClient
    app: App
    chats: list[Phone | Group | CustomerPhone] = field(default_factory=list)
    now: datetime = MORNING
    _deed_at: datetime = MORNING
    _waits: bool = False

    def transaction(self) -> AbstractAsyncContextManager[Database]:
        return self.app.store.transaction()

    async def settle(self) -> None:
        """After a deed: work until nothing is left to do now, then look at every phone."""
        if self._waits:
            return
        self._deed_at = self.now
        await self._settle()

    @asynccontextmanager
    async def at_once(self) -> AsyncIterator[None]:
        """What people do inside happens at the same instant; the program sees it together afterwards."""
        self._waits = True
        try:
            yield
        finally:
            self._waits = False
        await self.settle()

    async def travel(self, *, to: str | datetime | None = None, hours: float = 0, days: float = 0) -> None:
        """Let time pass, stopping wherever something may be due."""
        target = self.now + timedelta(hours=hours, days=days) if to is None else self._instant(to)
        state = await self._work()
        async with self.transaction() as db:
            zones = await stops.zones_of(db, self.app.world)
        while self.now < target:
            self.now = min(target, await self._next_stop(state, zones))
            await self.sim.set_clock(self.now)
            state = await self._work()
        await self._settle()

    async def morning(self, at: str = "09:00") -> None:
        """The day's plan is made and the collectors have begun."""
        await self.travel(to=at)

    async def _settle(self) -> None:
        await self._work()
        while (paced := await self._paced()) is not None:
            self.now = paced
            await self.sim.set_clock(paced)
            await self._work()
        for chat in self.chats:
            await chat.refresh()

    async def _work(self) -> Json:
        """All that is due at this moment; gives how the simulator stands afterwards."""
        await self.sim.flush()
        await self.app.settle()
        return await self.sim.flush()

    async def _paced(self) -> datetime | None:
        """When something leaves that only the pace of one message a second holds back."""
        due_at = await self.app.next_due_at()
        return due_at if due_at is not None and self.now < due_at <= self.now + PACE else None

    async def _next_stop(self, state: Json, zones: frozenset[str]) -> datetime:
        callback, policy = state["next_callback_at"], self.app.world.policy
        now = self.now.astimezone(UTC)
        async with self.transaction() as db:
            found = [
                stops.next_hour(policy, zones, now=now),
                stops.next_half_hour(policy, self._deed_at, now=now),
                await stops.next_moment(db, now=now),
                datetime.fromisoformat(callback) if callback else None,
            ]
        return min(at for at in found if at is not None and at > now)

    def _instant(self, to: str | datetime) -> datetime:
        if isinstance(to, datetime):
            return to
        if len(to) > len("09:00"):
            return datetime.fromisoformat(to).replace(tzinfo=JAKARTA)
        today = self.now.astimezone(JAKARTA).date()
        at = datetime.combine(today, time.fromisoformat(to), tzinfo=JAKARTA)
        return at if at > self.now else at + timedelta(days=1)
