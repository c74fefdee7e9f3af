"""The part of the client that steers the simulator itself: clock, idleness, journal, faults, settings."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp

from simulator.wire import Json

T = TypeVar("T")
OK = 200


class SimRefusedError(Exception):
    """The control API refused; `labels` are the buttons that were there when one was not found."""

    def __init__(self, status: int, body: Json) -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body
        self.labels: list[str] = list(body.get("labels", []))


class Calls:
    """Plain JSON calls to the control API."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the session."""
        if self._session:
            await self._session.close()
            self._session = None

    async def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """One call. Raises SimRefusedError for anything but 200."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.request(method, f"{self.url}{path}", json=body) as response:
            answer: Json = await response.json()
            if response.status != OK:
                raise SimRefusedError(response.status, answer)
            return answer

    async def bytes_at(self, path: str) -> bytes:
        """Raw bytes. Raises SimRefusedError for anything but 200."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.get(f"{self.url}{path}") as response:
            if response.status != OK:
                raise SimRefusedError(response.status, {})
            return await response.read()


class Machine(Calls):
    """Clock, idleness, journal, faults, settings."""

    async def now(self) -> datetime:
        """What the simulated clock shows, aware UTC."""
        return datetime.fromisoformat((await self.call("GET", "/sim/clock"))["now"])

    async def set_clock(self, at: datetime) -> datetime:
        """Jump to an aware instant."""
        return await self._clock({"set": at.isoformat()})

    async def advance(self, seconds: float) -> datetime:
        """Jump ahead by seconds."""
        return await self._clock({"advance": seconds})

    async def run_clock(self, factor: float) -> datetime:
        """Let time run at a factor of real time; 0 freezes it."""
        return await self._clock({"run": factor})

    async def _clock(self, wanted: Json) -> datetime:
        return datetime.fromisoformat((await self.call("POST", "/sim/clock", wanted))["now"])

    async def idle(self, *, wait: float = 0.0) -> Json:
        """Whether updates or due callbacks wait; first waits at most `wait` real seconds for idleness."""
        return await self.call("GET", f"/sim/idle?wait={wait}")

    async def flush(self) -> Json:
        """Deliver all due callbacks and webhooks; returns the idle state when they have been answered."""
        return await self.call("POST", "/sim/flush")

    async def journal(self, since: int = 0, *, wait: float = 0.0) -> list[Json]:
        """Entries after a sequence number; waits at most `wait` real seconds for the first."""
        entries: list[Json] = (await self.call("GET", f"/sim/journal?since={since}&wait={wait}"))["entries"]
        return entries

    async def calls(self, method: str | None = None) -> list[Json]:
        """Journal entries of the bot's own calls, of one method when named."""
        entries = await self.journal()
        return [e for e in entries if e["kind"] == "call" and method in (None, e["method"])]

    async def until(self, check: Callable[[], Awaitable[T | None]], *, seconds: float = 10.0) -> T:
        """Ask `check` again after everything that happens until it gives something true. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while True:
                last = (await self.call("GET", "/sim/journal?since=1000000000"))["total"]
                found = await check()
                if found:
                    return found
                await self.journal(last, wait=seconds)

    async def fault(self, target: str, kind: str, **order: Any) -> Json:
        """Order a fault: method, times, retry_after, every."""
        return await self.call("POST", "/sim/faults", {"target": target, "kind": kind, **order})

    async def clear_faults(self) -> None:
        """Withdraw all faults."""
        await self.call("DELETE", "/sim/faults")

    async def config(self, **settings: Any) -> Json:
        """Change settings (none: just read them)."""
        return await self.call("POST", "/sim/config", settings)

    async def reset(self) -> None:
        """Forget people, chats, customers, templates, faults and the journal."""
        await self.call("POST", "/sim/reset")
