"""Papers that go to customers: the template that carries one, and handing it to the provider that asks (9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot import typeset
from bot.channels.media import SAMPLE, paper_of, signed_paper
from bot.delivery.ground import Ground
from bot.render import ContentSource, CustomerText, content_source, content_source_with_paper
from bot.turn import Desk
from bot.web import Paper
from storage import attachments
from storage.outbox import Waiting

PDF = "application/pdf"


def template_of(desk: Desk, one: Waiting, text: CustomerText, *, token: str) -> tuple[ContentSource, Mapping[str, str]]:
    """This function will give the template a message leaves by, and its variables; a paper's address is the last."""
    if one.attachment_id is None or desk.company.media_url is None:
        return content_source(text.message, one.language), text.variables
    source = content_source_with_paper(text.message, one.language, desk.company.media_url)
    until = desk.now + timedelta(hours=desk.policy.letters.media_link_hours)
    place = str(len(source.expressions) + 1)
    return source, {**text.variables, place: signed_paper(one.attachment_id, until=until, token=token)}


async def find_paper(ground: Ground, signed: str, *, token: str) -> Paper | None:
    """This function will give the paper that an address opens now; none for any other, and for one we do not keep.

    While WhatsApp looks at a template it asks for a sample, which is a letter of nobody's.
    """
    if signed == SAMPLE:
        return await _sample(ground)
    attachment_id = paper_of(signed, now=await ground.clock.now(), token=token)
    if attachment_id is None:
        return None
    async with ground.store.transaction() as db:
        known = await attachments.get(db, attachment_id)
        content = await attachments.content(db, attachment_id)
    if content is None:
        return None
    return Paper(content=content, media_type=known.media_type, filename=known.filename or f"{attachment_id}.pdf")


async def _sample(ground: Ground) -> Paper:
    company = ground.world.company
    letter = await typeset.sample("SP1", company.language, stationery=typeset.Stationery())
    return Paper(content=letter.pdf, media_type=PDF, filename=SAMPLE)
