"""The one HTTP client. It tells requests that certainly never arrived from those nobody can know about.

Addresses hold the bot's token and customers' numbers: no text of aiohttp's errors, which quote them, leaves here.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.channels.faults import Ambiguous, ChannelFault, FileTooBig, SendFailed

MOST_CONNECTIONS = 64
_CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """Seconds to wait: for a free connection, to connect, to send the request, and for each piece of the answer."""

    pool: float = 10.0
    connect: float = 10.0
    write: float = 20.0
    read: float = 20.0

    def as_timeout(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            total=self.pool + self.connect + self.write + self.read,
            connect=self.pool + self.connect,
            sock_connect=self.connect,
            sock_read=self.read,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request; `reads_only` says that repeating it does no harm, so that a lost answer is a plain failure."""

    method: str
    url: str = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | aiohttp.FormData | None = field(default=None, repr=False)
    json: Any = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    login: tuple[str, str] | None = field(default=None, repr=False)
    patience: Patience = field(default_factory=Patience)
    follow: bool = False
    most_bytes: int | None = None

    @property
    def reads_only(self) -> bool:
        return self.method == "GET"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status <= 299  # noqa: PLR2004 - the range of HTTP


def open_session() -> aiohttp.ClientSession:
    """This function will open the session both channels share; the caller closes it. Needs a running loop."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


async def exchange(session: aiohttp.ClientSession, request: Request) -> Answer:
    """This function will make one request, once.

    Raises SendFailed where it certainly never arrived (or only read), Ambiguous where it may have taken effect,
    FileTooBig where the answer is larger than asked for.
    """
    try:
        return await _exchange(session, request)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        fault = _fault_of(error, request)
    raise fault  # outside the except block: aiohttp's error would ride along and quote the address


async def _exchange(session: aiohttp.ClientSession, request: Request) -> Answer:
    async with session.request(
        request.method,
        request.url,
        params=dict(request.query) or None,
        data=request.form,
        json=request.json,
        headers=_headers_of(request),
        timeout=request.patience.as_timeout(),
        allow_redirects=request.follow,
    ) as response:
        body = await _body_of(response, request.most_bytes)
        return Answer(status=response.status, headers=response.headers, body=body)


def _headers_of(request: Request) -> dict[str, str]:
    if request.login is None:
        return dict(request.headers)
    login = b64encode(":".join(request.login).encode()).decode()
    return {**request.headers, "Authorization": f"Basic {login}"}


async def _body_of(response: aiohttp.ClientResponse, most_bytes: int | None) -> bytes:
    if most_bytes is None:
        return await response.read()
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
        body += chunk
        if len(body) > most_bytes:
            response.close()
            raise FileTooBig(most_bytes)
    return bytes(body)


def _fault_of(error: Exception, request: Request) -> ChannelFault:
    if isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)):
        return SendFailed("no connection")  # refused, unknown host, bad certificate, or no free connection in time
    if isinstance(error, aiohttp.InvalidURL):
        return SendFailed("the address is no URL", temporary=False)
    reason = "no answer in time" if isinstance(error, TimeoutError) else "the connection broke"
    return SendFailed(reason) if request.reads_only else Ambiguous(reason)
