"""A wake-up call that any number of coroutines may wait for."""

from __future__ import annotations

import asyncio


class Signal:
    """Wakes everyone who waits at the moment it fires; keeps no memory of earlier firings."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def fire(self) -> None:
        """Wake all who wait now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait for the next firing, at most `seconds` of real time (None: for ever). False when time ran out."""
        event = self._event
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        return True
