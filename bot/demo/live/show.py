"""`santun demo`: opens the company and keeps the page up until somebody says stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

from bot.demo.live.backstage import Backstage
from bot.demo.live.company import opened_company
from bot.demo.live.words import told
from bot.demo.options import DemoOptions


async def show(options: DemoOptions, say: Callable[[str], None]) -> None:
    """This function will serve the page until SIGINT or SIGTERM; raises OSError, NotStartedError."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    say(told("terminal.opening", options.language))
    opening = asyncio.ensure_future(stopped.wait())
    async with opened_company(options) as company:
        backstage = Backstage(company=company, look_seconds=options.look_seconds)
        await backstage.begin()
        say(told("terminal.open", options.language, url=company.url))
        obeying = asyncio.ensure_future(backstage.obey())
        await asyncio.wait({opening, obeying}, return_when=asyncio.FIRST_COMPLETED)
        obeying.cancel()
        say(told("terminal.closing", options.language))
        await asyncio.gather(obeying, return_exceptions=True)
