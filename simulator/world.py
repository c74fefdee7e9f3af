"""Everything the simulator holds, put together."""

from __future__ import annotations

import asyncio
from datetime import datetime

from simulator.clock import SimClock, iso
from simulator.config import SimConfig
from simulator.faults import Fault, FaultBook
from simulator.journal import Journal
from simulator.outgoing import Outgoing
from simulator.signals import any_of
from simulator.stage import Stage
from simulator.telegram.groups import Groups
from simulator.telegram.people import People
from simulator.telegram.side import TelegramSide
from simulator.twilio.endpoint import twilio_side
from simulator.twilio.ledger import Ledger
from simulator.wire import Json

DRAIN_ROUNDS = 100
"""A flush gives up after so many rounds when each answer causes something new."""


class World:
    """Clock, journal, faults, both channels, and the tasks that move them."""

    def __init__(self, config: SimConfig, *, start: datetime | None) -> None:
        self.config = config
        self.clock = SimClock(start=start)
        self.journal = Journal(self.clock)
        self.faults = FaultBook()
        self.faults.on_strike = self._struck
        self.stage = Stage()
        self.outgoing = Outgoing(config)
        self.telegram = TelegramSide(self.clock, self.journal, config, self.outgoing)
        self.telegram.pusher.faults = self.faults
        self.people = People(self.telegram)
        self.groups = Groups(self.telegram, self.people)
        self.ledger = Ledger(self.clock, self.journal, config, self.outgoing)
        self.ledger.faults = self.faults
        self.twilio = twilio_side(self.ledger)
        self._tasks: list[asyncio.Task[None]] = []

    def _struck(self, fault: Fault, method: str) -> None:
        self.journal.write(fault.target, "fault", method=method, fault=fault.kind, number=fault.number)

    def begin(self, base_url: str) -> None:
        """Start the workers; `base_url` is our own address."""
        self.ledger.base_url = base_url
        works = (self.ledger.timeline.work(), self.telegram.pusher.work())
        self._tasks = [asyncio.create_task(work) for work in works]

    async def end(self) -> None:
        """Stop the workers and close connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.telegram.pusher.close()
        await self.outgoing.close()

    def idle(self) -> Json:
        """Whether anything waits that the bot has not taken yet."""
        pending = len(self.telegram.queue.pending())
        due = self.ledger.timeline.due_count()
        upcoming = self.ledger.timeline.next_at()
        return {
            "idle": pending == 0 and due == 0,
            "pending_updates": pending,
            "due_callbacks": due,
            "next_callback_at": iso(upcoming) if upcoming else None,
            "now": iso(self.clock.now()),
        }

    async def wait_idle(self, seconds: float) -> Json:
        """The same, after waiting at most `seconds` (real time) for it to become idle."""
        try:
            async with asyncio.timeout(seconds):
                while not self.idle()["idle"]:
                    await any_of(self.telegram.queue.changed, self.ledger.timeline.changed, self.clock.moved)
        except TimeoutError:
            pass
        return self.idle()

    async def flush(self) -> Json:
        """Deliver everything that is due and return when it has been answered; goes on when the caller leaves."""
        return await asyncio.shield(asyncio.ensure_future(self._flush()))

    async def _flush(self) -> Json:
        for _ in range(DRAIN_ROUNDS):
            ran = await self.ledger.timeline.run_due()
            await self.telegram.pusher.flush()
            if not ran:
                break
        return self.idle()

    def reset(self) -> None:
        """Forget people, chats, customers, templates, faults and the journal; clock, settings and counters go on."""
        self.faults.clear()
        self.telegram.forget()
        self.ledger.forget()
        self.stage.forget()
        self.journal.clear()
