"""Behind the scenes: which handler took an update, what changed, what was queued and what left, under one number.

Nothing in the program is written for this: it reads the logs the program writes anyway, each line with the number of
the event it belongs to, and the outbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from structlog.types import EventDict, WrappedLogger

from bot.events import TELEGRAM
from simulator.client import SimClient
from sop.outbox import Way
from storage import Store
from storage.outlook import Departed, departed

Line = tuple[str, str, Mapping[str, Any]]


@dataclass(kw_only=True)
class Teller:
    """Hears the logs and tells the page; a line without an event is the machine's own work."""

    sim: SimClient
    since: datetime
    _lines: asyncio.Queue[Line] = field(default_factory=asyncio.Queue)
    _told: set[int] = field(default_factory=set)

    def listen(self) -> None:
        """This function will put an ear into the chain of the logs, after the numbers were added to each line."""
        *chain, last = structlog.get_config()["processors"]
        structlog.configure(processors=[*chain, self._hear, last])

    async def run(self) -> None:
        """This function will tell what is heard, for ever."""
        while True:
            step, text, facts = await self._lines.get()
            await self.sim.trace(step, text, **facts)

    async def tell_departed(self, store: Store) -> None:
        """This function will tie what has left to the calls that carried it."""
        async with store.transaction() as db:
            found = await departed(db, since=self.since)
        for one in found:
            if one.id not in self._told:
                self._lines.put_nowait(("outbox", f"{one.message} #{one.id} ->", {"refs": _refs_of(one)}))
        self.since = max([self.since, *(one.sent_at for one in found)])
        self._told = {one.id for one in found if one.sent_at == self.since}

    def _hear(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        line = _line_of(event)
        if line is not None:
            self._lines.put_nowait(line)
        return event


def _line_of(event: Mapping[str, Any]) -> Line | None:
    action, facts = event.get("action"), _origin_of(event)
    if action == "queued":
        refs = [*facts.pop("refs", ()), f"outbox:{event['outbox']}"]
        return "outbox", f"{event['message']} #{event['outbox']}", {**facts, "refs": refs}
    if not facts:
        return None
    if action == "handled":
        return "handler", str(event["handler"]), facts
    if action == "noted":
        return "change", str(event["kind"]), facts
    return None


def _origin_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """What ties a line to the update, the message or the report that caused it."""
    number = event.get("event_id")
    if number is None:
        return {}
    if event.get("channel") == TELEGRAM:
        return {"update_id": int(number)}
    return {"refs": [f"sid:{str(number).partition(':')[0]}"]}


def _refs_of(one: Departed) -> list[str]:
    place = f"message:{one.chat_id}:{one.provider_id}" if one.way is Way.TELEGRAM else f"sid:{one.provider_id}"
    return [f"outbox:{one.id}", place]
