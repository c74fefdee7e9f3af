"""The WhatsApp templates of a rehearsal: pushed to the played Twilio, and approved there before anything is sent."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

import aiohttp

from bot.channels.accounts import twilio_account
from bot.channels.content import ContentTemplates, Draft, QuickReply
from bot.demo.scene import Scene
from bot.render import FOLDER, ContentSource, content_source, customer_messages, customer_text
from bot.settings import Settings
from storage import content
from storage.content import Template


async def push_templates(scene: Scene, settings: Settings) -> int:
    """This function will create every customer message at Twilio and submit it; gives how many are approved."""
    account = twilio_account(settings)
    if account is None:
        return 0
    language = settings.language
    async with aiohttp.ClientSession() as session:
        templates = ContentTemplates(account, session)
        pushed = [await _push(templates, content_source(message, language)) for message in customer_messages(language)]
    async with scene.app.store.transaction() as db:
        for one in pushed:
            await content.note(db, one, now=scene.now)
    return sum(one.approval == content.APPROVED for one in pushed)


async def _push(templates: ContentTemplates, source: ContentSource) -> Template:
    name = f"santun_{source.message.removeprefix('customer/').lower()}_{source.language}_{source.version}"
    draft = Draft(
        friendly_name=name,
        language=source.language,
        body=source.body,
        samples=customer_text(source.message, source.language, _samples(source.language)).variables,
        quick_replies=tuple(QuickReply(title=title, payload=title) for title in source.quick_replies),
    )
    content_sid = await templates.create_content(draft)
    await templates.submit_for_approval(content_sid, name, "UTILITY")
    approval = await templates.approval(content_sid)
    return Template(
        message=source.message,
        language=source.language,
        version=source.version,
        content_sid=content_sid,
        approval=approval.status,
        rejection=approval.rejection_reason or None,
    )


@cache
def _samples(language: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / language / "samples.toml").read_text(encoding="utf-8"))
