"""A running program with its clock: settling, travelling in time, and doing several things at the same instant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.app import App
from simulator.client import SimClient
from storage import Database
from tests.journeys.phones import CustomerPhone, Group, Phone

JAKARTA = ZoneInfo("Asia/Jakarta")
MORNING = datetime(2026, 11, 18, 4, 30, tzinfo=JAKARTA)  # a Wednesday without holidays around it
HALF = 30  # minutes
FIRST_HOUR, LAST_HOUR = 3, 21
PACE = timedelta(seconds=5)


@dataclass(kw_only=True)
class Running:
    """The program, the simulator it talks to, and the phones that are looked at."""

    sim: SimClient
    app: App
    chats: list[Phone | Group | CustomerPhone] = field(default_factory=list)
    now: datetime = MORNING
    _waits: bool = False

    def transaction(self) -> AbstractAsyncContextManager[Database]:
        return self.app.store.transaction()

    async def settle(self) -> None:
        """Work until nothing is left to do now, then look at every phone."""
        if self._waits:
            return
        await self._work()
        while (paced := await self._paced()) is not None:
            self.now = paced
            await self.sim.set_clock(paced)
            await self._work()
        for chat in self.chats:
            await chat.refresh()

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
        while self.now < target:
            self.now = min(target, *[at for at in await self._stops() if at > self.now])
            await self.sim.set_clock(self.now)
            await self._work()
        await self.settle()

    async def morning(self, at: str = "09:00") -> None:
        """The day's plan is made and the collectors have begun."""
        await self.travel(to=at)

    async def _work(self) -> None:
        await self.sim.flush()
        await self.app.settle()
        await self.sim.flush()

    async def _paced(self) -> datetime | None:
        """When something leaves that only the pace of one message a second holds back."""
        due_at = await self.app.next_due_at()
        return due_at if due_at is not None and self.now < due_at <= self.now + PACE else None

    async def _stops(self) -> list[datetime]:
        callback = (await self.sim.idle())["next_callback_at"]
        found = [self._next_half_hour(), await self.app.next_due_at()]
        found.append(datetime.fromisoformat(callback) if callback else None)
        return [at for at in found if at is not None]

    def _next_half_hour(self) -> datetime:
        """By night nothing is planned for the half hours: the first is 03:00, when it is five in Papua."""
        local = self.now.astimezone(JAKARTA).replace(second=0, microsecond=0)
        coming = local.replace(minute=0 if local.minute < HALF else HALF) + timedelta(minutes=HALF)
        if LAST_HOUR <= coming.hour or coming.hour < FIRST_HOUR:
            night_ends = coming.replace(hour=FIRST_HOUR, minute=0)
            return night_ends if night_ends >= coming else night_ends + timedelta(days=1)
        return coming

    def _instant(self, to: str | datetime) -> datetime:
        if isinstance(to, datetime):
            return to
        if len(to) > len("09:00"):
            return datetime.fromisoformat(to).replace(tzinfo=JAKARTA)
        today = self.now.astimezone(JAKARTA).date()
        at = datetime.combine(today, time.fromisoformat(to), tzinfo=JAKARTA)
        return at if at > self.now else at + timedelta(days=1)
