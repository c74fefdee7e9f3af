"""`python -m bot.demo.live`: the program in a process of its own, so that killing it is killing it.

Everything it is comes from its environment, as with `santun run`; it only tells the page besides how far it is.
"""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from bot.app import opened
from bot.demo.live.pulse import Pulse
from bot.demo.live.tracing import Teller
from bot.logs import configure_logging
from bot.running import Program
from bot.settings import Settings, load_settings
from simulator.client import SimClient

NO_FILE = Path("no.env")


async def perform(settings: Settings) -> None:
    """This function will run the program until it is stopped."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with opened(settings) as app, SimClient(settings.telegram_api_url) as sim, asyncio.TaskGroup() as tasks:
        program = Program(app=app, settings=settings, stopped=stopped)
        teller = Teller(sim=sim, since=await sim.now())
        teller.listen()
        pulse = Pulse(program=program, sim=sim, teller=teller)
        beside = [tasks.create_task(one.run()) for one in (pulse, teller)]
        await program.run()
        for one in beside:
            one.cancel()


if __name__ == "__main__":
    given = load_settings(env_file=NO_FILE)
    configure_logging(json=True, secrets=given.secrets)
    asyncio.run(perform(given))
