"""Creating messages: every check Twilio makes at once, and those WhatsApp reports later."""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from multidict import MultiMapping

from simulator.twilio.callbacks import Deliveries
from simulator.twilio.content import Contents
from simulator.twilio.errors import TwilioError, too_many
from simulator.twilio.ledger import PHONE_ADDRESS, Ledger, Message, is_recipient
from simulator.twilio.templates import MAX_BODY, body_of, buttons_of, filled, media_of, rendered
from simulator.wire import Json

MAX_TEXT = 1600
SENDER_PER_SECOND = 80
HX = re.compile(r"HX[0-9a-fA-F]{32}")
MG = re.compile(r"MG[0-9a-fA-F]{32}")
STOPPED = {"paused": 63041, "disabled": 63042}
BAD_VALUE = re.compile(r"\n|\t| {5,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What a message says, and the code with which it will fail later, if any."""

    body: str
    media_urls: Sequence[str] = ()
    buttons: Sequence[Json] = ()
    content_sid: str | None = None
    error_code: int | None = None


class Messages:
    """POST Messages.json."""

    def __init__(self, ledger: Ledger, contents: Contents, deliveries: Deliveries) -> None:
        self._ledger, self._contents, self._deliveries = ledger, contents, deliveries
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def create(self, form: MultiMapping[str]) -> Message:
        """Accept a message or raise TwilioError."""
        to, sender = form.get("To", ""), self._sender(form)
        if form.get("SendAt"):
            raise TwilioError(20001, "The simulator does not schedule messages")
        if not to:
            raise TwilioError(21604, "A 'To' phone number is required.")
        if not is_recipient(to):
            raise TwilioError(21211, f"Invalid 'To' Phone Number: {to}")
        callback_url = _callback_url(form)
        wording = self._wording(form)
        self._count(sender)
        message = self._accept(form, sender, wording)
        message.callback_url = callback_url
        customer = self._ledger.customer(to)
        code = self._ledger.faults.strike_code("messages.create") or wording.error_code
        if code is None and not self._allowed(message, customer_in_window=self._ledger.in_window(customer, sender)):
            code = 63016
        self._deliveries.plan(message, customer, code)
        return message

    def _sender(self, form: MultiMapping[str]) -> str:
        service, sender = form.get("MessagingServiceSid", ""), form.get("From", "")
        if not service and not sender:
            raise TwilioError(21603, "A 'From' phone number is required.")
        if service and not MG.fullmatch(service):
            raise TwilioError(21701, f"The Messaging Service {service} does not exist")
        sender = sender or self._ledger.config.sender_of(service)
        senders = self._ledger.config.senders
        if not PHONE_ADDRESS.fullmatch(sender) or (senders and sender not in senders):
            raise TwilioError(63007, "Twilio could not find a Channel with the specified From address")
        return sender

    def _wording(self, form: MultiMapping[str]) -> Wording:
        body, content_sid = form.get("Body"), form.get("ContentSid")
        media = [url for url in form.getall("MediaUrl", []) if url]
        if content_sid:
            if body or media:
                raise TwilioError(21655, "ContentSid cannot be combined with Body or MediaUrl")
            return self._template(content_sid, form.get("ContentVariables") or "{}")
        if form.get("ContentVariables"):
            raise TwilioError(21654, "ContentSid Required")
        if not body and not media:
            raise TwilioError(21619, "A text message body or media urls must be specified.")
        if len(body or "") > MAX_TEXT:
            raise TwilioError(21617, f"The concatenated message body exceeds the {MAX_TEXT} character limit.")
        return Wording(body=body or "", media_urls=media)

    def _template(self, sid: str, variables: str) -> Wording:
        if not HX.fullmatch(sid) or sid not in self._ledger.contents:
            raise TwilioError(21655, "The ContentSid is Invalid")
        content = self._contents.get(sid)
        given = _variables(variables)
        values = filled(content, given)
        body = rendered(body_of(content), values)
        stopped = STOPPED.get(self._contents.approval(sid)["status"])
        return Wording(
            body=body,
            media_urls=[rendered(url, values) for url in media_of(content)],
            buttons=buttons_of(content),
            content_sid=sid,
            error_code=_value_error(given, body) or stopped,
        )

    def _count(self, sender: str) -> None:
        if not self._ledger.config.strict_rates:
            return
        now, sent = self._ledger.clock.now().timestamp(), self._sent[sender]
        while sent and not now - 1 < sent[0] <= now:
            sent.popleft()
        if len(sent) >= SENDER_PER_SECOND:
            raise too_many()
        sent.append(now)

    def _accept(self, form: MultiMapping[str], sender: str, wording: Wording) -> Message:
        now = self._ledger.clock.now()
        service = form.get("MessagingServiceSid") or None
        message = Message(
            sid=self._ledger.sid("MM" if wording.media_urls else "SM"),
            direction="outbound-api",
            sender=sender,
            to=form["To"],
            body=wording.body,
            created_at=now,
            updated_at=now,
            status="accepted" if service else "queued",
            service_sid=service,
            content_sid=wording.content_sid,
            media_urls=list(wording.media_urls),
            buttons=list(wording.buttons),
        )
        self._ledger.messages[message.sid] = message
        self._ledger.changed.fire()
        return message

    def _allowed(self, message: Message, *, customer_in_window: bool) -> bool:
        if customer_in_window:
            return True
        sid = message.content_sid
        return sid is not None and self._contents.approval(sid)["status"] == "approved"


def _callback_url(form: MultiMapping[str]) -> str | None:
    url = form.get("StatusCallback")
    if not url:
        return None
    host = urlsplit(url).hostname or ""
    if not url.startswith(("http://", "https://")) or not host or "_" in host:
        raise TwilioError(21609, f"Invalid 'StatusCallback' URL: {url}")
    return url


def _variables(text: str) -> dict[str, str]:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise TwilioError(21656, "The ContentVariables Parameter is invalid")
    return {str(name): "" if value is None else str(value) for name, value in values.items()}


def _value_error(given: dict[str, str], body: str) -> int | None:
    if any(not value or BAD_VALUE.search(value) for value in given.values()):
        return 63013
    return 63021 if len(body) > MAX_BODY else None
