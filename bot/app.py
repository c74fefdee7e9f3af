"""The composition root: settings become a running program, piece by piece, in one place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from bot import jobs
from bot.casework import reach
from bot.channels.telegram import RawUpdate, TelegramChannel
from bot.clock import Clock, RemoteClock, WallClock
from bot.delivery.stage import TelegramStage
from bot.delivery.telegram_outbox import Gone, TelegramOutbox
from bot.dispatch import Dispatch
from bot.holidays import work_calendar
from bot.pacing import Pacer
from bot.routing import Routes
from bot.settings import Settings, telegram_token
from bot.turn import Company, World
from sop.policy import DEFAULT, Policy, policy_from_toml
from storage import Database, Store, outbox

CALENDAR_YEARS = 3  # last year, this and the next: dates are counted both ways


@dataclass(kw_only=True)
class App:
    """The parts of a running program; the demo drives them one by one, `run` lets them run by themselves."""

    store: Store
    clock: Clock
    world: World
    telegram: TelegramChannel
    dispatch: Dispatch
    staff: TelegramOutbox
    offset: int = 0

    async def poll(self, *, timeout_seconds: int) -> int:
        """This function will take the waiting updates; they are confirmed to Telegram only after their commit."""
        updates = await self.telegram.updates(self.offset, timeout_seconds)
        await asyncio.gather(*(self._take(one) for one in updates))
        if updates:
            self.offset = updates[-1].update_id + 1
        return len(updates)

    async def beat(self) -> int:
        """This function will do what is due by the clock."""
        return await jobs.tick(store=self.store, clock=self.clock, world=self.world)

    async def drain(self) -> int:
        """This function will send what waits and may leave now."""
        return (await self.staff.drain()).handled

    async def settle(self) -> None:
        """This function will work until nothing is left to do at this moment (the clock does not move meanwhile)."""
        while await self.poll(timeout_seconds=0) + await self.beat() + await self.drain():
            pass

    async def next_due_at(self) -> datetime | None:
        async with self.store.transaction() as db:
            return await outbox.next_due_at(db)

    async def _take(self, update: RawUpdate) -> None:
        event = self.telegram.event_of(update.payload)
        if event is not None:
            await self.dispatch.take(event)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[App]:
    """This function will build the program from its settings and take it down again."""
    store = Store(settings.database_url)
    async with aiohttp.ClientSession() as session:
        clock = clock_of(settings, session)
        world = world_of(settings, today_year=(await clock.now()).year)
        channel = TelegramChannel(telegram_token(settings).get_secret_value(), settings.telegram_api_url, session)
        pacer = Pacer()
        stage = TelegramStage(channel=channel, store=store, clock=clock, pacer=pacer)
        yield App(
            store=store,
            clock=clock,
            world=world,
            telegram=channel,
            dispatch=Dispatch(store=store, clock=clock, world=world, routes=Routes(), stage=stage),
            staff=TelegramOutbox(channel=channel, store=store, clock=clock, pacer=pacer, when_gone=_gone_in(world)),
        )
    await store.close()


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
    )
    return World(policy=policy_of(settings), calendar=work_calendar(years, settings.holidays_file), company=company)


def policy_of(settings: Settings) -> Policy:
    """This function will read the company's policy file over the default; raises PolicyInvalid."""
    if settings.sop_policy is None:
        return DEFAULT
    return policy_from_toml(settings.sop_policy.read_text(encoding="utf-8"))


def _gone_in(world: World) -> Gone:
    """A chat that refused a message for good is noted, and the managers hear of it."""

    async def gone(db: Database, chat_id: int, now: datetime) -> None:
        await reach.chat_gone(world.desk(db, now=now), chat_id)

    return gone


BEAT = timedelta(seconds=5)
