"""What every command stands on: settings, the database beside a running server, a way to stop with a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
import typer

from bot import app
from bot.channels.faults import ChannelFault
from bot.channels.telegram import TelegramChannel
from bot.cli.words import words
from bot.clock import Clock, ClockSilent
from bot.holidays import HolidaysInvalid
from bot.logs import configure_logging
from bot.settings import Settings, load_settings, telegram_token
from bot.turn import Desk, World
from sop.policy import PolicyInvalid
from storage import Store, schema
from storage.schema import DatabaseUnreachable

Result = TypeVar("Result")


class Mistake(Exception):
    """Something the person at the terminal can put right; its text is the whole sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """One command's work: the open database and the company's world."""

    settings: Settings
    store: Store
    clock: Clock
    world: World
    session: aiohttp.ClientSession

    @property
    def language(self) -> str:
        return self.settings.language

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """This function will open one transaction and give a desk in it."""
        now = await self.clock.now()
        async with self.store.transaction() as db:
            yield self.world.desk(db, now=now)

    def say(self, key: str, /, **values: object) -> None:
        typer.echo(words(key, self.language, **values))

    def mistake(self, key: str, /, **values: object) -> Mistake:
        return Mistake(words(key, self.language, **values))

    async def bot_name(self) -> str:
        """This function will ask Telegram what our bot is called."""
        token = telegram_token(self.settings).get_secret_value()
        channel = TelegramChannel(token, self.settings.telegram_api_url, self.session)
        try:
            return (await channel.me()).username
        except ChannelFault as fault:
            raise self.mistake("general.telegram", reason=fault) from None


def settings() -> Settings:
    """This function will read the settings and set the logs up so that they hide them. Raises SettingsInvalid."""
    given = load_settings()
    configure_logging(json=False, secrets=given.secrets, level=30)  # warnings: a command speaks for itself
    return given


def upgrade(given: Settings) -> None:
    """This function will bring the database up to date; raises Mistake when it cannot be reached."""
    try:
        schema.upgrade(given.database_url)
    except DatabaseUnreachable as fault:
        raise Mistake(words("general.database", given.language, reason=fault.reason)) from None


def in_office(work: Callable[[Office], Awaitable[Result]], *, given: Settings | None = None) -> Result:
    """This function will do a command's work with the database up to date."""
    chosen = given or settings()
    upgrade(chosen)

    async def done() -> Result:
        async with _office(chosen) as office:
            return await work(office)

    return asyncio.run(done())


@asynccontextmanager
async def _office(given: Settings) -> AsyncIterator[Office]:
    async with aiohttp.ClientSession() as session:
        clock = app.clock_of(given, session)
        store = Store(given.database_url, is_guest=True)
        world = world_of(given, today_year=await year_by(clock, given))
        try:
            yield Office(settings=given, store=store, clock=clock, world=world, session=session)
        finally:
            await store.close()


async def year_by(clock: Clock, given: Settings) -> int:
    """This function will give the year it is by the clock; raises Mistake when the clock does not answer."""
    try:
        return (await clock.now()).year
    except ClockSilent:
        raise Mistake(words("general.clock", given.language, url=given.santun_clock_url)) from None


def world_of(given: Settings, *, today_year: int) -> World:
    """This function will read policy and holidays; raises Mistake with file and line where they are wrong."""
    try:
        return app.world_of(given, today_year=today_year)
    except PolicyInvalid as fault:
        raise Mistake(policy_mistake(fault, str(given.sop_policy), given.language)) from None
    except HolidaysInvalid as fault:
        raise Mistake(fault.sentence(given.language)) from None


def policy_mistake(fault: PolicyInvalid, path: str, language: str) -> str:
    """This function will say what is wrong in a policy file, and where."""
    return words("general.policy", language, path=path, line=fault.line, key=fault.key, reason=fault.reason)
