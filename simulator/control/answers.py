"""How the control API reads requests and answers them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import web

from simulator.telegram.people import Impossible
from simulator.wire import Json

T = TypeVar("T")
Act = Callable[[web.Request], Awaitable[Any]]


def answering(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    """JSON out of a handler; Impossible becomes its status, a missing or odd field 400."""

    async def answer(request: web.Request) -> web.Response:
        try:
            return web.json_response(await act(request))
        except Impossible as impossible:
            return web.json_response({"error": str(impossible), **impossible.facts}, status=impossible.status)
        except KeyError as missing:
            return web.json_response({"error": f"missing field {missing}"}, status=400)
        except (ValueError, TypeError) as odd:
            return web.json_response({"error": str(odd)}, status=400)

    return answer


async def body_of(request: web.Request) -> Json:
    """The JSON object of a request; empty without body. Raises ValueError."""
    text = await request.text()
    body = json.loads(text) if text.strip() else {}
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return body


def number_in(request: web.Request, name: str = "id") -> int:
    """An integer of the path. Raises ValueError."""
    return int(request.match_info[name])


def newest(rows: list[T], request: web.Request) -> list[T]:
    """All rows, or with ?last=N the last N of them. Raises ValueError."""
    last = int(request.query.get("last", 0))
    return rows[-last:] if last > 0 else rows
