"""`santun run` and `santun demo`: the program itself, and its rehearsal."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import aiohttp

from bot import app
from bot.channels.faults import ChannelFault
from bot.cli.frame import Mistake, settings, upgrade, world_of
from bot.cli.words import words
from bot.settings import Settings

POLL_SECONDS = 5


def run() -> None:
    """Run the program until it is stopped (Ctrl-C)."""
    given = settings()
    upgrade(given)
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(given))


async def _run(given: Settings) -> None:
    await _prove(given)
    async with app.opened(given) as running:
        try:
            await running.telegram.me()
        except ChannelFault as fault:
            raise Mistake(words("general.telegram", given.language, reason=fault)) from None
        while True:
            await running.beat()
            await running.drain()
            await running.poll(timeout_seconds=POLL_SECONDS)


async def _prove(given: Settings) -> None:
    """Policy and holidays are read before anything starts, so that a mistake in them is one sentence."""
    async with aiohttp.ClientSession() as session:
        world_of(given, today_year=(await app.clock_of(given, session).now()).year)
