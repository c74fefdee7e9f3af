"""Customers in WhatsApp, and the templates WhatsApp reviews."""

from __future__ import annotations

import base64
from typing import Any

from aiohttp import web

from simulator.clock import iso
from simulator.config import DEFAULT_SENDER
from simulator.control.answers import answering, body_of, newest
from simulator.telegram.people import Impossible
from simulator.twilio.inbound import Said
from simulator.twilio.ledger import ByHand, Customer, Message
from simulator.wire import Json
from simulator.world import World


class WhatsAppControl:
    """Routes that act for customers."""

    def __init__(self, world: World) -> None:
        self._world, self._ledger, self._side = world, world.ledger, world.twilio

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_post("/sim/customers", answering(self.add_customer))
        app.router.add_get("/sim/customers", answering(self.customers))
        app.router.add_post("/sim/customers/{phone}/say", answering(self.say))
        app.router.add_post("/sim/customers/{phone}/by_hand", answering(self.by_hand))
        app.router.add_get("/sim/customers/{phone}/messages", answering(self.messages))
        app.router.add_get("/sim/media/{sid}", self.media)
        app.router.add_post("/sim/templates/{sid}", answering(self.review))

    async def add_customer(self, request: web.Request) -> Json:
        """A new customer, or other behaviour for a known one."""
        facts = await body_of(request)
        phone = str(facts["phone"])
        customer = self._ledger.customers.setdefault(phone, Customer(phone=phone, name=phone))
        for name in ("name", "user_id", "on_whatsapp", "reads", "blocked"):
            if name in facts:
                setattr(customer, name, facts[name])
        self._world.journal.write("sim", "customer_changed", phone=phone)
        return self._shown(customer)

    async def customers(self, _request: web.Request) -> Json:
        """All customers."""
        return {"customers": [self._shown(customer) for customer in self._ledger.customers.values()]}

    def _shown(self, customer: Customer) -> Json:
        until = self._ledger.window_until(customer, self._sender(customer))
        return {
            "phone": customer.phone,
            "name": customer.name,
            "user_id": customer.user_id,
            "on_whatsapp": customer.on_whatsapp,
            "reads": customer.reads,
            "blocked": customer.blocked,
            "window_until": iso(until) if until else None,
        }

    def _customer(self, request: web.Request) -> Customer:
        phone = request.match_info["phone"]
        customer = self._ledger.customers.get(phone)
        if customer is None:
            raise Impossible(404, f"no customer {phone}")
        return customer

    def _sender(self, customer: Customer) -> str:
        """The business he is talking to: whoever wrote to him last."""
        received = self._side.customers.received(customer)
        if received:
            return received[-1].sender
        return next(reversed(customer.last_inbound_at), (self._ledger.config.senders or [DEFAULT_SENDER])[0])

    async def say(self, request: web.Request) -> Json:
        """A text, a quick reply by label, a photo or a place."""
        customer, body = self._customer(request), await body_of(request)
        sender = str(body.get("to") or self._sender(customer))
        said = self._pressed(customer, str(body["button"])) if "button" in body else _said(body)
        message = self._side.customers.say(customer, said, sender)
        return {"sid": message.sid, "from": message.sender, "to": message.to}

    def _pressed(self, customer: Customer, label: str) -> Said:
        """The quick reply with this label on the newest message that has it. Raises Impossible with all labels."""
        visible: list[str] = []
        for message in reversed(self._visible(customer)):
            for button in message.buttons:
                if button.get("title") == label and button.get("type", "QUICK_REPLY") == "QUICK_REPLY":
                    return _reply(message, label, str(button.get("id") or label))
                visible.append(str(button.get("title")))
        raise Impossible(404, f"no button {label!r} at {customer.phone}", labels=visible)

    def _visible(self, customer: Customer) -> list[Message]:
        return [m for m in self._side.customers.received(customer) if m.status in ("delivered", "read")]

    async def messages(self, request: web.Request) -> Json:
        """The conversation as the customer's phone shows it, with the business's ticks."""
        customer = self._customer(request)
        rows = [self._row(message) for message in self._side.customers.conversation(customer)]
        both = sorted([*rows, *map(_hand_row, customer.by_hand)], key=_in_order)
        return {**self._shown(customer), "messages": newest(both, request)}

    async def by_hand(self, request: web.Request) -> Json:
        """Somebody of the company writes to him from his own WhatsApp, as a wa.me link lets him."""
        customer, body = self._customer(request), await body_of(request)
        now, sid = self._world.clock.now(), self._ledger.sid("BH")
        said = ByHand(sid=sid, name=str(body["name"]), body=str(body["text"]), at=now)
        customer.by_hand.append(said)
        self._world.journal.write("sim", "by_hand", phone=customer.phone, sid=sid, request=body)
        return {"sid": sid}

    def _row(self, message: Message) -> Json:
        return {
            "sid": message.sid,
            "direction": "inbound" if message.direction == "inbound" else "outbound",
            "from": message.sender,
            "to": message.to,
            "body": message.body,
            "status": message.status,
            "visible": message.direction == "inbound" or message.status in ("delivered", "read"),
            "error_code": message.error_code,
            "content_sid": message.content_sid,
            "buttons": [
                {"label": b.get("title"), "payload": b.get("id"), "url": b.get("url")} for b in message.buttons
            ],
            "media": [{"sid": m.sid, "content_type": m.content_type, "url": m.url} for m in message.media],
            "extra": message.extra,
            "at": iso(message.created_at),
            "updated_at": iso(message.updated_at),
        }

    async def media(self, request: web.Request) -> web.Response:
        """Bytes of an attached file, by its sid."""
        for message in self._ledger.messages.values():
            for media in message.media:
                if media.sid == request.match_info["sid"]:
                    return web.Response(body=media.content, content_type=media.content_type)
        return web.json_response({"error": "no such media"}, status=404)

    async def review(self, request: web.Request) -> Any:
        """WhatsApp changes its mind about a template: approved, rejected, paused, disabled."""
        body = await body_of(request)
        return self._side.contents.force(request.match_info["sid"], str(body["status"]))


def _said(body: Json) -> Said:
    if "location" in body:
        point: Json = body["location"]
        fields = {"Latitude": point["latitude"], "Longitude": point["longitude"]}
        names = {"Address": point.get("address"), "Label": point.get("label")}
        return Said(kind="location", fields={**fields, **{k: v for k, v in names.items() if v}})
    if "photo" in body:
        photo = (base64.b64decode(body["photo"]), str(body.get("content_type") or "image/jpeg"))
        kind = "image" if photo[1].startswith("image/") else "document"
        return Said(body=str(body.get("text") or ""), kind=kind, photos=[photo])
    return Said(body=str(body["text"]))


def _reply(message: Message, label: str, payload: str) -> Said:
    fields = {
        "ButtonText": label,
        "ButtonPayload": payload,
        "OriginalRepliedMessageSid": message.sid,
        "OriginalRepliedMessageSender": message.sender,
    }
    return Said(body=label, kind="button", fields=fields)


def _in_order(row: Json) -> tuple[str, str]:
    """By time, and within an instant by the counter in the sid."""
    return str(row["at"]), str(row["sid"])[2:]


def _hand_row(said: ByHand) -> Json:
    at = iso(said.at)
    empty: Json = {"error_code": None, "content_sid": None, "buttons": [], "media": [], "extra": {}}
    return {
        "sid": said.sid,
        "direction": "by_hand",
        "from": said.name,
        "to": "",
        "body": said.body,
        "status": "read",
        "visible": True,
        "at": at,
        "updated_at": at,
        **empty,
    }
