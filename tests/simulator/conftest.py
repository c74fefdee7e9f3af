"""A running simulator with a frozen clock, and those who speak to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from simulator.client import SimClient
from simulator.server import Simulator
from tests.simulator.callers import BotCaller, Receiver, TwilioCaller

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """The base URL of a fresh simulator, on Monday 23 November 2026, 09:00 in Jakarta."""
    simulator = Simulator(start=MONDAY)
    yield await simulator.start()
    await simulator.stop()


@pytest.fixture
async def sim(url: str) -> AsyncIterator[SimClient]:
    """The control API."""
    async with SimClient(url) as client:
        yield client


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """One HTTP session."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def bot(url: str, session: aiohttp.ClientSession) -> BotCaller:
    """A bot."""
    return BotCaller(url, session)


@pytest.fixture
def twilio(url: str, session: aiohttp.ClientSession) -> TwilioCaller:
    """A business with WhatsApp."""
    return TwilioCaller(url, session)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """The bot's web server."""
    server = Receiver()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def budi(sim: SimClient) -> int:
    """A person who has started the bot."""
    number = await sim.add_user("Budi", language_code="id")
    await sim.start(number)
    return number
