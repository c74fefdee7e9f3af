"""The life of an outbound message on the clock, and the signed status callbacks that tell about it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from urllib.parse import urldefrag, urlencode

from simulator.outgoing import Answer
from simulator.twilio.ledger import Customer, Ledger, Media, Message
from simulator.twilio.signature import signature
from simulator.wire import Json

FAILED = {63003: "undelivered", 63014: "undelivered", 63024: "undelivered"}
"""Codes that end as undelivered; all others as failed."""


async def post_form(ledger: Ledger, url: str, params: dict[str, str], kind: str) -> Answer:
    """One signed form POST to the bot, written into the journal; tried again once when nobody could be reached."""
    bare = urldefrag(url).url
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "X-Twilio-Signature": signature(ledger.config.auth_token, bare, params),
        "I-Twilio-Idempotency-Token": ledger.sid("ID"),
        "User-Agent": "TwilioProxy/1.1",
    }
    body = urlencode(params).encode()
    answer = await ledger.outgoing.request("POST", bare, body=body, headers=headers)
    if answer.status is None and kind == "status":
        answer = await ledger.outgoing.request("POST", bare, body=body, headers=headers)
    facts: Json = {"url": url, "request": params, "status": answer.status, "error": answer.error}
    ledger.journal.write("twilio", kind, signature=headers["X-Twilio-Signature"], **facts)
    return answer


class Deliveries:
    """Plans what becomes of each accepted message."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def plan(self, message: Message, customer: Customer, error_code: int | None) -> None:
        """Put the statuses of a new message on the timeline."""
        code = error_code or self._customer_error(customer)
        config = self._ledger.config
        if code:
            self._at(config.sent_delay, message, [FAILED.get(code, "failed")], code)
            return
        steps = [(config.sent_delay, "sent"), (config.delivered_delay, "delivered")]
        if self._ledger.faults.strike("twilio", "status", frozenset({"reorder_callbacks"})):
            self._at(config.delivered_delay, message, ["delivered", "sent"], None)
        else:
            for delay, status in steps:
                self._at(delay, message, [status], None)
        if customer.reads:
            self._at(config.read_delay, message, ["read"], None)

    def read_now(self, message: Message) -> None:
        """The customer opened the chat."""
        self._at(0.0, message, ["read"], None)

    def _customer_error(self, customer: Customer) -> int | None:
        if not customer.on_whatsapp:
            return 63003
        return 63014 if customer.blocked else None

    def _at(self, delay: float, message: Message, statuses: list[str], code: int | None) -> None:
        async def happen(at: datetime) -> None:
            for status in statuses:
                await self._happen(message, status, code, at)

        self._ledger.timeline.add(self._ledger.clock.now() + timedelta(seconds=delay), happen)

    async def _happen(self, message: Message, status: str, code: int | None, at: datetime) -> None:
        if status == "sent" and message.media_urls and not await self._fetch_media(message):
            status, code = "failed", 63019
        behind = status == "sent" and message.status == "delivered"
        if not message.advance(status, at) and not behind:
            return
        message.error_code = code
        self._ledger.changed.fire()
        self._ledger.journal.write(
            "twilio", "message_status", sid=message.sid, to=message.to, status=status, error_code=code
        )
        url = message.callback_url or self._ledger.config.status_url
        if url:
            await self._call_back(message, url, status)

    async def _call_back(self, message: Message, url: str, status: str) -> None:
        params = status_params(message, status, self._ledger.config.account_sid)
        await post_form(self._ledger, url, params, "status")
        if self._ledger.faults.strike("twilio", "status", frozenset({"duplicate_callback"})):
            await post_form(self._ledger, url, params, "status")

    async def _fetch_media(self, message: Message) -> bool:
        fetched = await asyncio.gather(*(self._fetch(url) for url in message.media_urls))
        message.media = [media for media in fetched if media]
        return len(message.media) == len(message.media_urls)

    async def _fetch(self, url: str) -> Media | None:
        answer = await self._ledger.outgoing.request("GET", url)
        self._ledger.journal.write("twilio", "media_fetch", url=url, status=answer.status, error=answer.error)
        if not answer.accepted:
            return None
        sid = self._ledger.sid("ME")
        return Media(sid=sid, content_type=answer.content_type, content=answer.body, url=url)


def status_params(message: Message, status: str, account_sid: str) -> dict[str, str]:
    """The form fields of a status callback."""
    params = {
        "AccountSid": account_sid,
        "ApiVersion": "2010-04-01",
        "ChannelPrefix": "whatsapp",
        "ChannelToAddress": message.to.removeprefix("whatsapp:"),
        "From": message.sender,
        "MessageSid": message.sid,
        "MessageStatus": status,
        "SmsSid": message.sid,
        "SmsStatus": status,
        "StructuredMessage": "false",
        "To": message.to,
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    if status in ("delivered", "read"):
        params["EventType"] = status.upper()
    if message.error_code:
        params["ErrorCode"] = str(message.error_code)
        params["ErrorMessage"] = "Twilio could not deliver the message"
    return params
