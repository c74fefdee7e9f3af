"""`make screenshots`: the pictures of the page in docs/pictures, of the real demo at work.

`python -m tests.browser.screenshots URL` takes them of a demo that runs already, as it stands.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from tests.browser.demo import running_demo
from tests.browser.visitor import DESK, FLAGS, POCKET

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
STORY_MS, SETTLED_MS = 120_000, 800


async def _play(page: Page) -> None:
    """A customer answers a reminder by himself, and the managers decide about another."""
    for name in ("answer", "escalation"):
        await page.locator(f"[data-scenario={name}]").click()
        await expect(page.locator(f"[data-scenario={name}] .order.done")).to_be_visible(timeout=STORY_MS)


async def _work(page: Page) -> None:
    """The collector has a card before him."""
    key = _key(page, "Mulai")
    if await key.count():
        await key.click()
        await expect(_key(page, "Janji bayar")).to_be_visible()


def _key(page: Page, label: str) -> Locator:
    return page.locator("#phone-left").get_by_role("button", name=label, exact=True).last


async def _desk(browser: Browser, url: str) -> None:
    context = await browser.new_context(viewport=DESK)
    page = await context.new_page()
    await page.goto(f"{url}/?lang=id&theme=light")
    await page.wait_for_selector("html[data-ready]")
    await _play(page)
    await page.wait_for_timeout(SETTLED_MS)
    await page.screenshot(path=FOLDER / "phones.png")
    await context.close()


async def _pocket(browser: Browser, url: str) -> None:
    context = await browser.new_context(viewport=POCKET, device_scale_factor=2)
    page = await context.new_page()
    await page.goto(f"{url}/?lang=id&theme=dark")
    await page.wait_for_selector("html[data-ready]")
    await _work(page)
    await page.locator("#slots").evaluate("slots => slots.scrollIntoView()")
    await page.wait_for_timeout(SETTLED_MS)
    await page.screenshot(path=FOLDER / "phones-pocket.png")
    await context.close()


async def main() -> None:
    """The pocket by night, the desk by day."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    place: AbstractAsyncContextManager[str] = nullcontext(sys.argv[1].rstrip("/")) if sys.argv[1:] else running_demo()
    async with async_playwright() as playwright, place as url:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await _pocket(browser, url)
        await _desk(browser, url)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
