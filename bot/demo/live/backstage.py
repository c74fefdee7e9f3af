"""Obeying the page: scenarios and controls, one after the other; what cannot go on is reported, never fatal."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.demo.live.company import Company
from bot.demo.live.scenarios import SCENARIOS
from bot.demo.live.script import LostThreadError, Script
from bot.demo.live.words import spoken
from bot.demo.office import MANAGERS
from bot.demo_list import COLLECTORS
from simulator.machine import SimRefusedError
from simulator.wire import Json

START_SECONDS = 30.0
LEASES_SECONDS = 121.0
"""A killed program's leases run out by then; a customer's press is still good."""
WAIT_SECONDS = 5.0
WORDS_OF_LOG = 1500


class NotStartedError(Exception):
    """The program does not run: its last words."""


@dataclass(kw_only=True)
class Backstage:
    """Starts the program, registers what the page may order, and obeys."""

    company: Company
    look_seconds: float
    _done: int = 0

    async def begin(self) -> None:
        """This function will start the program; raises NotStartedError."""
        sim = self.company.sim
        await sim.tell_scenarios([_registered("scenarios", name) for name in SCENARIOS])
        await sim.tell_controls([_registered("controls", name) for name in self._controls])
        await self._started()
        await self._welcome()

    async def _welcome(self) -> None:
        """The first look: the morning's message, the managers' group, and a customer who has been written to."""
        company, sim = self.company, self.company.sim
        customers = (await sim.call("GET", "/sim/customers"))["customers"]
        written = [one["phone"] for one in customers if await sim.customer_messages(one["phone"])]
        await sim.spotlight(
            user_id=company.staff[COLLECTORS[0]].user_id,
            group_id=company.group_id,
            manager_id=company.staff[MANAGERS[0]].user_id,
            phone=next(iter(written), None),
            caption=spoken("captions.welcome"),
        )

    async def obey(self) -> None:
        """This function will carry out orders for ever."""
        while True:
            for order in await self.company.sim.orders(self._done, wait=WAIT_SECONDS):
                self._done = order["number"]
                await self._carry_out(order)

    @property
    def _controls(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        return {"kill": self._kill, "restart": self._restart}

    async def _carry_out(self, order: Json) -> None:
        sim, number, name = self.company.sim, order["number"], order["name"]
        await sim.report(number, "running")
        try:
            await (self._play(name) if order["kind"] == "scenario" else self._controls[name]())
        except (LostThreadError, NotStartedError, SimRefusedError, TimeoutError) as fault:
            await sim.report(number, "failed", str(fault)[:200])
        else:
            await sim.report(number, "done")

    async def _play(self, name: str) -> None:
        await self._restart()
        collector = self.company.staff[COLLECTORS[self._done % len(COLLECTORS)]]
        await SCENARIOS[name](Script(company=self.company, collector=collector, look_seconds=self.look_seconds))

    async def _kill(self) -> None:
        await self.company.bot.kill()
        await self.company.sim.tell_absence()

    async def _restart(self) -> None:
        if not self.company.bot.is_running:
            await self._started()
            await self.company.sim.advance(LEASES_SECONDS)

    async def _started(self) -> None:
        stage = self.company.simulator.world.stage
        await self.company.bot.start()
        try:
            async with asyncio.timeout(START_SECONDS):
                while not stage.agenda.running and self.company.bot.is_running:
                    await stage.changed.wait(1.0)
        except TimeoutError:
            pass
        if not stage.agenda.running:
            raise NotStartedError(self.company.bot.last_words(WORDS_OF_LOG))


def _registered(section: str, name: str) -> Json:
    return {"name": name, "title": spoken(f"{section}.{name}"), "about": spoken(f"{section}.{name}_about")}
