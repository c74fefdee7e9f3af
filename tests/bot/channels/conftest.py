"""Providers on this machine, over real sockets: one that answers by script, one that misbehaves below HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.http import Patience, open_session

SHORT = Patience(pool=1, connect=1, write=1, read=0.3)


@dataclass
class Seen:
    """One request as it arrived; of a multipart one, `body` is the file in it."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, Any]
    body: bytes
    headers: dict[str, str]


@dataclass
class Script:
    """Answers in order; each request is kept. An answer is (status, JSON or bytes, headers)."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    answers: deque[tuple[int, Any, dict[str, str]]] = field(default_factory=deque)

    def will(self, status: int, body: Any, **headers: str) -> None:
        self.answers.append((status, body, {name.replace("_", "-"): value for name, value in headers.items()}))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = b"" if request.content_type.startswith("multipart/") else await request.read()
        form = {} if "json" in request.content_type else dict(await request.post())
        for posted in form.values():
            body = posted.file.read() if isinstance(posted, web.FileField) else body
        self.seen.append(Seen(request.method, request.path, dict(request.query), form, body, dict(request.headers)))
        status, answer, headers = self.answers.popleft()
        if isinstance(answer, bytes):
            return web.Response(status=status, body=answer, headers=headers)
        return web.json_response(answer, status=status, headers=headers)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session() as opened:
        yield opened


@pytest.fixture
async def script() -> AsyncIterator[Script]:
    """A provider that answers what the test says, and keeps what it was asked."""
    written = Script()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", written.handle)
    async with TestServer(app) as server:
        written.url = str(server.make_url("")).rstrip("/")
        yield written


@dataclass
class Wire:
    """A server below HTTP. `requests` counts the requests that arrived whole."""

    url: str = ""
    requests: list[bytes] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


Misbehave: TypeAlias = Callable[[asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def broken() -> AsyncIterator[Callable[[Misbehave], Awaitable[Wire]]]:
    """Starts a server that reads one request and then does as told."""
    servers: list[asyncio.Server] = []
    writers: list[asyncio.StreamWriter] = []

    async def start(misbehave: Misbehave) -> Wire:
        wire = Wire()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            head = await reader.readuntil(b"\r\n\r\n")
            named = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
            length = int(named[0]) if named else 0
            wire.requests.append(head + await reader.readexactly(length))
            wire.arrived.set()
            await misbehave(writer)

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        servers.append(server)
        wire.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return wire

    yield start
    for writer in writers:
        writer.close()
    for server in servers:
        server.close()
        await server.wait_closed()


async def close_at_once(writer: asyncio.StreamWriter) -> None:
    writer.close()


async def cut_the_answer(writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"ok":true,"res')
    await writer.drain()
    writer.close()


async def never_answer(_writer: asyncio.StreamWriter) -> None:
    """Half-open: the connection stays, nothing comes."""


async def answer_half_a_json(writer: asyncio.StreamWriter) -> None:
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"ok":true,"re')
    await writer.drain()
    writer.close()


BREAKAGES = (close_at_once, cut_the_answer, never_answer, answer_half_a_json)


@pytest.fixture
def refused_url() -> str:
    """An address where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"
