"""How soon the demo's page shows something, and how soon a press is answered on it; prints milliseconds.

The real demo in a real browser on this machine: the press travels through the simulator to the bot's own process, is
committed there, and comes back as an edited message.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Sequence

from playwright.async_api import Browser, Page, async_playwright

from tests.browser.demo import running_demo
from tests.browser.visitor import FLAGS, Visitor

OPENINGS, ROUNDS = 5, 15
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
PRESS = """label => new Promise(done => {
  const log = document.querySelector('#phone-left .log');
  const keys = () => [...log.querySelectorAll('.row:last-child .key')].map(key => key.textContent).join();
  const button = [...log.querySelectorAll('.key')].findLast(key => key.textContent === label);
  const before = keys();
  let began;
  new MutationObserver((_, watcher) => {
    if (keys() !== before) {
      watcher.disconnect();
      requestAnimationFrame(() => done(performance.now() - began));
    }
  }).observe(log, {childList: true, subtree: true});
  began = performance.now();
  button.click();
})"""


async def main(*, postgres: str | None) -> None:
    """This function will open the page and press; it needs Chromium, and no PostgreSQL."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("page: no Chromium on this machine")
        return
    async with async_playwright() as playwright, running_demo() as url:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await _measure(browser, url)
        await browser.close()


async def _measure(browser: Browser, url: str) -> None:
    visitor = Visitor(browser=browser, url=url)
    pages = [await visitor.open() for _ in range(OPENINGS)]
    _tell("first content", [await page.evaluate(PAINT) for page in pages])
    for page in pages[1:]:
        await page.close()
    _tell("press to screen", await _presses(pages[0]))


async def _presses(page: Page) -> list[float]:
    """The first card, its further outcomes, and back, again and again."""
    took = [float(await page.evaluate(PRESS, "Mulai"))]
    for _ in range(ROUNDS):
        took += [float(await page.evaluate(PRESS, label)) for label in ("Lainnya", "Kembali")]
    return took


def _tell(what: str, found: Sequence[float]) -> None:
    least, half, most = min(found), statistics.median(found), max(found)
    print(f"page: {what}: {least:.0f} to {most:.0f} ms, half of them within {half:.0f} ms ({len(found)} times)")
