"""The simulator as one HTTP server on this machine."""

from __future__ import annotations

from datetime import datetime

from aiohttp import web

from simulator.config import SimConfig
from simulator.control.journal import JournalControl
from simulator.control.machine import MachineControl
from simulator.control.stage import StageControl
from simulator.control.telegram import TelegramControl
from simulator.control.whatsapp import WhatsAppControl
from simulator.page.files import PageFiles
from simulator.page.guard import only_here
from simulator.telegram.endpoint import TelegramEndpoint
from simulator.travel import Traveller
from simulator.twilio.endpoint import TwilioEndpoint
from simulator.world import World

HOST = "127.0.0.1"
MAX_BODY_BYTES = 60 * 1024 * 1024
SHUTDOWN_SECONDS = 0.2


class Simulator:
    """Plays Telegram and Twilio. `start` freezes the clock at an instant; without it the clock runs with real time."""

    def __init__(self, *, config: SimConfig | None = None, start: datetime | None = None) -> None:
        self._config = config or SimConfig()
        self._start = start
        self._runner: web.AppRunner | None = None
        self._world: World | None = None
        self._traveller: Traveller | None = None

    @property
    def world(self) -> World:
        """The state, once started."""
        if self._world is None:
            raise RuntimeError("the simulator is not started")
        return self._world

    def app(self) -> web.Application:
        """The aiohttp application with a fresh world."""
        self._world = world = World(self._config, start=self._start)
        self._traveller = traveller = Traveller(world)
        app = web.Application(client_max_size=MAX_BODY_BYTES, middlewares=[only_here])
        PageFiles().add_to(app)
        JournalControl(world, traveller).add_to(app)
        StageControl(world, traveller).add_to(app)
        TelegramEndpoint(world.telegram, world.faults).add_to(app)
        TwilioEndpoint(world.twilio).add_to(app)
        for control in (MachineControl(world), TelegramControl(world), WhatsAppControl(world)):
            control.add_to(app)
        return app

    async def start(self, port: int = 0) -> str:
        """Listen on loopback; port 0 takes a free one. Returns the base URL, without a slash at the end."""
        self._runner = web.AppRunner(
            self.app(), handler_cancellation=True, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        url = f"http://{HOST}:{self._runner.addresses[0][1]}"
        self.world.begin(url)
        return url

    async def stop(self) -> None:
        """Close everything."""
        if self._traveller:
            await self._traveller.stop()
        if self._world:
            await self._world.end()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
