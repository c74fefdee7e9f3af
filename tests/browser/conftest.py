"""A real browser before a simulator with a little bot behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from simulator.client import SimClient
from simulator.server import Simulator
from tests.browser.little_bot import LittleBot
from tests.browser.visitor import FLAGS, Visitor
from tests.simulator.callers import BotCaller, TwilioCaller
from tests.simulator.conftest import MONDAY

ANI, BUDI_STORE = "+6281200000001", "+6281200000002"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without it the tests are skipped, or fail when CI says that it must be there."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("SANTUN_REQUIRE_CHROMIUM") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        await opened.close()


@dataclass(kw_only=True)
class Stand(Visitor):
    """The page with all that is behind it."""

    sim: SimClient
    bot: LittleBot
    rina: int
    budi: int
    group: int


@pytest_asyncio.fixture(loop_scope="session")
async def stand(browser: Browser) -> AsyncIterator[Stand]:
    """Rina collects, Budi decides, Ibu Ani owes; everybody is there and nothing has happened."""
    simulator = Simulator(start=MONDAY)
    url = await simulator.start()
    async with SimClient(url) as sim, aiohttp.ClientSession() as session:
        rina = await sim.add_user("Rina", role="collector")
        budi = await sim.add_user("Budi", role="manager")
        group = await sim.add_group("Manajemen", [budi, rina])
        await sim.add_bot(group, budi)
        await sim.add_customer(ANI, name="Toko Maju")
        await sim.add_customer(BUDI_STORE, name="UD Abadi")
        bot = LittleBot(sim, BotCaller(url, session), TwilioCaller(url, session), rina, group, ANI)
        await bot.begin()
        stand = Stand(browser=browser, url=url, sim=sim, bot=bot, rina=rina, budi=budi, group=group)
        yield stand
        for context in browser.contexts:
            await context.close()
        await bot.end()
    await simulator.stop()
    assert stand.complaints == []
