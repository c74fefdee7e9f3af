"""`make screenshots`: the pictures of the page in docs/pictures, of the real program at work.

`python -m tests.browser.screenshots URL` takes them of a page that is served already, as it stands.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from storage import Store
from tests.browser.conftest import DESK, FLAGS, POCKET
from tests.journeys.chat import Office, opened_office

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SETTLED_MS = 800
DAY = {"05:00": "Rencana hari ini", "08:00": "Ringkasan pagi", "10:00": "Belum mulai?", "17:00": "Laporan harian"}


@asynccontextmanager
async def company() -> AsyncIterator[str]:
    """The page before a morning's work: a card, an escalation, a customer who answers."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/santun.db"
        store = Store(url)
        await store.create_schema()
        await store.close()
        async with opened_office(url) as office:
            await _morning(office)
            yield office.sim.url


async def _morning(office: Office) -> None:
    rina, budi = await office.collector("Rina"), await office.manager("Budi")
    await office.group(budi, rina, title="Manajemen Penagihan")
    toko = await office.customer("Toko Maju Jaya", collector=rina)
    await office.invoice(toko, "F-2026-118", "2026-11-17", 1_850_000)
    await office.invoice(toko, "F-2026-131", "2026-11-24", 4_200_000)
    abadi = await office.customer("UD Abadi Sentosa", collector=rina)
    await office.invoice(abadi, "F-2026-097", "2026-11-10", 27_300_000)
    for phone, role in ((rina, "collector"), (budi, "manager")):
        await office.sim.call("POST", f"/sim/users/{phone.user_id}/role", {"role": role})
    await office.sim.tell_company("PT Sumber Rejeki", "Asia/Jakarta")
    await office.travel(to="09:00")
    await rina.say("/tugas")
    await rina.press("Mulai")
    now = await office.sim.now()
    midnight = now.astimezone(office.now.tzinfo).replace(hour=0, minute=0, second=0)
    hours = {title: timedelta(hours=int(at[:2]), minutes=int(at[3:])) for at, title in DAY.items()}
    plan = [{"at": (midnight + after).isoformat(), "title": title} for title, after in hours.items()]
    await office.sim.tell_agenda(now, now + timedelta(hours=1), seen=0, plan=plan)


async def _write_by_hand(page: Page) -> None:
    """Follow the card's wa.me button, send, and let the customer answer."""
    link = page.locator("#phone-left .key", has_text="Kirim WA")
    if await link.count() == 0:
        return
    await link.last.click()
    right = page.locator("#phone-right")
    await right.get_by_role("button", name="Kirim", exact=True).click()
    await right.get_by_role("textbox").fill("Baik, besok siang kami transfer ya. Terima kasih")
    await right.get_by_role("button", name="Kirim", exact=True).click()


async def _picture(browser: Browser, url: str, name: str, size: ViewportSize, *, dark: bool) -> None:
    context = await browser.new_context(viewport=size, device_scale_factor=2 if size == POCKET else 1)
    page = await context.new_page()
    await page.goto(f"{url}/?lang=id&theme={'dark' if dark else 'light'}")
    await page.wait_for_selector("html[data-ready]")
    await page.wait_for_timeout(SETTLED_MS)
    if not dark:
        await _write_by_hand(page)
        await page.wait_for_timeout(SETTLED_MS)
    await page.screenshot(path=FOLDER / f"{name}.png")
    await context.close()


async def main() -> None:
    """The desk by day, the pocket by night."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    place: AbstractAsyncContextManager[str] = nullcontext(sys.argv[1].rstrip("/")) if sys.argv[1:] else company()
    async with async_playwright() as playwright, place as url:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        await _picture(browser, url, "phones", DESK, dark=False)
        await _picture(browser, url, "phones-pocket", POCKET, dark=True)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
