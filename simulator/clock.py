"""The simulated clock: the only place of this package that reads the machine's time.

It stands still, or runs at a factor of real time. Everything timed in the simulator (24-hour windows, expiry,
callbacks, rates) is measured on it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from simulator.signals import Signal


class SimClock:
    """A clock that can be set, advanced and run at any factor. Without `start` it runs with real time."""

    def __init__(self, *, start: datetime | None = None) -> None:
        self._anchor = start.astimezone(UTC) if start else datetime.now(UTC)
        self._factor = 0.0 if start else 1.0
        self._mark = time.monotonic()
        self.moved = Signal()

    def now(self) -> datetime:
        """The simulated instant, aware, UTC."""
        elapsed = (time.monotonic() - self._mark) * self._factor
        return self._anchor + timedelta(seconds=elapsed)

    @property
    def factor(self) -> float:
        """Simulated seconds in one real second; 0.0 when frozen."""
        return self._factor

    @property
    def frozen(self) -> bool:
        """True when time only moves by `set` and `advance`."""
        return self._factor == 0.0

    def set(self, at: datetime) -> None:
        """Jump to an aware instant, forwards or backwards; the factor stays."""
        self._anchor, self._mark = at.astimezone(UTC), time.monotonic()
        self.moved.fire()

    def advance(self, seconds: float) -> None:
        """Jump by seconds."""
        self.set(self.now() + timedelta(seconds=seconds))

    def run(self, factor: float) -> None:
        """From now on let `factor` simulated seconds pass in one real second; 0 freezes."""
        self._anchor, self._mark, self._factor = self.now(), time.monotonic(), factor
        self.moved.fire()

    def real_seconds_until(self, at: datetime) -> float | None:
        """Real seconds until the clock shows `at` by itself; None when it is frozen, 0.0 when past."""
        left = (at - self.now()).total_seconds()
        if left <= 0:
            return 0.0
        return None if self.frozen else left / self._factor


def iso(at: datetime) -> str:
    """ISO 8601 with offset, as the control API writes instants."""
    return at.isoformat()


def rfc2822(at: datetime) -> str:
    """The date form of Twilio's Messages API: `Fri, 24 May 2019 17:44:46 +0000`."""
    return format_datetime(at.astimezone(UTC))


def parse_instant(text: str) -> datetime:
    """An ISO instant or date; a missing offset means UTC. Raises ValueError."""
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
