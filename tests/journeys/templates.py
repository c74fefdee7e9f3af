"""Every customer message as an approved WhatsApp template, as `santun templates push` leaves it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import aiohttp

from bot.app import App
from bot.channels.content import ContentTemplates
from bot.cli.templates import Desired, account_of, desired
from bot.settings import Settings
from simulator.client import SimClient
from storage import content
from storage.content import Template


async def approve(app: App, sim: SimClient, settings: Settings, *, now: datetime) -> None:
    """Create and hand in all templates; WhatsApp says yes at once."""
    async with aiohttp.ClientSession() as session:
        templates = ContentTemplates(account_of(settings), session)
        wanted = desired(settings.language)
        sids = await asyncio.gather(*(_handed_in(templates, one) for one in wanted))
        await sim.flush()
        approvals = await asyncio.gather(*(templates.approval(sid) for sid in sids))
    async with app.store.transaction() as db:
        for one, sid, approval in zip(wanted, sids, approvals, strict=True):
            assert approval.status == content.APPROVED, f"{one.name}: {approval}"
            kept = Template(
                message=one.source.message,
                language=one.source.language,
                version=one.source.version,
                content_sid=sid,
                approval=approval.status,
                rejection=None,
            )
            await content.note(db, kept, now=now.astimezone(UTC))


async def _handed_in(templates: ContentTemplates, wanted: Desired) -> str:
    sid = await templates.create_content(wanted.draft)
    await templates.submit_for_approval(sid, wanted.name, "UTILITY")
    return sid
