"""`santun run` and `santun demo`: the program itself, and its rehearsal."""

from __future__ import annotations

import asyncio
import errno
import sys
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import aiohttp
import typer

from bot import app
from bot.channels.faults import ChannelFault
from bot.cli.frame import Mistake, settings, upgrade, world_of, year_by
from bot.cli.words import words
from bot.logs import configure_logging
from bot.running import run as run_program
from bot.settings import Settings, telegram_token

if TYPE_CHECKING:
    from bot.demo import DemoOptions


def run() -> None:
    """Run the program until it is stopped (Ctrl-C)."""
    given = settings()
    upgrade(given)
    telegram_token(given)
    asyncio.run(_run(given))


def demo(
    days: Annotated[int, typer.Option(min=1, help="How many days to rehearse.")] = 14,
    seed: Annotated[int, typer.Option(help="The same seed gives the same transcript.")] = 1,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The first day.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page with the phones.")] = 8080,
    headless: Annotated[bool, typer.Option("--headless", help="Tell the days in the terminal only.")] = False,
) -> None:
    """Rehearse the whole procedure with invented people; nothing is really sent."""
    from bot.demo import DemoOptions, rehearse  # noqa: PLC0415 - only the demo needs the simulator

    first: date = DemoOptions().start if start is None else start.date()
    options = DemoOptions(days=days, seed=seed, start=first, port=0 if headless else port)
    if not headless:
        return _show(options)
    with suppress(KeyboardInterrupt):
        raise typer.Exit(asyncio.run(rehearse(options, typer.echo)))


def _show(options: DemoOptions) -> None:
    """The page; a port that is taken and a program that does not start are sentences."""
    from bot.demo.live.backstage import NotStartedError  # noqa: PLC0415 - only the demo needs the simulator
    from bot.demo.live.show import show  # noqa: PLC0415
    from bot.demo.live.words import told  # noqa: PLC0415

    try:
        asyncio.run(show(options, typer.echo))
    except NotStartedError as fault:
        raise Mistake(told("terminal.not_started", options.language, reason=fault)) from None
    except OSError as fault:
        if fault.errno != errno.EADDRINUSE:
            raise
        raise Mistake(told("terminal.port", options.language, port=options.port)) from None


async def _run(given: Settings) -> None:
    await _prove(given)
    configure_logging(json=not sys.stderr.isatty(), secrets=given.secrets)
    try:
        await run_program(given)
    except ChannelFault as fault:
        raise Mistake(words("general.telegram", given.language, reason=fault)) from None
    except OSError as fault:
        if fault.errno != errno.EADDRINUSE:
            raise
        raise Mistake(words("general.listen", given.language, listen=given.listen)) from None


async def _prove(given: Settings) -> None:
    """Policy and holidays are read before anything starts, so that a mistake in them is one sentence."""
    async with aiohttp.ClientSession() as session:
        world_of(given, today_year=await year_by(app.clock_of(given, session), given))
