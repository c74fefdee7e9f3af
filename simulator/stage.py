"""What the program under rehearsal tells those who watch: its company, its agenda, its scenarios and controls.

The simulator understands none of it beyond the instants: it keeps it, shows it, and hands orders of the page on.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from simulator.clock import iso, parse_instant
from simulator.signals import Signal
from simulator.wire import Json

ORDER_STATES = ("queued", "running", "done", "failed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """`at`: the program has done everything due until this instant; `next_at`: when something is due again.

    `seen` is the last entry of the journal it had read when that work began.
    """

    running: bool = False
    at: datetime | None = None
    seen: int | None = None
    next_at: datetime | None = None
    plan: tuple[Json, ...] = ()

    def shown(self) -> Json:
        """As the control API tells it."""
        return {
            "running": self.running,
            "at": iso(self.at) if self.at else None,
            "seen": self.seen,
            "next_at": iso(self.next_at) if self.next_at else None,
            "plan": list(self.plan),
        }

    def has_done(self, at: datetime, told: int) -> bool:
        """True when it is done with everything due until `at` and with entry `told`; also when nobody is at work."""
        if not self.running:
            return True
        return self.at is not None and self.at >= at and (self.seen is None or self.seen >= told)


def agenda_of(body: Json) -> Agenda:
    """Read an agenda. Raises ValueError for odd instants, KeyError for an entry without `at` or `title`."""
    plan = [{**row, "at": iso(parse_instant(str(row["at"]))), "title": row["title"]} for row in body.get("plan") or []]
    return Agenda(
        running=bool(body.get("running", True)),
        at=parse_instant(str(body["at"])) if body.get("at") else None,
        seen=int(body["seen"]) if body.get("seen") is not None else None,
        next_at=parse_instant(str(body["next_at"])) if body.get("next_at") else None,
        plan=tuple(sorted(plan, key=lambda row: str(row["at"]))),
    )


@dataclass
class Stage:
    """Everything told so far. Registrations survive a reset of the world; spotlight and agenda do not."""

    company: Json = field(default_factory=dict)
    agenda: Agenda = field(default_factory=Agenda)
    scenarios: dict[str, Json] = field(default_factory=dict)
    controls: dict[str, Json] = field(default_factory=dict)
    spotlight: Json | None = None
    orders: list[Json] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    def shown(self) -> Json:
        """The whole stage, with the newest order of each kind and name."""
        return {
            "company": self.company,
            "agenda": self.agenda.shown(),
            "scenarios": [{"name": name, **facts} for name, facts in self.scenarios.items()],
            "controls": [{"name": name, **facts} for name, facts in self.controls.items()],
            "spotlight": self.spotlight,
            "orders": list({(order["kind"], order["name"]): order for order in self.orders}.values()),
        }

    def order(self, kind: str, name: str) -> Json:
        """Ask the program for something; it hears of it through its orders. Raises KeyError for an unknown name."""
        known = self.scenarios if kind == "scenario" else self.controls
        known[name]
        order: Json = {"number": len(self.orders) + 1, "kind": kind, "name": name, "state": "queued", "note": None}
        self.orders.append(order)
        self.changed.fire()
        return order

    def report(self, number: int, state: str, note: object) -> Json:
        """The program says how far an order is. Raises ValueError, IndexError."""
        if state not in ORDER_STATES:
            raise ValueError(f"state must be one of {', '.join(ORDER_STATES)}")
        order = self.orders[number - 1]
        order.update(state=state, note=note)
        self.changed.fire()
        return order

    async def orders_after(self, number: int, seconds: float) -> list[Json]:
        """Orders above a number; waits at most `seconds` (real time) for the first."""
        try:
            async with asyncio.timeout(seconds):
                while len(self.orders) <= number:
                    await self.changed.wait()
        except TimeoutError:
            pass
        return self.orders[max(number, 0) :]

    async def caught_up(self, at: datetime, told: int, seconds: float) -> bool:
        """Wait at most `seconds` (real time) until the program is done with everything due and with entry `told`."""
        try:
            async with asyncio.timeout(seconds):
                while not self.agenda.has_done(at, told):
                    await self.changed.wait()
        except TimeoutError:
            return False
        return True

    def forget(self) -> None:
        """What belongs to the world that is being reset."""
        self.agenda, self.spotlight = Agenda(running=self.agenda.running), None
        self.changed.fire()
