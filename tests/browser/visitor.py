"""Somebody in front of the page: a real browser, and what it complained about."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.async_api import Browser, ConsoleMessage, Page, Request, ViewportSize

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESK: ViewportSize = {"width": 1440, "height": 900}
POCKET: ViewportSize = {"width": 375, "height": 812}


@dataclass
class Visitor:
    """Opens the page at `url`; an error in the console or a request to another machine is a complaint."""

    browser: Browser
    url: str
    complaints: list[str] = field(default_factory=list)

    async def open(self, size: ViewportSize = DESK, *, lang: str = "id", theme: str = "light") -> Page:
        """The page, loaded, in a fresh profile."""
        context = await self.browser.new_context(viewport=size)
        page = await context.new_page()
        page.set_default_timeout(5_000)
        page.on("console", self._complain)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._see)
        await page.goto(f"{self.url}/?lang={lang}&theme={theme}")
        await page.wait_for_selector("html[data-ready]")
        return page

    def _complain(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"a request left this machine: {request.url}")
