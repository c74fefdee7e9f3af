"""The HTTP face of the played Twilio."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from multidict import MultiDict

from simulator.faults import AFTER, BEFORE, Fault
from simulator.spoiling import refuse, spoil
from simulator.twilio.callbacks import Deliveries
from simulator.twilio.content import Contents
from simulator.twilio.errors import TwilioError, not_found, too_many, unauthorized
from simulator.twilio.inbound import Customers
from simulator.twilio.ledger import Ledger
from simulator.twilio.listing import Listing
from simulator.twilio.messages import Messages
from simulator.wire import Json

Handler = Callable[[web.Request], Awaitable[tuple[int, Json | None]]]
MESSAGES = "/2010-04-01/Accounts/{account}/Messages"


@dataclass(frozen=True)
class TwilioSide:
    """The parts of the played Twilio."""

    ledger: Ledger
    contents: Contents
    deliveries: Deliveries
    messages: Messages
    listing: Listing
    customers: Customers


def twilio_side(ledger: Ledger) -> TwilioSide:
    """Put the parts together."""
    contents, deliveries = Contents(ledger), Deliveries(ledger)
    return TwilioSide(
        ledger=ledger,
        contents=contents,
        deliveries=deliveries,
        messages=Messages(ledger, contents, deliveries),
        listing=Listing(ledger),
        customers=Customers(ledger, deliveries),
    )


class TwilioEndpoint:
    """Routes of both APIs on one port."""

    def __init__(self, side: TwilioSide) -> None:
        self._side = side
        self._ledger = side.ledger

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        add = app.router.add_route
        add("POST", f"{MESSAGES}.json", self._wrap("messages.create", self.create))
        add("GET", f"{MESSAGES}.json", self._wrap("messages.list", self.list_messages))
        add("GET", MESSAGES + "/{sid}.json", self._wrap("messages.fetch", self.fetch))
        add("POST", MESSAGES + "/{sid}.json", self._wrap("messages.update", self.update))
        add("DELETE", MESSAGES + "/{sid}.json", self._wrap("messages.delete", self.delete))
        add("GET", MESSAGES + "/{sid}/Media.json", self._wrap("media.list", self.list_media))
        add("GET", MESSAGES + "/{sid}/Media/{media}.json", self._wrap("media.fetch", self.fetch_media))
        add("GET", MESSAGES + "/{sid}/Media/{media}", self.media)
        add("POST", "/v1/Content", self._wrap("content.create", self.create_content))
        add("GET", "/v1/Content", self._wrap("content.list", self.list_contents))
        add("GET", "/v1/ContentAndApprovals", self._wrap("content.list", self.list_contents))
        add("GET", "/v1/Content/{sid}", self._wrap("content.fetch", self.fetch_content))
        add("DELETE", "/v1/Content/{sid}", self._wrap("content.delete", self.delete_content))
        add("GET", "/v1/Content/{sid}/ApprovalRequests", self._wrap("approval.fetch", self.fetch_approval))
        add("POST", "/v1/Content/{sid}/ApprovalRequests/whatsapp", self._wrap("approval.create", self.create_approval))

    def _wrap(self, name: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answer(request: web.Request) -> web.StreamResponse:
            if fault := self._ledger.faults.strike("twilio", name, BEFORE):
                return await self._struck(request, fault)
            try:
                self._authorise(request)
                status, body = await handler(request)
            except TwilioError as refusal:
                status, body = refusal.status, refusal.body()
            await self._write(request, name, status, body)
            if fault := self._ledger.faults.strike("twilio", name, AFTER):
                return await spoil(request, body or {}, fault)
            return web.json_response(body, status=status) if body is not None else web.Response(status=status)

        return answer

    async def _write(self, request: web.Request, name: str, status: int, body: Json | None) -> None:
        if name == "messages.list" and body and "messages" in body:
            return  # polling would drown the journal
        sent = await request.text() if request.content_type == "application/json" else dict(await request.post())
        shown = {k: str(v) for k, v in sent.items()} if isinstance(sent, dict) else sent
        path = request.path_qs
        self._ledger.journal.write(
            "twilio", "call", method=name, path=path, request=shown, response=body, status=status
        )

    async def _struck(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind == "refuse":
            return await refuse(request)
        if fault.kind == "429":
            return web.json_response(too_many().body(), status=429, headers={"Retry-After": str(fault.retry_after)})
        return web.json_response(TwilioError(20500, "Internal Server Error", 500).body(), status=500)

    def _authorise(self, request: web.Request) -> None:
        config = self._ledger.config
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        wanted = base64.b64encode(f"{config.account_sid}:{config.auth_token}".encode()).decode()
        if scheme.lower() != "basic" or not hmac.compare_digest(encoded, wanted):
            raise unauthorized()
        account = request.match_info.get("account")
        if account not in (None, config.account_sid):
            raise not_found(request.path)

    async def create(self, request: web.Request) -> tuple[int, Json]:
        """POST Messages.json."""
        form = MultiDict((name, str(value)) for name, value in (await request.post()).items())
        return 201, self._side.listing.shown(self._side.messages.create(form))

    async def list_messages(self, request: web.Request) -> tuple[int, Json]:
        """GET Messages.json."""
        return 200, self._side.listing.page(request.query)

    async def fetch(self, request: web.Request) -> tuple[int, Json]:
        """GET one message."""
        return 200, self._side.listing.shown(self._side.listing.get(request.match_info["sid"]))

    async def update(self, request: web.Request) -> tuple[int, Json]:
        """POST one message: redact its body, or cancel it before it is sent."""
        message, form = self._side.listing.get(request.match_info["sid"]), await request.post()
        if form.get("Status") == "canceled":
            if message.status not in ("accepted", "queued", "scheduled"):
                raise TwilioError(30409, "Message is not in a cancelable state", 409)
            message.status = "canceled"
        if form.get("Body") == "":
            message.body = ""
        return 200, self._side.listing.shown(message)

    async def delete(self, request: web.Request) -> tuple[int, None]:
        """DELETE one message."""
        message = self._side.listing.get(request.match_info["sid"])
        if message.status in ("accepted", "queued", "sending"):
            raise TwilioError(20009, "Cannot delete this Message because delivery has not been completed.", 409)
        del self._ledger.messages[message.sid]
        return 204, None

    async def list_media(self, request: web.Request) -> tuple[int, Json]:
        """GET Media.json."""
        return 200, self._side.listing.media_page(request.match_info["sid"])

    async def fetch_media(self, request: web.Request) -> tuple[int, Json]:
        """GET the description of one attached file."""
        message = self._side.listing.get(request.match_info["sid"])
        media = self._side.listing.media_of(message.sid, request.match_info["media"])
        return 200, self._side.listing.shown_media(message, media)

    async def media(self, request: web.Request) -> web.Response:
        """Bytes of an attached file."""
        try:
            if self._ledger.config.media_auth:
                self._authorise(request)
            media = self._side.listing.media_of(request.match_info["sid"], request.match_info["media"])
        except TwilioError as refusal:
            return web.json_response(refusal.body(), status=refusal.status)
        return web.Response(body=media.content, content_type=media.content_type)

    async def create_content(self, request: web.Request) -> tuple[int, Json]:
        """POST /v1/Content."""
        return 201, self._side.contents.create(await _json(request))

    async def list_contents(self, request: web.Request) -> tuple[int, Json]:
        """GET /v1/Content and /v1/ContentAndApprovals."""
        number, size = (request.query.get(name, "") for name in ("Page", "PageSize"))
        page = int(number) if number.isdigit() else 0
        return 200, self._side.contents.page(page, max(int(size), 1) if size.isdigit() else 50, request.path)

    async def fetch_content(self, request: web.Request) -> tuple[int, Json]:
        """GET one template."""
        return 200, self._side.contents.shown(self._side.contents.get(request.match_info["sid"]))

    async def delete_content(self, request: web.Request) -> tuple[int, None]:
        """DELETE one template."""
        self._side.contents.delete(request.match_info["sid"])
        return 204, None

    async def fetch_approval(self, request: web.Request) -> tuple[int, Json]:
        """GET the state of the approval."""
        return 200, self._side.contents.fetched(request.match_info["sid"])

    async def create_approval(self, request: web.Request) -> tuple[int, Json]:
        """POST a request for approval."""
        return 201, self._side.contents.submit(request.match_info["sid"], await _json(request))


async def _json(request: web.Request) -> Json:
    """A JSON body. Raises 400 for anything else."""
    try:
        body = json.loads(await request.text()) if request.content_type == "application/json" else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise TwilioError(20001, "Invalid or missing JSON body")
    return body
