"""The part of the client with which a rehearsed program speaks to those who watch, and anybody travels in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from simulator.machine import Machine
from simulator.wire import Json


class Staging(Machine):
    """Agenda, scenarios, controls, orders, trace, travel. README.md says how they belong together."""

    async def tell_company(self, name: str, zone: str) -> None:
        """Name and IANA zone in which the page shows time."""
        await self.call("POST", "/sim/company", {"name": name, "zone": zone})

    async def tell_agenda(
        self, at: datetime, next_at: datetime | None, *, seen: int, plan: Iterable[Json] = ()
    ) -> None:
        """Everything due until `at` is done, entry `seen` of the journal included; `next_at`: when something is due."""
        following = next_at.isoformat() if next_at else None
        body = {"running": True, "at": at.isoformat(), "next_at": following, "seen": seen, "plan": list(plan)}
        await self.call("POST", "/sim/agenda", body)

    async def tell_absence(self) -> None:
        """The program is down: journeys no longer wait for it."""
        await self.call("POST", "/sim/agenda", {"running": False})

    async def tell_scenarios(self, rows: Iterable[Json]) -> None:
        """Scenarios the page may start: name, title and about (each {"id": ..., "en": ...})."""
        await self.call("POST", "/sim/scenarios", {"scenarios": list(rows)})

    async def tell_controls(self, rows: Iterable[Json]) -> None:
        """Further buttons of the page, such as killing the program: name, title, about."""
        await self.call("POST", "/sim/controls", {"controls": list(rows)})

    async def spotlight(self, **facts: object) -> None:
        """Whom the phones show (user_id, group_id, phone) and a caption ({"id": ..., "en": ...}); nothing: no more."""
        await self.call("POST", "/sim/spotlight", dict(facts))

    async def orders(self, since: int, *, wait: float = 0.0) -> list[Json]:
        """Orders of the page above a number: number, kind (scenario, control), name; waits for the first."""
        orders: list[Json] = (await self.call("GET", f"/sim/orders?since={since}&wait={wait}"))["orders"]
        return orders

    async def report(self, number: int, state: str, note: str | None = None) -> None:
        """How far an order is: running, done, failed."""
        await self.call("POST", f"/sim/orders/{number}", {"state": state, "note": note})

    async def trace(self, step: str, text: str, **facts: object) -> None:
        """A line for the timeline: step (handler, change, outbox), and `refs` that tie it to other entries."""
        await self.call("POST", "/sim/trace", {"step": step, "text": text, **facts})

    async def travel(self, to: datetime | None = None, *, seconds: float | None = None, wait: float = 60.0) -> Json:
        """Travel to an instant, by seconds, or (nothing given) to the next event; the journey as it ended."""
        wanted: Json = {"seconds": seconds} if seconds is not None else {"to": to.isoformat() if to else "next"}
        await self.call("POST", "/sim/travel", wanted)
        return await self.call("GET", f"/sim/travel?wait={wait}")
