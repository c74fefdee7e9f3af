"""Agenda, scenarios, controls, orders, trace and travel: what the page and the rehearsed program say to each other."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from simulator.clock import parse_instant
from simulator.control.answers import answering, body_of, number_in
from simulator.stage import agenda_of
from simulator.telegram.people import Impossible
from simulator.travel import Traveller
from simulator.wire import Json
from simulator.world import World


class StageControl:
    """Routes beside the providers': nobody but the page and the rehearsed program uses them."""

    def __init__(self, world: World, traveller: Traveller) -> None:
        self._world, self._stage, self._traveller = world, world.stage, traveller

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        routes = (
            ("GET", "/sim/stage", self.stage),
            ("POST", "/sim/company", self.company),
            ("POST", "/sim/agenda", self.agenda),
            ("POST", "/sim/spotlight", self.spotlight),
            ("POST", "/sim/scenarios", self.scenarios),
            ("POST", "/sim/scenarios/{name}/start", self.start_scenario),
            ("POST", "/sim/controls", self.controls),
            ("POST", "/sim/controls/{name}/press", self.press_control),
            ("GET", "/sim/orders", self.orders),
            ("POST", "/sim/orders/{id}", self.report),
            ("POST", "/sim/trace", self.trace),
            ("GET", "/sim/travel", self.journey),
            ("POST", "/sim/travel", self.travel),
            ("DELETE", "/sim/travel", self.stop),
        )
        for method, path, act in routes:
            app.router.add_route(method, path, answering(act))

    async def stage(self, _request: web.Request) -> Json:
        """Everything told so far, and the journey."""
        return {**self._stage.shown(), "travel": self._traveller.shown()}

    async def company(self, request: web.Request) -> Json:
        """Name and time zone of the company."""
        self._stage.company = await body_of(request)
        self._stage.changed.fire()
        return self._stage.company

    async def agenda(self, request: web.Request) -> Json:
        """How far the program is, and what it will do when."""
        self._stage.agenda = agenda_of(await body_of(request))
        self._stage.changed.fire()
        return self._stage.agenda.shown()

    async def spotlight(self, request: web.Request) -> Json:
        """Whom the phones should show, and a sentence about what is happening."""
        self._stage.spotlight = await body_of(request) or None
        self._stage.changed.fire()
        return {"spotlight": self._stage.spotlight}

    async def scenarios(self, request: web.Request) -> Json:
        """The scenarios there are."""
        rows = (await body_of(request))["scenarios"]
        self._stage.scenarios = {str(row.pop("name")): row for row in rows}
        self._stage.changed.fire()
        return {"scenarios": list(self._stage.scenarios)}

    async def controls(self, request: web.Request) -> Json:
        """The controls there are."""
        rows = (await body_of(request))["controls"]
        self._stage.controls = {str(row.pop("name")): row for row in rows}
        self._stage.changed.fire()
        return {"controls": list(self._stage.controls)}

    async def start_scenario(self, request: web.Request) -> Json:
        """Order a scenario."""
        return self._order("scenario", request.match_info["name"])

    async def press_control(self, request: web.Request) -> Json:
        """Order a control."""
        return self._order("control", request.match_info["name"])

    def _order(self, kind: str, name: str) -> Json:
        try:
            order = self._stage.order(kind, name)
        except KeyError:
            raise Impossible(404, f"no {kind} {name}") from None
        self._world.journal.write("sim", "order", request=order)
        return order

    async def orders(self, request: web.Request) -> Json:
        """Orders after ?since=N; with ?wait=SECONDS it waits for the first."""
        since, wait = int(request.query.get("since", 0)), float(request.query.get("wait", 0))
        return {"orders": await self._stage.orders_after(since, wait)}

    async def report(self, request: web.Request) -> Json:
        """The program says how far an order is."""
        body, number = await body_of(request), number_in(request)
        if not 1 <= number <= len(self._stage.orders):
            raise Impossible(404, f"no order {number}")
        return self._stage.report(number, str(body["state"]), body.get("note"))

    async def trace(self, request: web.Request) -> Json:
        """A line of the program about its own work, for the timeline."""
        body = await body_of(request)
        return {"seq": self._world.journal.write("bot", "trace", step=str(body["step"]), request=body)["seq"]}

    async def journey(self, request: web.Request) -> Json:
        """The journey; with ?wait=SECONDS it waits for its end."""
        return await self._traveller.arrived(float(request.query.get("wait", 0)))

    async def travel(self, request: web.Request) -> Json:
        """Set out: {"seconds": N}, {"to": ISO} or {"to": "next"}."""
        wanted = await body_of(request)
        now = self._world.clock.now()
        if "seconds" in wanted:
            return await self._traveller.begin(now + timedelta(seconds=float(wanted["seconds"])))
        if wanted.get("to") != "next":
            return await self._traveller.begin(parse_instant(str(wanted["to"])))
        target = self._traveller.next_event()
        if target is None:
            raise Impossible(409, "nothing is planned")
        return await self._traveller.begin(target)

    async def stop(self, _request: web.Request) -> Json:
        """End the journey where it is."""
        return await self._traveller.stop()
