"""WhatsApp through Twilio: messages out, and asking what became of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

import aiohttp

from bot.channels.content import ContentTemplates
from bot.channels.faults import Rejected, SendFailed
from bot.channels.http import Patience, Request, exchange
from bot.channels.outgoing import Sent
from bot.channels.twilio_http import TwilioAccount, accepted, sdk_client
from bot.channels.whatsapp_events import address_of, plain_address, reported
from bot.events import CustomerWrote, Media, StatusReported

MOST_MEDIA_BYTES = 16 * 1024 * 1024  # WhatsApp carries no larger files
_PAGE_SIZE = 200
_NOT_FOUND = frozenset({404, 20404})


class AddressNotOurs(Exception):
    """A media address outside Twilio's API: our login must not go there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedMessage:
    """A message as Twilio keeps it; addresses are plain (E.164 or a business-scoped user id)."""

    provider_id: str
    direction: Literal["inbound", "outbound"]
    status: str
    error_code: int | None
    recipient: str = field(repr=False)
    sender: str = field(repr=False)
    body: str = field(repr=False)
    media_count: int
    created_at: datetime
    sent_at: datetime | None

    def report(self) -> StatusReported:
        """The same news a status callback would have brought; equal ids, so it takes effect once."""
        return reported(self.provider_id, self.status, error_code=self.error_code)


class WhatsAppChannel:
    """One sender. `templates` is the account's Content API; the session belongs to the caller."""

    def __init__(
        self, account: TwilioAccount, session: aiohttp.ClientSession, patience: Patience | None = None
    ) -> None:
        self._account = account
        self._session = session
        self._patience = patience or Patience()
        self._messages = sdk_client(account, session, self._patience).messages
        self.templates = ContentTemplates(account, session, self._patience)

    async def send_template(
        self, to: str, content_sid: str, variables: Mapping[str, str], *, status_callback: str | None = None
    ) -> Sent:
        """This function will send an approved template; the only kind that may open a conversation.

        Raises VariablesWrong before anything leaves when the values do not fill exactly this template.
        """
        await self.templates.prove(content_sid, variables)
        return await self._send(
            to,
            {"content_sid": content_sid, "content_variables": json.dumps(dict(variables), ensure_ascii=False)},
            status_callback,
        )

    async def send_text(self, to: str, body: str, *, status_callback: str | None = None) -> Sent:
        """This function will send free text (<= 1600 characters), allowed within 24 h of the customer's own message.

        A closed window is told later, in the status, not here.
        """
        return await self._send(to, {"body": body}, status_callback)

    async def _send(self, to: str, content: Mapping[str, str], status_callback: str | None) -> Sent:
        origin = (
            {"messaging_service_sid": self._account.messaging_service_sid}
            if self._account.messaging_service_sid
            else {"from_": address_of(self._account.sender)}
        )
        callback = {"status_callback": status_callback} if status_callback else {}
        message = await self._messages.create_async(to=address_of(to), **origin, **content, **callback)
        return Sent(provider_id=str(message.sid), status=str(message.status))

    async def message(self, provider_id: str) -> ListedMessage:
        """This function will fetch one message, for its status."""
        return _listed(await self._messages(provider_id).fetch_async())

    async def listed(
        self, *, since: datetime, to: str | None = None, from_: str | None = None
    ) -> tuple[ListedMessage, ...]:
        """This function will list the messages created from `since` on, newest first, to or from an address.

        Twilio can filter by the time of sending only, which would hide what is still queued; so pages are read until
        one holds nothing new enough.
        """
        addresses = {"to": address_of(to)} if to else {}
        addresses |= {"from_": address_of(from_)} if from_ else {}
        oldest = since.replace(microsecond=0)  # Twilio counts in seconds
        found: list[ListedMessage] = []
        page = await self._messages.page_async(**addresses, page_size=_PAGE_SIZE)
        while page is not None:
            fresh = [message for message in map(_listed, page) if message.created_at >= oldest]
            found += fresh
            page = await page.next_page_async() if fresh else None
        return tuple(found)

    async def inbound_since(self, instant: datetime) -> tuple[CustomerWrote, ...]:
        """This function will list what customers wrote to our sender, oldest first, as the webhook would have told."""
        listed = await self.listed(since=instant, to=self._account.sender)
        return tuple([await self._as_written(each) for each in reversed(listed) if each.direction == "inbound"])

    async def _as_written(self, message: ListedMessage) -> CustomerWrote:
        return CustomerWrote(
            external_id=message.provider_id,
            sender=message.sender,
            text=message.body,
            media=await self._media_of(message.provider_id) if message.media_count else (),
            at=message.created_at,
        )

    async def _media_of(self, provider_id: str) -> tuple[Media, ...]:
        kept = await self._messages(provider_id).media.list_async()
        root = self._account.api_url.rstrip("/")
        return tuple(
            Media(url=f"{root}{str(each.uri).removesuffix('.json')}", mime=str(each.content_type)) for each in kept
        )

    async def download(self, url: str, *, most_bytes: int = MOST_MEDIA_BYTES) -> bytes:
        """This function will fetch a customer's picture or file; raises FileTooBig, or AddressNotOurs."""
        if not url.startswith(f"{self._account.api_url.rstrip('/')}/"):
            raise AddressNotOurs
        answer = await exchange(
            self._session,
            Request(
                method="GET",
                url=url,
                login=self._account.login,
                patience=self._patience,
                follow=True,  # to where the files lie; aiohttp leaves the login behind when the host changes
                most_bytes=most_bytes,
            ),
        )
        if not answer.is_success:
            raise SendFailed("the file is not there", code=answer.status)
        return answer.body

    async def sender_exists(self) -> bool | None:
        """This function will say whether Twilio knows our sender on WhatsApp; None where it cannot be asked."""
        api = self._account.api_url.rstrip("/")
        request = Request(
            method="GET",
            url=f"{_senders_url(api)}/v2/Channels/Senders",
            query={"Channel": "whatsapp", "PageSize": "100"},
            login=self._account.login,
            patience=self._patience,
        )
        try:
            answer = await accepted(self._session, request)
        except Rejected as fault:
            if fault.code in _NOT_FOUND:
                return None
            raise
        known = [str(each.get("sender_id")) for each in json.loads(answer.body).get("senders", [])]
        return address_of(self._account.sender) in known


def _senders_url(api_url: str) -> str:
    """Twilio keeps senders at a third address; beside a simulator it can only be the same one."""
    return "https://messaging.twilio.com" if api_url == "https://api.twilio.com" else api_url


def _listed(message: Any) -> ListedMessage:
    return ListedMessage(
        provider_id=str(message.sid),
        direction="inbound" if message.direction == "inbound" else "outbound",
        status=str(message.status),
        error_code=message.error_code,
        recipient=plain_address(message.to),
        sender=plain_address(message.from_),
        body=str(message.body or ""),
        media_count=int(message.num_media or 0),
        created_at=_aware(message.date_created),
        sent_at=_aware(message.date_sent) if message.date_sent else None,
    )


def _aware(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
