"""Only this machine: a web page from elsewhere that is open in the same browser cannot steer the simulator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from simulator.outgoing import is_loopback

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign host name (DNS rebinding) and requests that a foreign page makes."""
    origin = request.headers.get("Origin")
    foreign = origin is not None and not is_loopback(origin)
    if foreign or not is_loopback(f"http://{request.host}"):
        return web.json_response({"error": "this simulator talks to its own machine only"}, status=403)
    return await handler(request)
