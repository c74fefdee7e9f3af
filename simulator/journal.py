"""The append-only record of everything that happened, for the page, the tests and bug reports."""

from __future__ import annotations

from simulator.clock import SimClock, iso
from simulator.signals import Signal
from simulator.wire import Json, snapshot

TOLD = frozenset({"update", "webhook", "inbound_message", "inbound", "status", "message_status"})
"""Kinds that bring the bot something to do."""


class Journal:
    """Entries numbered from 1, each with the simulated time and the raw JSON of both sides.

    `told` is the number of the last entry that brought the bot something; `generation` counts how often all was
    forgotten, since numbers begin again then.
    """

    def __init__(self, clock: SimClock) -> None:
        self._clock = clock
        self._entries: list[Json] = []
        self.written = Signal()
        self.told = 0
        self.generation = 1

    def write(self, channel: str, kind: str, **facts: object) -> Json:
        """Append one entry. `channel` is telegram, twilio or sim; `kind` says what happened."""
        entry: Json = {
            "seq": len(self._entries) + 1,
            "at": iso(self._clock.now()),
            "channel": channel,
            "kind": kind,
            **snapshot(facts),  # messages change later, the record must not
        }
        self._entries.append(entry)
        if kind in TOLD:
            self.told = len(self._entries)
        self.written.fire()
        return entry

    def since(self, number: int) -> list[Json]:
        """All entries with a sequence number above `number`."""
        return self._entries[max(number, 0) :]

    def count(self) -> int:
        """How many entries there are: the last sequence number."""
        return len(self._entries)

    def clear(self) -> None:
        """Forget everything (reset only)."""
        self._entries.clear()
        self.told = 0
        self.generation += 1
        self.written.fire()
