"""Every customer message as an approved WhatsApp template, as `santun templates push` leaves it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp

from bot.app import App
from bot.channels.content import ContentTemplates
from bot.channels.templates import desired, push
from bot.cli.templates import account_of
from bot.settings import Settings
from simulator.client import SimClient
from storage import content


async def approve(app: App, sim: SimClient, settings: Settings, *, now: datetime) -> None:
    """Create and hand in all templates; WhatsApp says yes at once."""
    async with aiohttp.ClientSession() as session:
        templates = ContentTemplates(account_of(settings), session)
        wanted = desired(settings.language, media_url=settings.media_url)
        handed_in = await asyncio.gather(*(push(templates, one) for one in wanted))
        await sim.flush()
        answers = await asyncio.gather(*(templates.approval(one.content_sid) for one in handed_in))
    async with app.store.transaction() as db:
        for one, answer in zip(handed_in, answers, strict=True):
            assert answer.status == content.APPROVED, f"{one.message}: {answer}"
            await content.note(db, replace(one, approval=answer.status, rejection=None), now=now.astimezone(UTC))
