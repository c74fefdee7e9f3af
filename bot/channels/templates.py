"""The customer messages as WhatsApp templates at Twilio.

A template is named after its message, its language and the digest of its words: changed words are a new template,
and the approval of the earlier one says nothing about it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.channels.content import Category, ContentTemplates, Draft, QuickReply
from bot.channels.media import SAMPLE
from bot.render import (
    FOLDER,
    ContentSource,
    content_source,
    content_source_with_paper,
    customer_messages,
    customer_text,
)
from storage.content import Template

CATEGORY: Category = "UTILITY"


@dataclass(frozen=True, kw_only=True, slots=True)
class Desired:
    """A template as it ought to stand at Twilio."""

    name: str
    source: ContentSource
    draft: Draft


WITH_PAPER = frozenset({"customer/T08", "customer/invoice_copy"})
"""Messages that carry a document, where the provider can fetch it from us."""


def desired(language: str, *, media_url: str | None = None) -> tuple[Desired, ...]:
    """This function will make a template of every customer message; `media_url`: where documents are fetched from."""
    return tuple(_desired(_source(message, language, media_url)) for message in customer_messages(language))


def _source(message: str, language: str, media_url: str | None) -> ContentSource:
    if media_url is None or message not in WITH_PAPER:
        return content_source(message, language)
    return content_source_with_paper(message, language, media_url)


@cache
def samples(language: str) -> Mapping[str, Any]:
    """The sample value of every variable of a customer's message."""
    return tomllib.loads((FOLDER / language / "samples.toml").read_text(encoding="utf-8"))


def name_of(source: ContentSource) -> str:
    """This function will name a template: lower case letters, digits and underscores, as WhatsApp wants it."""
    return template_name(source.message, source.language, source.version)


def template_name(message: str, language: str, version: str) -> str:
    return f"santun_{message.removeprefix('customer/').lower()}_{language}_{version}"


async def push(templates: ContentTemplates, wanted: Desired, there: str | None = None) -> Template:
    """This function will create a template (`there`: its number, if it stands there already) and hand it in once.

    Raises ChannelFault.
    """
    content_sid = there or await templates.create_content(wanted.draft)
    approval = await templates.approval(content_sid)
    if approval.status == "unsubmitted":
        approval = await templates.submit_for_approval(content_sid, wanted.name, CATEGORY)
    return Template(
        message=wanted.source.message,
        language=wanted.source.language,
        version=wanted.source.version,
        content_sid=content_sid,
        approval=approval.status,
        rejection=approval.rejection_reason or None,
    )


def _desired(source: ContentSource) -> Desired:
    values = customer_text(source.message, source.language, samples(source.language)).variables
    paper = {} if source.media is None else {str(len(source.expressions) + 1): SAMPLE}
    draft = Draft(
        friendly_name=name_of(source),
        language=source.language,
        body=source.body,
        media=source.media,
        samples={**values, **paper},
        quick_replies=tuple(QuickReply(title=title, payload=title) for title in source.quick_replies),
    )
    return Desired(name=draft.friendly_name, source=source, draft=draft)
