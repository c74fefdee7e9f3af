"""Clock, idleness, journal, faults, settings."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from simulator.clock import iso, parse_instant
from simulator.control.answers import answering, body_of
from simulator.faults import fault_of
from simulator.wire import Json
from simulator.world import World


class MachineControl:
    """Routes that steer the simulator itself."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        routes = (
            ("GET", "/sim/clock", self.clock),
            ("POST", "/sim/clock", self.move_clock),
            ("GET", "/sim/idle", self.idle),
            ("POST", "/sim/flush", self.flush),
            ("GET", "/sim/faults", self.faults),
            ("POST", "/sim/faults", self.add_fault),
            ("DELETE", "/sim/faults", self.clear_faults),
            ("GET", "/sim/config", self.config),
            ("POST", "/sim/config", self.change_config),
            ("POST", "/sim/reset", self.reset),
        )
        for method, path, act in routes:
            app.router.add_route(method, path, answering(act))

    async def clock(self, _request: web.Request) -> Json:
        """What the clock shows."""
        clock = self._world.clock
        now = clock.now()
        return {"now": iso(now), "epoch": now.timestamp(), "frozen": clock.frozen, "factor": clock.factor}

    async def move_clock(self, request: web.Request) -> Json:
        """Set, advance, and choose the speed, in this order."""
        wanted, clock = await body_of(request), self._world.clock
        if not {"set", "advance", "run"} & set(wanted):
            raise ValueError("one of set, advance, run is expected")
        if "set" in wanted:
            clock.set(parse_instant(str(wanted["set"])))
        if "advance" in wanted:
            clock.advance(float(wanted["advance"]))
        if "run" in wanted:
            clock.run(float(wanted["run"]))
        shown = await self.clock(request)
        self._world.journal.write("sim", "clock", request=wanted, factor=clock.factor)
        return shown

    async def idle(self, request: web.Request) -> Json:
        """Whether anything waits; with ?wait=SECONDS it first waits for idleness."""
        return await self._world.wait_idle(float(request.query.get("wait", 0)))

    async def flush(self, _request: web.Request) -> Json:
        """Deliver everything due."""
        return await self._world.flush()

    async def faults(self, _request: web.Request) -> Json:
        """Standing orders."""
        return {"faults": self._world.faults.shown()}

    async def add_fault(self, request: web.Request) -> Json:
        """Order a fault."""
        fault = fault_of(await body_of(request))
        self._world.faults.add(fault)
        self._world.journal.write("sim", "fault_ordered", request=fault.shown())
        return fault.shown()

    async def clear_faults(self, _request: web.Request) -> Json:
        """Withdraw all orders."""
        self._world.faults.clear()
        self._world.journal.write("sim", "faults_cleared")
        return {"faults": []}

    async def config(self, _request: web.Request) -> Json:
        """All settings."""
        return self._world.config.shown()

    async def change_config(self, request: web.Request) -> Json:
        """Change settings."""
        self._world.config.change(await body_of(request))
        return self._world.config.shown()

    async def reset(self, _request: web.Request) -> Any:
        """Forget everybody and everything that happened."""
        self._world.reset()
        return {"reset": True}
