"""The WhatsApp templates of a rehearsal: pushed to the played Twilio, and approved there before anything is sent."""

from __future__ import annotations

from dataclasses import replace

import aiohttp

from bot.channels.accounts import twilio_account
from bot.channels.content import ContentTemplates
from bot.channels.templates import desired, push
from bot.demo.scene import Scene
from bot.settings import Settings
from storage import content


async def push_templates(scene: Scene, settings: Settings) -> int:
    """This function will create every customer message at Twilio and submit it; gives how many are approved."""
    account = twilio_account(settings)
    if account is None:
        return 0
    async with aiohttp.ClientSession() as session:
        templates = ContentTemplates(account, session)
        handed_in = [
            await push(templates, wanted) for wanted in desired(settings.language, media_url=settings.media_url)
        ]
        answers = [await templates.approval(one.content_sid) for one in handed_in]
    async with scene.app.store.transaction() as db:
        for one, answer in zip(handed_in, answers, strict=True):
            await content.note(db, replace(one, approval=answer.status), now=scene.now)
    return sum(one.status == content.APPROVED for one in answers)
