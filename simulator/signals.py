"""A wake-up call that any number of coroutines may wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence


class Signal:
    """Wakes everyone who waits at the moment it fires; keeps no memory of earlier firings."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def fire(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    def upcoming(self) -> asyncio.Event:
        """The event that the next firing sets."""
        return self._event

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for the next firing, at most `seconds` of real time (None: for ever). False when time ran out."""
        return await any_of(self, seconds=seconds)


async def any_of(*signals: Signal, seconds: float | None = None) -> bool:
    """Wait for the first firing of any of them. A firing after the call is never missed."""
    return await first_of([signal.upcoming() for signal in signals], seconds=seconds)


async def first_of(events: Sequence[asyncio.Event], *, seconds: float | None = None) -> bool:
    """Wait for the first of some upcoming events; taken earlier, they also tell of firings in between."""
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        done, _ = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
    return bool(done)
