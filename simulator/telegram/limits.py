"""Flood limits, measured on the simulated clock."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from simulator.telegram.errors import too_many


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """Messages allowed; the private limit is a bucket of `private_burst` that refills by one a second."""

    private_burst: int = 5
    private_per_second: float = 1.0
    group_per_minute: int = 20
    overall_per_second: int = 30


RATES = Rates()
ROUNDING = 1e-6
"""Clock arithmetic in floats is not exact."""


class Limiter:
    """Counts messages a bot sends; a refused one does not count."""

    def __init__(self, rates: Rates = RATES) -> None:
        self._rates = rates
        self._buckets: dict[int, tuple[float, float]] = {}
        self._groups: dict[int, deque[float]] = defaultdict(deque)
        self._overall: deque[float] = deque()

    def take(self, chat_id: int, *, is_group: bool, now: float) -> None:
        """Count one message at epoch `now`. Raises 429 with the whole seconds to wait."""
        rates = self._rates
        wait = _window_wait(self._overall, rates.overall_per_second, 1.0, now)
        if is_group:
            wait = max(wait, _window_wait(self._groups[chat_id], rates.group_per_minute, 60.0, now))
        else:
            wait = max(wait, self._bucket_wait(chat_id, now))
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._overall.append(now)
        if is_group:
            self._groups[chat_id].append(now)
        else:
            self._buckets[chat_id] = (self._tokens(chat_id, now) - 1, now)

    def _tokens(self, chat_id: int, now: float) -> float:
        tokens, at = self._buckets.get(chat_id, (float(self._rates.private_burst), now))
        grown = tokens + max(now - at, 0.0) * self._rates.private_per_second
        return min(grown, float(self._rates.private_burst))

    def _bucket_wait(self, chat_id: int, now: float) -> float:
        missing = 1 - self._tokens(chat_id, now)
        return missing / self._rates.private_per_second if missing > ROUNDING else 0.0


def _window_wait(sent: deque[float], limit: int, span: float, now: float) -> float:
    """Seconds until a sliding window of `span` seconds has room; forgets what left it (also when time went back)."""
    while sent and not now - span < sent[0] <= now:
        sent.popleft()
    return sent[0] + span - now if len(sent) >= limit else 0.0
