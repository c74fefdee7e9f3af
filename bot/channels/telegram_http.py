"""python-telegram-bot's requests on our aiohttp session.

Refusals are raised from here, not by the library: it rewrites Telegram's words, drops the HTTP status, logs broken
answers whole and quotes the address (with the token) when a connection fails.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.channels.faults import Ambiguous, ChannelFault, Scope, SendFailed
from bot.channels.http import Patience, Request, exchange
from bot.channels.telegram_refusals import Refusal, fault_of

MEDIA_WRITE_SECONDS = 60.0


class Refused(TelegramError):
    """Carries our fault through the library, which lets only its own errors pass."""

    def __init__(self, fault: ChannelFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class AiohttpRequest(BaseRequest):
    """One shared session; the caller owns and closes it."""

    __slots__ = ("_patience", "_session")

    def __init__(self, session: aiohttp.ClientSession, patience: Patience | None = None) -> None:
        self._session = session
        self._patience = patience or Patience()

    @property
    def read_timeout(self) -> float | None:
        return self._patience.read

    async def initialize(self) -> None:
        """Nothing to open: the session came open."""

    async def shutdown(self) -> None:
        """Nothing to close: the session belongs to whoever opened it."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See the library; a refusal of any kind is raised as `Refused` with our fault inside."""
        has_files = request_data is not None and request_data.contains_files
        patience = Patience(
            pool=_seconds(pool_timeout, self._patience.pool),
            connect=_seconds(connect_timeout, self._patience.connect),
            write=_seconds(write_timeout, MEDIA_WRITE_SECONDS if has_files else self._patience.write),
            read=_seconds(read_timeout, self._patience.read),
        )
        try:
            body = await self._accepted(
                Request(method=method, url=url, form=_form_of(request_data), patience=patience),
                scope="chat" if request_data and "chat_id" in request_data.parameters else "global",
            )
        except ChannelFault as refusal:
            fault = refusal
        else:
            return 200, body
        raise Refused(fault)

    async def ask(self, url: str, query: Mapping[str, str], *, wait_seconds: float = 0) -> Any:
        """This function will call a method that only reads (GET) and answer its result; raises ChannelFault.

        `wait_seconds` is how long the server was asked to hold the answer back.
        """
        patience = replace(self._patience, read=self._patience.read + wait_seconds)
        body = await self._accepted(Request(method="GET", url=url, query=query, patience=patience), scope="global")
        return json.loads(body)["result"]

    async def _accepted(self, request: Request, *, scope: Scope) -> bytes:
        """The body of a successful answer, certain to be JSON with a result; raises ChannelFault."""
        answer = await exchange(self._session, request)
        told = _read(answer.body)
        if answer.is_success and "result" in told:
            return answer.body
        if answer.is_success:  # cut on its way, or a captive portal's page
            raise SendFailed("unreadable answer") if request.reads_only else Ambiguous("unreadable answer")
        raise fault_of(Refusal.of(answer.status, told), scope=scope, reads_only=request.reads_only)


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(given: ODVInput[float], default: float) -> float:
    """A time-out the library passes on; None would mean to wait for ever, which nothing here may."""
    return default if given is None or isinstance(given, DefaultValue) else given


def _form_of(request_data: RequestData | None) -> Mapping[str, str] | aiohttp.FormData | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(quote_fields=False)  # Telegram shows a percent-encoded filename as it is
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
