"""The only reader of time.

A dispatcher or a job asks once per event or tick and passes the answer on as `now` or `today`;
nothing below asks again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol

from aiohttp import ClientError, ClientSession, ClientTimeout

ANSWER_WITHIN = ClientTimeout(total=5)


class ClockSilent(Exception):
    """The simulator's clock does not answer, or not with a moment."""


class Clock(Protocol):
    """Tells the moment as an aware UTC datetime."""

    async def now(self) -> datetime:
        """The moment, aware, in UTC."""
        ...


class WallClock:
    """The computer's own clock. It may jump: who waits for a moment compares, and never counts elapsed time."""

    async def now(self) -> datetime:
        """The moment, aware, in UTC."""
        return datetime.now(UTC)


class RemoteClock:
    """The simulator's clock, so that a month can pass in minutes.

    `GET url` answers `{"now": "2026-11-23T01:00:00Z"}`.
    """

    def __init__(self, url: str, session: ClientSession) -> None:
        self._url = url
        self._session = session

    async def now(self) -> datetime:
        """The simulator's moment. Raises ClockSilent."""
        try:
            async with self._session.get(self._url, timeout=ANSWER_WITHIN) as answer:
                answer.raise_for_status()
                told = await answer.json()
            return _aware(datetime.fromisoformat(told["now"]))
        except (ClientError, TimeoutError, ValueError, TypeError, KeyError) as fault:
            raise ClockSilent(str(fault)) from None


class FixedClock:
    """A clock that stands still until it is moved, for tests and rehearsals."""

    def __init__(self, now: datetime) -> None:
        self._now = _aware(now)

    async def now(self) -> datetime:
        """The moment it was set to, in UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Jump to a moment, forwards or backwards."""
        self._now = _aware(now)

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)
