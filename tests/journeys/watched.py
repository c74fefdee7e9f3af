"""A watcher between the program and the played Telegram: holds every call and answer against the specification."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from aiohttp import web

from tests.specifications import telegram_specification

_HOP = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "content-encoding"}


@dataclass(kw_only=True)
class Watcher:
    """`url` stands for the Bot API; calls go on to `target`, which is known once the simulator runs."""

    url: str = ""
    target: str = ""
    called: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, Any]] = field(default_factory=list)

    async def passed_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        async with (
            aiohttp.ClientSession(auto_decompress=True) as session,
            session.request(request.method, f"{self.target}{request.raw_path}", data=body, headers=headers) as answer,
        ):
            told = await answer.read()
            self._check(request, body, told)
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOP}
            return web.Response(status=answer.status, body=told, headers=kept)

    def _check(self, request: web.Request, body: bytes, told: bytes) -> None:
        *_, place, method = request.path.split("/")
        if not place.startswith("bot"):
            return
        values, files = _read(request.headers.get("Content-Type", ""), body)
        self.called[method] += 1
        spec = telegram_specification()
        for found in (spec.check_request(method, values, files), spec.check_response(method, json.loads(told))):
            if found:
                self.faults.append((method, found))


def _read(kind: str, body: bytes) -> tuple[dict[str, Any], set[str]]:
    """Values, and names of uploaded files, as they were posted."""
    if "json" in kind:
        return json.loads(body or b"{}"), set()
    if "multipart" not in kind:
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), set()
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    parts = [(part.get_param("name", header="content-disposition"), part) for part in message.iter_parts()]
    values = {str(name): part.get_content() for name, part in parts if part.get_filename() is None}
    return values, {str(name) for name, part in parts if part.get_filename() is not None}


@asynccontextmanager
async def watching() -> AsyncIterator[Watcher]:
    """This function will listen on a free port of this computer."""
    watcher = Watcher()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", watcher.passed_on)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        watcher.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield watcher
    finally:
        await runner.cleanup()
