"""What is not as it should be in a deployment, each with what to do about it; asked from outside to inside."""

from __future__ import annotations

import asyncio
import sqlite3
import tomllib
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from functools import cache

import aiohttp

from bot import app, typeset
from bot.channels.accounts import twilio_account
from bot.channels.faults import ChannelFault, Misconfigured
from bot.channels.telegram import TelegramChannel
from bot.channels.whatsapp import WhatsAppChannel
from bot.holidays import HolidaysInvalid, calendar_gaps
from bot.render import FOLDER, content_source
from bot.settings import Settings
from sop.ladder import RUNGS
from sop.ladder.rungs import WITHOUT_CLAUSE
from sop.people import Person, PersonState
from sop.policy import PolicyInvalid
from sop.zones import ZONES
from storage import Store, checkup, content, schema
from storage.backup import sqlite_path
from storage.checkup import Checkup
from storage.schema import DatabaseUnreachable

LOOK_BACK = timedelta(days=7)
SOUND_SQLITE = (3, 51, 3)  # before it, two processes that checkpoint at once could damage the log of changes


class Grade(Enum):
    """How bad it is. Only BROKEN makes the doctor fail."""

    GOOD = "good"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One line of the examination: a sentence of doctor.toml and its values."""

    key: str
    grade: Grade
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """The finding with its mark, ready to be shown."""
        texts = _sentences(language)
        text = str(self.values["text"]) if self.key == "told" else texts["findings"][self.key].format(**self.values)
        return f"{texts['marks'][self.grade.value]} {text}"


async def examined(given: Settings) -> tuple[Finding, ...]:
    """This function will examine everything; one thing that is broken does not keep it from the others."""
    async with aiohttp.ClientSession() as session:
        now = await app.clock_of(given, session).now()
        telegram = _telegram(given, session)
        found = [*_procedure(given, now=now), *_company(given), *await _letters(given)]
        if telegram is None:
            found.append(_broken("token_missing"))
        else:
            found += [one async for one in _token(telegram)]
        database = [one async for one in _database(given)]
        found += database
        if all(one.grade is not Grade.BROKEN for one in database):
            found += [one async for one in _inside(given, telegram, session, now=now)]
        return tuple(found)


@cache
def _sentences(language: str) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((FOLDER / language / "doctor.toml").read_text(encoding="utf-8"))


def _good(key: str, **values: object) -> Finding:
    return Finding(key=key, grade=Grade.GOOD, values=values)


def _noted(key: str, **values: object) -> Finding:
    return Finding(key=key, grade=Grade.NOTE, values=values)


def _broken(key: str, **values: object) -> Finding:
    return Finding(key=key, grade=Grade.BROKEN, values=values)


def _telegram(given: Settings, session: aiohttp.ClientSession) -> TelegramChannel | None:
    token = given.telegram_bot_token
    return None if token is None else TelegramChannel(token.get_secret_value(), given.telegram_api_url, session)


def _procedure(given: Settings, *, now: datetime) -> list[Finding]:
    try:
        policy = _good("policy", version=app.policy_of(given).version)
    except PolicyInvalid as fault:
        values = {"path": given.sop_policy, "line": fault.line, "key": fault.key, "reason": fault.reason}
        policy = _broken("policy_invalid", **values)
    today = now.astimezone(given.zone).date()
    try:
        gaps = calendar_gaps(today=today, override_file=given.holidays_file)
        days = [_noted("told", text=gap.sentence(given.language)) for gap in gaps] or [_good("holidays")]
    except HolidaysInvalid as fault:
        days = [_broken("told", text=fault.sentence(given.language))]
    return [policy, *days]


async def _letters(given: Settings) -> list[Finding]:
    """Whether every warning letter can be set, in the company's own words where it has any."""
    stationery, found = app.stationery_of(given), []
    for template in typeset.TEMPLATES:
        try:
            await typeset.sample(template, given.language, stationery=stationery)
        except typeset.TemplateBroken as wrong:
            told = {"template": wrong.template, "line": wrong.line or "?", "reason": wrong.reason}
            found.append(_broken(f"letter_{wrong.code}", **told))
    return found or [_good("letters")]


def _company(given: Settings) -> list[Finding]:
    zone = _good("zone", zone=given.timezone) if given.timezone in ZONES else _noted("zone_abroad", zone=given.timezone)
    wanted = ("company_name", "company_phone", "payment_instructions")
    missing = [name.upper() for name in wanted if name not in given.model_fields_set]
    return [zone, *([_noted("company_missing", names=", ".join(missing))] if missing else [])]


async def _token(telegram: TelegramChannel) -> AsyncIterator[Finding]:
    try:
        me = await telegram.me()
        yield _good("token", username=me.username)
    except Misconfigured:
        yield _broken("token_wrong")
    except ChannelFault as fault:
        yield _broken("telegram_silent", reason=fault)


async def _database(given: Settings) -> AsyncIterator[Finding]:
    try:
        revision = await asyncio.to_thread(schema.revision, given.database_url)
    except DatabaseUnreachable as fault:
        yield _broken("database_silent", reason=fault.reason)
        return
    if revision != schema.head():
        yield _broken("schema_old" if revision else "schema_none")
        return
    yield _good("database", revision=revision)
    if sqlite_path(given.database_url) is not None and sqlite3.sqlite_version_info < SOUND_SQLITE:
        yield _noted("sqlite_old", version=sqlite3.sqlite_version)


async def _inside(
    given: Settings, telegram: TelegramChannel | None, session: aiohttp.ClientSession, *, now: datetime
) -> AsyncIterator[Finding]:
    store = Store(given.database_url, is_guest=True)
    try:
        async with store.transaction() as db:
            facts = await checkup.facts(db, since=now - LOOK_BACK)
        for one in [*_people(facts), *_messages(facts)]:
            yield one
        yield await _group(facts, telegram)
        async for one in _whatsapp(given, store, session):
            yield one
    finally:
        await store.close()


def _people(facts: Checkup) -> list[Finding]:
    waiting = _names(one for one in (*facts.managers, *facts.collectors) if one.state is PersonState.INVITED)
    deaf = _names(one for one in (*facts.managers, *facts.collectors) if one.unreachable_at is not None)
    asked = (
        (not facts.managers, _noted("no_manager")),
        (not facts.collectors, _noted("no_collector")),
        (bool(facts.uninvited_collectors), _noted("uninvited", names=", ".join(facts.uninvited_collectors))),
        (bool(waiting), _noted("not_opened", names=waiting)),
        (bool(deaf), _broken("unreachable", names=deaf)),
    )
    return [finding for is_so, finding in asked if is_so] or [_good("people", count=len(facts.collectors))]


def _names(people: Iterable[Person]) -> str:
    return ", ".join(one.name for one in people)


def _messages(facts: Checkup) -> list[Finding]:
    asked = (
        (facts.without_consent, _noted("without_consent", count=facts.without_consent)),
        (facts.undelivered, _noted("undelivered", count=facts.undelivered)),
        (facts.parked, _broken("parked", count=facts.parked)),
    )
    return [finding for count, finding in asked if count]


async def _group(facts: Checkup, telegram: TelegramChannel | None) -> Finding:
    if facts.group_chat_id is None:
        return _noted("group_missing")
    if telegram is None:
        return _noted("group_unasked")
    try:
        exists = await telegram.group_exists(facts.group_chat_id)
    except ChannelFault as fault:
        return _broken("telegram_silent", reason=fault)
    return _good("group") if exists else _broken("group_gone")


async def _whatsapp(given: Settings, store: Store, session: aiohttp.ClientSession) -> AsyncIterator[Finding]:
    account = twilio_account(given)
    if given.whatsapp_mode != "twilio" or account is None:
        yield _good(f"whatsapp_{given.whatsapp_mode}")
        return
    channel = WhatsAppChannel(account, session)
    try:
        known = await channel.sender_exists()
        yield _broken("sender_unknown") if known is False else _good("sender")
    except ChannelFault as fault:
        yield _broken("twilio_silent", reason=fault)
    missing = [name async for name in _unapproved(given.language, store)]
    yield _broken("templates", names=", ".join(missing)) if missing else _good("templates_good")


async def _unapproved(language: str, store: Store) -> AsyncIterator[str]:
    """The ladder's messages whose present words WhatsApp has not approved."""
    names = sorted({*(rung.message for rung in RUNGS if rung.message), WITHOUT_CLAUSE})
    async with store.transaction() as db:
        for name in names:
            source = content_source(f"customer/{name}", language)
            if await content.approved_sid(db, source.message, language, source.version) is None:
                yield name
