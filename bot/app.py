"""The composition root: settings become a running program, piece by piece, in one place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
import structlog

from bot import jobs
from bot.channels.accounts import twilio_account
from bot.channels.telegram import RawUpdate, TelegramChannel
from bot.channels.telegram_events import UnreadableUpdate
from bot.channels.whatsapp import WhatsAppChannel
from bot.clock import Clock, RemoteClock, WallClock
from bot.delivery.ground import Ground
from bot.delivery.stage import TelegramStage
from bot.delivery.telegram_outbox import TelegramOutbox
from bot.delivery.whatsapp_news import WhatsAppNews
from bot.delivery.whatsapp_outbox import Sender, WhatsAppOutbox
from bot.dispatch import Dispatch
from bot.events import Event
from bot.holidays import work_calendar
from bot.pacing import Pacer
from bot.routing import Routes
from bot.settings import Settings, telegram_token
from bot.turn import Company, World
from bot.typeset import OWN_FOLDER, Stationery
from bot.web import Paper
from sop.policy import DEFAULT, Policy, policy_from_toml
from storage import Store, outbox

log = structlog.get_logger()

CALENDAR_YEARS = 3  # last year, this and the next: dates are counted both ways


@dataclass(kw_only=True)
class App:
    """The parts of a running program; the demo drives them one by one, `bot.running` lets them run by themselves."""

    store: Store
    clock: Clock
    world: World
    telegram: TelegramChannel
    dispatch: Dispatch
    staff: TelegramOutbox
    customers: WhatsAppOutbox | None = None  # none: nothing is sent to customers by machine
    news: WhatsAppNews | None = None
    offset: int = 0

    async def poll(self, *, timeout_seconds: int) -> int:
        """This function will take the waiting updates; they are confirmed to Telegram only after their commit."""
        updates = await self.telegram.updates(self.offset, timeout_seconds)
        await self.take_updates(updates)
        return len(updates)

    async def take_updates(self, updates: Sequence[RawUpdate]) -> None:
        """This function will give updates their effect; the next poll confirms them. Raises when one was not stored."""
        await asyncio.gather(*(self._take(one) for one in updates))
        if updates:
            self.offset = updates[-1].update_id + 1

    async def take(self, event: Event) -> None:
        """This function will give an event its effect; all that is logged meanwhile carries its number."""
        with structlog.contextvars.bound_contextvars(channel=event.channel, event_id=event.external_id):
            await self.dispatch.take(event)

    async def fetch(self) -> int:
        """This function will ask Twilio for what no webhook brings; gives how much was new."""
        return 0 if self.news is None else await self.news.fetch()

    async def beat(self) -> int:
        """This function will do what is due by the clock."""
        return await jobs.tick(store=self.store, clock=self.clock, world=self.world)

    async def recover(self) -> int:
        """This function will take over what was being sent when a process died."""
        lost = 0 if self.customers is None else await self.customers.recover()
        return lost + await self.staff.recover()

    async def drain(self) -> int:
        """This function will send what waits and may leave now."""
        to_customers = 0 if self.customers is None else await self.customers.drain()
        return to_customers + (await self.staff.drain()).handled

    async def settle(self) -> None:
        """This function will work until nothing is left to do at this moment (the clock does not move meanwhile)."""
        while (
            await self.poll(timeout_seconds=0)
            + await self.fetch()
            + await self.beat()
            + await self.recover()
            + await self.drain()
        ):
            pass

    async def next_due_at(self) -> datetime | None:
        async with self.store.transaction() as db:
            return await outbox.next_due_at(db)

    async def find_paper(self, signed: str) -> Paper | None:
        """This function will give the document behind the signed last part of an address; none: it opens nothing."""
        if self.customers is None:
            return None
        return await self.customers.find_paper(signed)

    async def _take(self, update: RawUpdate) -> None:
        try:
            event = self.telegram.event_of(update.payload)
        except UnreadableUpdate:  # confirmed all the same: it would come again for a day and hold back the others
            log.error("telegram_update_unreadable", action="telegram_update_unreadable", update=update.update_id)
            return
        if event is not None:
            await self.take(event)


@asynccontextmanager
async def opened(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[App]:
    """This function will build the program from its settings and take it down again; `clock`: instead of theirs."""
    store = Store(settings.database_url)
    try:
        async with aiohttp.ClientSession() as session:
            yield await _app(settings, store, session, clock or clock_of(settings, session))
    finally:
        await store.close()


async def _app(settings: Settings, store: Store, session: aiohttp.ClientSession, clock: Clock) -> App:
    world = world_of(settings, today_year=(await clock.now()).year)
    channel = TelegramChannel(telegram_token(settings).get_secret_value(), settings.telegram_api_url, session)
    ground = Ground(store=store, clock=clock, world=world, pacer=Pacer())
    stage = TelegramStage(channel=channel, ground=ground)
    app = App(
        store=store,
        clock=clock,
        world=world,
        telegram=channel,
        dispatch=Dispatch(store=store, clock=clock, world=world, routes=Routes(), stage=stage),
        staff=TelegramOutbox(channel=channel, ground=ground),
    )
    account = twilio_account(settings) if settings.whatsapp_mode == "twilio" else None
    if account is not None:
        whatsapp = WhatsAppChannel(account, session)
        sender = Sender(address=account.sender, public_url=settings.public_url, token=account.auth_token)
        app.customers = WhatsAppOutbox(channel=whatsapp, ground=ground, sender=sender)
        app.news = WhatsAppNews(channel=whatsapp, ground=ground, sender=sender, take=app.take)
    return app


def clock_of(settings: Settings, session: aiohttp.ClientSession) -> Clock:
    """This function will choose the clock: the wall's, or a simulator's in a rehearsal."""
    if settings.santun_clock_url is None:
        return WallClock()
    return RemoteClock(settings.santun_clock_url, session)


def world_of(settings: Settings, *, today_year: int) -> World:
    """This function will read the procedure, the calendar and what the company says about itself."""
    years: Sequence[int] = range(today_year - 1, today_year - 1 + CALENDAR_YEARS)
    company = Company(
        name=settings.company_name,
        phone=settings.company_phone or "",
        payment_instructions=settings.payment_instructions or "",
        language=settings.language,
        zone=settings.timezone,
        whatsapp_mode=settings.whatsapp_mode,
        has_whatsapp_webhook=settings.public_url is not None,
        stationery=stationery_of(settings),
        media_url=settings.media_url,
    )
    return World(policy=policy_of(settings), calendar=work_calendar(years, settings.holidays_file), company=company)


def stationery_of(settings: Settings) -> Stationery:
    """This function will say what the company writes its letters on: its letterhead, and its own templates if any."""
    own = None if settings.sop_policy is None else settings.sop_policy.parent / OWN_FOLDER
    return Stationery(letterhead=settings.letterhead or "", own_templates=own if own and own.is_dir() else None)


def policy_of(settings: Settings) -> Policy:
    """This function will read the company's policy file over the default; raises PolicyInvalid."""
    if settings.sop_policy is None:
        return DEFAULT
    return policy_from_toml(settings.sop_policy.read_text(encoding="utf-8"))
