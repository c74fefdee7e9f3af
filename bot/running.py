"""Letting the program run by itself: taking updates, the heartbeat, sending; until it is told to stop.

Several replicas may run. One polls and one sends, by a lease each; all answer webhooks and all beat, since a due
thing is claimed by a row. Stopped, it finishes what it has begun and gives its leases back.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from aiohttp import web

from bot.app import App, opened
from bot.casework import gaps
from bot.channels.telegram_menu import Place
from bot.events import Event
from bot.menus import Menus
from bot.render import LANGUAGES, command_menu
from bot.schedule import Heartbeat
from bot.settings import Settings
from bot.web import TELEGRAM_PATH, WebSettings, web_app
from storage import marks

log = structlog.get_logger()

POLL_SECONDS = 25
BEAT_SECONDS = 5.0
FETCH_SECONDS = 20.0
MENU_SECONDS = 30.0
IDLE_SECONDS = 1.0  # between two looks into an outbox where nothing waited
PAUSE_SECONDS = 5.0  # after a fault, and while another replica holds a lease
LEASE = timedelta(seconds=60)
RENEW = timedelta(seconds=20)
POLLED = "polled"
_PLACES: dict[Place, str] = {"private": "private", "groups": "group"}


async def run(settings: Settings) -> None:
    """This function will run the program until it is interrupted. Raises ChannelFault when Telegram refuses us."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with opened(settings) as app:
        await app.telegram.me()
        await Program(app=app, settings=settings, stopped=stopped).run()


@dataclass(kw_only=True)
class Program:
    """One running replica."""

    app: App
    settings: Settings
    stopped: asyncio.Event
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _draining: asyncio.Lock = field(default_factory=asyncio.Lock)  # two at once would break the order within a chat
    _renew_at: dict[str, datetime] = field(default_factory=dict)
    _polled_at: float | None = None  # on the loop's own clock

    async def run(self) -> None:
        """This function will work until it is stopped, and give the leases back."""
        heartbeat = Heartbeat()
        heartbeat.every(BEAT_SECONDS, "beat", self._beat)
        heartbeat.every(FETCH_SECONDS, "fetch", self._fetch)
        heartbeat.every(MENU_SECONDS, "menus", Menus(app=self.app).follow)
        async with AsyncExitStack() as stack:
            await self._open_ears(stack)
            self._say_started()
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(heartbeat.run(self.stopped))
                    tasks.create_task(self._again(self._send))
                    if self.settings.public_url is None:
                        tasks.create_task(self._again(self._poll))
            finally:
                await self._release()

    async def catch_up(self, *, clock_moved: bool) -> None:
        """This function will do all that is due at this moment without waiting for the next beat.

        For whoever moves the clock and wants to know when the program is done. While the clock stands, only what
        people do can have brought something: then the heartbeat may come in its own time.
        """
        while clock_moved and await self.app.beat():
            pass
        while await self._holds("sender") and await self.app.fetch() + await self._drained():
            pass

    def _say_started(self) -> None:
        heard_by = "polling" if self.settings.public_url is None else "webhook"
        world = self.app.world
        told = {"heard_by": heard_by, "whatsapp": world.company.whatsapp_mode, "policy": world.policy.version}
        log.info("started", action="started", replica=self.holder, **told)

    async def _open_ears(self, stack: AsyncExitStack) -> None:
        """Webhooks where the world can reach us, polling where it cannot; and the menu of commands."""
        telegram, url, secret = self.app.telegram, self.settings.public_url, self.settings.telegram_webhook_secret
        if url is None or secret is None:
            await telegram.delete_webhook()
        else:
            await self._serve(
                stack,
                WebSettings(
                    public_url=url, telegram_secret=secret.get_secret_value(), twilio_token=self._twilio_token()
                ),
            )
            await telegram.set_webhook(f"{url}{TELEGRAM_PATH}", secret.get_secret_value())
        for language in LANGUAGES:
            told = None if language == self.settings.language else language  # none: the menu of everybody else
            for place, section in _PLACES.items():
                await telegram.set_commands(command_menu(language, section), language=told, place=place)

    async def _serve(self, stack: AsyncExitStack, settings: WebSettings) -> None:
        application = web_app(
            take=self._take,
            telegram_event_of=self.app.telegram.event_of,
            settings=settings,
            ready=self._is_ready,
            find_paper=self.app.find_paper,
        )
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)  # requests that were begun are finished first
        host, port = self.settings.listen_on
        await web.TCPSite(runner, host, port).start()

    def _twilio_token(self) -> str | None:
        token = self.settings.twilio_auth_token
        return None if self.app.customers is None or token is None else token.get_secret_value()

    async def _is_ready(self) -> bool:
        async with self.app.store.transaction() as db:
            await marks.moment(db, POLLED)
        return not self.stopped.is_set()

    async def _take(self, event: Event) -> None:
        await self.app.take(event)
        self._woken.set()

    async def _beat(self) -> None:
        if await self.app.beat():
            self._woken.set()
        if self.settings.public_url is not None:
            await self._note_polled()

    async def _fetch(self) -> None:
        if await self._holds("sender") and await self.app.fetch():
            self._woken.set()

    async def _poll(self) -> bool:
        if not await self._holds("poller"):
            return False
        asked = asyncio.ensure_future(self.app.telegram.updates(self.app.offset, POLL_SECONDS))
        stopping = asyncio.ensure_future(self.stopped.wait())
        await asyncio.wait({asked, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not asked.done():
            asked.cancel()
            return True
        updates = asked.result()
        await self._note_polled()
        await self.app.take_updates(updates)
        self._woken.set()
        return True

    async def _note_polled(self) -> None:
        """After a longer gap presses are lost: the open cards are shown anew, with a word about it."""
        now, ticks = await self.app.clock.now(), asyncio.get_running_loop().time()
        longest = timedelta(seconds=self.app.world.policy.desk.press_expires_seconds)
        async with self.app.store.transaction() as db:
            before = await marks.moment(db, POLLED)
            await marks.note_moment(db, POLLED, at=now)
            if before is not None and self._gap(now - before, ticks) > longest:
                await gaps.redraw_open(self.app.world.desk(db, now=now))
        self._polled_at = ticks

    def _gap(self, by_clock: timedelta, ticks: float) -> timedelta:
        """How long nobody listened. A simulator's clock jumps while everybody listens: then real seconds count."""
        if self.settings.santun_clock_url is None or self._polled_at is None:
            return by_clock
        return timedelta(seconds=ticks - self._polled_at)

    async def _send(self) -> bool:
        if not await self._holds("sender"):
            return False
        self._woken.clear()
        if not await self._drained():
            await self._wait(self._woken, IDLE_SECONDS)
        return True

    async def _drained(self) -> int:
        """Only for the holder of the sender's lease; gives how much there was to do."""
        async with self._draining:
            return await self.app.recover() + await self.app.drain()

    async def _holds(self, name: str) -> bool:
        """Whether this replica is the one that does this; renewed in time, so that only one ever is."""
        now = await self.app.clock.now()
        renew_at = self._renew_at.get(name)
        if renew_at is not None and renew_at - RENEW <= now < renew_at:
            return True
        async with self.app.store.transaction() as db:
            term = await marks.take_lease(db, name, holder=self.holder, now=now, until=now + LEASE)
        self._renew_at.pop(name, None)
        if term is not None:
            self._renew_at[name] = now + RENEW
        return term is not None

    async def _release(self) -> None:
        now = await self.app.clock.now()
        async with self.app.store.transaction() as db:
            for name in self._renew_at:
                await marks.release_lease(db, name, holder=self.holder, now=now)

    async def _again(self, step: Callable[[], Awaitable[bool]]) -> None:
        """One step after the other until stopped; a fault, or another's lease, is waited out."""
        while not self.stopped.is_set():
            try:
                goes_on = await step()
            except Exception:
                log.exception("step_failed", action="step_failed", step=step.__name__)
                goes_on = False
            if not goes_on:
                await self._wait(self.stopped, PAUSE_SECONDS)

    async def _wait(self, event: asyncio.Event, seconds: float) -> None:
        waits = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(self.stopped.wait())}
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
