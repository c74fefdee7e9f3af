"""What customers do in WhatsApp, and the signed webhook that tells the business."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from simulator.twilio.callbacks import Deliveries, post_form
from simulator.twilio.ledger import Customer, Ledger, Media, Message
from simulator.wire import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One message of a customer; `fields` are extra webhook fields (button, location, reply)."""

    body: str = ""
    kind: str = "text"
    photos: Sequence[tuple[bytes, str]] = ()
    fields: Json = field(default_factory=dict)


class Customers:
    """Acts for customers."""

    def __init__(self, ledger: Ledger, deliveries: Deliveries) -> None:
        self._ledger, self._deliveries = ledger, deliveries

    def say(self, customer: Customer, said: Said, sender: str) -> Message:
        """Send a message to the business; opens the 24-hour window and marks what he got as read."""
        now = self._ledger.clock.now()
        message = Message(
            sid=self._ledger.sid("MM" if said.photos else "SM"),
            direction="inbound",
            sender=customer.address,
            to=sender,
            body=said.body,
            created_at=now,
            updated_at=now,
            sent_at=now,
            status="received",
            media=[Media(sid=self._ledger.sid("ME"), content_type=kind, content=data) for data, kind in said.photos],
        )
        message.extra = {"MessageType": said.kind, **said.fields}
        self._ledger.messages[message.sid] = message
        customer.last_inbound_at[sender] = now
        self._mark_read(customer)
        self._announce(message, customer)
        self._ledger.changed.fire()
        return message

    def _mark_read(self, customer: Customer) -> None:
        if not customer.reads:
            return
        for message in self.received(customer):
            if message.status == "delivered":
                self._deliveries.read_now(message)

    def _announce(self, message: Message, customer: Customer) -> None:
        params = self.webhook_params(message, customer)
        url = self._ledger.config.inbound_url
        self._ledger.journal.write("twilio", "inbound_message", sid=message.sid, request=params, url=url)
        if not url:
            return

        async def deliver(_at: datetime) -> None:
            await post_form(self._ledger, url, params, "inbound")
            if self._ledger.faults.strike("twilio", "inbound", frozenset({"duplicate_callback"})):
                await post_form(self._ledger, url, params, "inbound")

        self._ledger.timeline.add(self._ledger.clock.now(), deliver)

    def received(self, customer: Customer) -> list[Message]:
        """Everything sent to him, oldest first."""
        addresses = {f"whatsapp:{customer.phone}", customer.address}
        return [m for m in self._ledger.messages.values() if m.direction != "inbound" and m.to in addresses]

    def conversation(self, customer: Customer) -> list[Message]:
        """Both directions, oldest first."""
        addresses = {f"whatsapp:{customer.phone}", customer.address}
        return [m for m in self._ledger.messages.values() if addresses & {m.to, m.sender}]

    def webhook_params(self, message: Message, customer: Customer) -> dict[str, str]:
        """All form fields of the inbound webhook."""
        context = {"type": "whatsapp", "data": {"context": {"ProfileName": customer.name}}}
        params = {
            "AccountSid": self._ledger.config.account_sid,
            "ApiVersion": "2010-04-01",
            "Body": message.body,
            "ChannelMetadata": json.dumps(context, separators=(",", ":")),
            "From": message.sender,
            "MessageSid": message.sid,
            "NumMedia": str(len(message.media)),
            "NumSegments": "1",
            "ProfileName": customer.name,
            "ReferralNumMedia": "0",
            "SmsMessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsStatus": "received",
            "To": message.to,
            **{name: str(value) for name, value in message.extra.items()},
        }
        if customer.user_id:
            params["ExternalUserId"] = f"whatsapp:{customer.user_id}"
        else:
            params["WaId"] = customer.phone.lstrip("+")
        base = f"{self._ledger.base_url}{self._ledger.account_path()}/Messages/{message.sid}/Media"
        for number, media in enumerate(message.media):
            params[f"MediaContentType{number}"] = media.content_type
            params[f"MediaUrl{number}"] = f"{base}/{media.sid}"
        return params
