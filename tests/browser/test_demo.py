"""The real demo in a real browser: work by hand, a story in one click, and a bot that is killed in the middle."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.demo import running_demo
from tests.browser.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.asyncio(loop_scope="session"),
]

TRAVEL_MS = 60_000
STORY_MS = 200_000
START_MS = 60_000
FIRST_CARD, SECOND_CARD = re.compile(r"\b1/\d+ · "), re.compile(r"\b[12]/\d+ · ")


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(browser: Browser) -> AsyncIterator[Visitor]:
    """Before the demo on its first morning."""
    async with running_demo() as url:
        visitor = Visitor(browser, url)
        yield visitor
        for context in browser.contexts:
            await context.close()
    assert visitor.complaints == []


def key(page: Page, slot: str, label: str) -> Locator:
    return page.locator(f"#phone-{slot}").get_by_role("button", name=label, exact=True).last


async def press(page: Page, slot: str, *labels: str) -> None:
    """Press what is written on the buttons; each next one is there as soon as the bot has answered."""
    for label in labels:
        await key(page, slot, label).click()


async def test_a_promise_by_hand_a_story_by_a_click_and_a_bot_that_dies(visitor: Visitor) -> None:
    page = await visitor.open()
    await _promise_by_hand(page)
    await _travel_a_day(page)
    await _watch_the_story(page)
    await _kill_and_go_on(page)


async def _promise_by_hand(page: Page) -> None:
    """From the morning's message to the second card, and what the page tells about it."""
    shown = page.locator("#phone-left .row.theirs").last
    await press(page, "left", "Mulai")
    await expect(shown).to_contain_text(FIRST_CARD)
    is_due = not re.search(r" H-\d", await shown.inner_text())
    await press(page, "left", "Janji bayar", "Besok", "Dana belum ada" if is_due else "Benar")
    await expect(shown).to_contain_text(SECOND_CARD)
    story = page.locator(".story", has_text="menekan “Janji bayar”")
    await expect(story.locator(".story-step.handler")).to_contain_text("ask_promise")


async def _travel_a_day(page: Page) -> None:
    await expect(page.locator(".face")).to_contain_text("14 Des 2026")
    await page.get_by_role("button", name="+1 hari").click()
    await expect(page.locator(".face")).to_contain_text("15 Des 2026", timeout=TRAVEL_MS)
    await expect(page.get_by_role("button", name="+1 hari")).to_be_visible(timeout=TRAVEL_MS)
    await expect(page.locator("#phone-left")).to_contain_text("Tugas Selasa, 15 Desember 2026")


async def _watch_the_story(page: Page) -> None:
    """One click; it ends with the managers' question on the screen."""
    await page.locator("[data-scenario=promise]").click()
    await expect(page.locator("#caption")).to_contain_text("Toko Kenanga: jatuh tempo hari ini")
    await expect(page.locator("[data-scenario=promise] .order.done")).to_be_visible(timeout=STORY_MS)
    await expect(page.locator("#caption")).to_contain_text("Ingkar dua kali berturut-turut")
    await expect(page.locator("#phone-middle .row.theirs").last).to_contain_text("Toko Kenanga")


async def _kill_and_go_on(page: Page) -> None:
    """A press on a dead bot is answered when it lives again, on the same database."""
    group = page.locator("#phone-middle")
    await page.get_by_role("button", name="Matikan bot").click()
    await expect(page.locator("#strip")).to_contain_text("Bot mati")
    await press(page, "middle", "Ambil alih")
    await expect(group.locator(".key.waiting")).to_be_visible()
    await page.get_by_role("button", name="Hidupkan bot").click()
    await expect(group.locator(".row.theirs").last).to_contain_text("Ditangani Ibu Hana", timeout=START_MS)
    await expect(page.locator("#strip")).not_to_contain_text("Bot mati")
