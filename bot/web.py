"""The webhooks: prove where a request comes from, translate it, have it committed, and only then say yes.

A provider that hears no 2xx sends again, so nothing is lost; the inbox makes sure that twice is once.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import parse_qsl

import structlog
from aiohttp import web

from bot.channels.signature import SETTINGS_HEADER, SIGNATURE_HEADER, reference_of, valid_signature
from bot.channels.telegram_events import UnreadableUpdate
from bot.channels.whatsapp_events import UnreadableForm, status_of, written_of
from bot.events import Event, TelegramEvent

MOST_BODY_BYTES = 64 * 1024
RETRY_AFTER_SECONDS = "5"
TELEGRAM_PATH = "/telegram"
INBOUND_PATH = "/twilio/inbound"
STATUS_PATH = "/twilio/status"
MEDIA_PATH = "/media/"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_MOST_FIELDS = 500
_FILENAME = re.compile(r"[^\w.-]")
_EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'

Take: TypeAlias = Callable[[Event], Awaitable[None]]
Translate: TypeAlias = Callable[[Mapping[str, object]], TelegramEvent | None]
Ready: TypeAlias = Callable[[], Awaitable[bool]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A document as it is handed to a provider; `filename` is what the customer sees it called."""

    content: bytes = field(repr=False)
    media_type: str
    filename: str


FindPaper: TypeAlias = Callable[[str], Awaitable[Paper | None]]

_log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class WebSettings:
    """`public_url` is our address as the providers know it; a None secret turns that provider's webhooks off (404)."""

    public_url: str
    telegram_secret: str | None = field(repr=False)
    twilio_token: str | None = field(repr=False)


def web_app(
    *,
    take: Take,
    telegram_event_of: Translate,
    settings: WebSettings,
    ready: Ready | None = None,
    find_paper: FindPaper | None = None,
) -> web.Application:
    """This function will build the application. `take` returns once the event's effect is committed (or was before).

    `telegram_event_of` is the channel's, which knows our own username. `ready` says whether we can serve.
    `find_paper` gives the document behind the signed last part of an address, or none.
    """
    app = web.Application(client_max_size=MOST_BODY_BYTES)
    if settings.telegram_secret:
        app.router.add_post(TELEGRAM_PATH, _Telegram(take, telegram_event_of, settings.telegram_secret).handle)
    if settings.twilio_token:
        twilio = _Twilio(take, settings.public_url.rstrip("/"), settings.twilio_token)
        app.router.add_post(INBOUND_PATH, twilio.handle_inbound)
        app.router.add_post(STATUS_PATH, twilio.handle_status)
    app.router.add_get(f"{MEDIA_PATH}{{signed}}", _Media(find_paper).handle)
    app.router.add_get("/livez", _alive)
    app.router.add_get("/readyz", _Readiness(ready).handle)
    return app


@dataclass(frozen=True, slots=True)
class _Telegram:
    take: Take
    event_of: Translate
    secret: str

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), self.secret.encode()):
            raise web.HTTPForbidden
        _expect(request, "application/json")
        payload = _json_of(await request.read())
        if not isinstance(payload.get("update_id"), int):
            raise web.HTTPBadRequest
        try:
            event = self.event_of(payload)
        except UnreadableUpdate:  # yes, or Telegram would offer it for a day and hold this chat's later ones back
            _log.error("telegram_update_unreadable", update_id=payload["update_id"])
            return web.Response()
        if event is not None:
            await _taken(self.take, event)
        return web.Response()  # an empty body: Telegram would carry out a method named in it


@dataclass(frozen=True, slots=True)
class _Twilio:
    take: Take
    public_url: str
    token: str

    async def handle_inbound(self, request: web.Request) -> web.Response:
        form = await self._proved(request)
        return await self._told(lambda: written_of(form))

    async def handle_status(self, request: web.Request) -> web.Response:
        form = await self._proved(request)
        reference = reference_of(request.query.get("ref"), token=self.token)
        return await self._told(lambda: status_of(form, reference=reference))

    async def _proved(self, request: web.Request) -> dict[str, str]:
        _expect(request, "application/x-www-form-urlencoded")
        pairs = _form_of(await request.read())
        if not valid_signature(
            f"{self.public_url}{request.raw_path}",
            pairs,
            request.headers.get(SIGNATURE_HEADER),
            token=self.token,
            settings_header=request.headers.get(SETTINGS_HEADER),
        ):
            raise web.HTTPForbidden
        return dict(pairs)

    async def _told(self, read: Callable[[], Event]) -> web.Response:
        try:
            event = read()
        except UnreadableForm:
            _log.warning("twilio_form_unreadable")
            raise web.HTTPBadRequest from None
        await _taken(self.take, event)
        return web.Response(text=_EMPTY_TWIML, content_type="text/xml")


async def _taken(take: Take, event: Event) -> None:
    """Have the event committed; a failure asks the provider to come again."""
    try:
        await take(event)
    except Exception as error:
        _log.error(  # the kind only: an error's text may quote what the person wrote
            "webhook_event_not_taken",
            channel=event.channel,
            external_id=event.external_id,
            error=type(error).__name__,
        )
        raise web.HTTPServiceUnavailable(headers={"Retry-After": RETRY_AFTER_SECONDS}) from None


@dataclass(frozen=True, slots=True)
class _Readiness:
    ready: Ready | None

    async def handle(self, _request: web.Request) -> web.Response:
        if self.ready is not None and not await self.ready():
            raise web.HTTPServiceUnavailable(headers={"Retry-After": RETRY_AFTER_SECONDS})
        return web.Response(text="ready")


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="alive")


@dataclass(frozen=True, slots=True)
class _Media:
    find: FindPaper | None

    async def handle(self, request: web.Request) -> web.Response:
        """Whoever has the signed address may read; whatever is wrong with it, the answer is the same."""
        paper = None if self.find is None else await self.find(request.match_info["signed"])
        if paper is None:
            raise web.HTTPNotFound
        headers = {
            "Content-Disposition": f'inline; filename="{_FILENAME.sub("_", paper.filename)}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=paper.content, content_type=paper.media_type, headers=headers)


def _expect(request: web.Request, content_type: str) -> None:
    if request.content_type != content_type:
        raise web.HTTPUnsupportedMediaType


def _json_of(body: bytes) -> Mapping[str, object]:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    if not isinstance(payload, dict):
        raise web.HTTPBadRequest
    return payload


def _form_of(body: bytes) -> list[tuple[str, str]]:
    """Every field as posted: blank ones count for the signature."""
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise web.HTTPBadRequest from None
