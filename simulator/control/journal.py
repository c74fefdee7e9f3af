"""The journal over HTTP: as JSON for tests and programs, as server-sent events for pages.

In the stream entries come as plain messages with an id, so that a broken connection takes up where it ended (in a
new simulator, or after a reset, `again` says that everything must be read anew); `stage` and `faults` come whole
whenever they change.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field

from aiohttp import web

from simulator.control.answers import answering
from simulator.signals import first_of
from simulator.travel import Traveller
from simulator.wire import Json
from simulator.world import World

BREATH_SECONDS = 15.0
"""A comment at least this often (real time), so that a dead connection is noticed."""


@dataclass
class _Reader:
    """One open page, and what it has been told."""

    response: web.StreamResponse
    boot: str
    generation: int
    seq: int
    told: dict[str, str] = field(default_factory=dict)

    async def tell(self, kind: str, facts: Json) -> None:
        """Send something that always comes whole, when it differs from last time."""
        text = json.dumps(facts)
        if self.told.get(kind) != text:
            self.told[kind] = text
            await self.response.write(f"event: {kind}\ndata: {text}\n\n".encode())

    async def entry(self, entry: Json) -> None:
        """Send one entry of the journal."""
        self.seq = int(entry["seq"])
        identity = f"{self.boot}.{self.generation}.{self.seq}"
        await self.response.write(f"id: {identity}\ndata: {json.dumps(entry)}\n\n".encode())


class JournalControl:
    """GET /sim/journal, in both forms."""

    def __init__(self, world: World, traveller: Traveller) -> None:
        self._world, self._stage, self._journal, self._traveller = world, world.stage, world.journal, traveller
        self._boot = secrets.token_hex(4)

    def add_to(self, app: web.Application) -> None:
        """Register the route."""
        told = answering(self.entries)

        async def answer(request: web.Request) -> web.StreamResponse:
            streams = "text/event-stream" in request.headers.get("Accept", "")
            return await (self.stream(request) if streams else told(request))

        app.router.add_get("/sim/journal", answer)

    async def entries(self, request: web.Request) -> Json:
        """Entries after ?since=N; with ?wait=SECONDS it waits for the first."""
        journal, since = self._journal, int(request.query.get("since", 0))
        wait = float(request.query.get("wait", 0))
        entries = journal.since(since)
        if not entries and wait > 0:
            await journal.written.wait(wait)
            entries = journal.since(since)
        return {"entries": entries, "total": journal.count()}

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events until the page goes; ?tail=N begins with the last N entries."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        reader = self._reader(request, response)
        while True:
            changes = [self._journal.written.upcoming(), self._stage.changed.upcoming()]  # before anything is told
            await self._catch_up(reader)
            if not await first_of(changes, seconds=BREATH_SECONDS):
                await response.write(b": still here\n\n")

    def _reader(self, request: web.Request, response: web.StreamResponse) -> _Reader:
        generation, last = self._journal.generation, self._journal.count()
        known = request.headers.get("Last-Event-ID")
        if known is None:
            return _Reader(response, self._boot, generation, max(last - int(request.query.get("tail", 0)), 0))
        ours, _, seq = known.rpartition(".")
        if ours != f"{self._boot}.{generation}" or not seq.isdigit():
            return _Reader(response, self._boot, 0, 0)
        return _Reader(response, self._boot, generation, int(seq))

    async def _catch_up(self, reader: _Reader) -> None:
        if reader.generation != self._journal.generation:
            reader.generation, reader.seq = self._journal.generation, 0
            await reader.response.write(b"event: again\ndata: {}\n\n")
        for entry in self._journal.since(reader.seq):
            await reader.entry(entry)
        await reader.tell("faults", {"faults": self._world.faults.shown()})
        await reader.tell("stage", {**self._stage.shown(), "travel": self._traveller.shown()})
