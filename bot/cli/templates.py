"""`santun templates push|status|preview`: the customer messages as WhatsApp templates at Twilio."""

from __future__ import annotations

import typer

from bot.channels.accounts import twilio_account
from bot.channels.content import Approval, ContentTemplates
from bot.channels.faults import ChannelFault
from bot.channels.templates import Desired, desired, name_of, samples, template_name
from bot.channels.templates import push as push_one
from bot.channels.twilio_http import TwilioAccount
from bot.cli.frame import Mistake, Office, in_office, settings
from bot.cli.words import words
from bot.render import content_source, customer_messages, customer_text
from bot.settings import Settings
from storage import content


def preview() -> None:
    """Print every customer message with sample values, as the customer will read it."""
    given = settings()
    for message in customer_messages(given.language):
        source = content_source(message, given.language)
        typer.echo(words("templates.head", given.language, name=name_of(source)))
        typer.echo(customer_text(message, given.language, samples(given.language)).body)
        if source.quick_replies:
            typer.echo(words("templates.replies", given.language, titles="] [".join(source.quick_replies)))
        typer.echo("")


def push() -> None:
    """Create at Twilio what is missing there and hand it to WhatsApp for approval."""

    async def work(office: Office) -> None:
        templates = ContentTemplates(account_of(office.settings), office.session)
        try:
            there = {one.friendly_name: one.content_sid for one in await templates.contents()}
            for wanted in desired(office.language, media_url=office.settings.media_url):
                await _push(office, templates, wanted, there.get(wanted.name))
        except ChannelFault as fault:
            raise office.mistake("general.twilio", reason=fault) from None

    in_office(work)


def status() -> None:
    """Ask what WhatsApp says of each template by now, and keep the answer."""

    async def work(office: Office) -> None:
        templates = ContentTemplates(account_of(office.settings), office.session)
        async with office.desk() as desk:
            known = await content.listed(desk.db)
        if not known:
            office.say("templates.none")
        for one in known:
            try:
                approval = await templates.approval(one.content_sid)
            except ChannelFault as fault:
                raise office.mistake("general.twilio", reason=fault) from None
            await _keep_approval(office, one.content_sid, approval)
            _tell(office, template_name(one.message, one.language, one.version), approval)

    in_office(work)


def account_of(given: Settings) -> TwilioAccount:
    """This function will give the Twilio account; raises Mistake where it is not filled in."""
    account = twilio_account(given)
    if account is None:
        raise Mistake(words("templates.off", given.language))
    return account


async def _push(office: Office, templates: ContentTemplates, wanted: Desired, there: str | None) -> None:
    kept = await push_one(templates, wanted, there)
    async with office.desk() as desk:
        await content.note(desk.db, kept, now=desk.now)
    office.say("templates.kept" if there else "templates.pushed", name=wanted.name, status=kept.approval)


async def _keep_approval(office: Office, content_sid: str, approval: Approval) -> None:
    async with office.desk() as desk:
        rejection = approval.rejection_reason
        await content.note_approval(desk.db, content_sid, approval=approval.status, rejection=rejection)


def _tell(office: Office, name: str, approval: Approval) -> None:
    if approval.rejection_reason:
        office.say("templates.rejected", name=name, reason=approval.rejection_reason)
    else:
        office.say("templates.status", name=name, status=approval.status)
