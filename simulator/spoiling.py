"""Calls that end without a usable answer, as networks do."""

from __future__ import annotations

import asyncio

from aiohttp import web

from simulator.faults import Fault
from simulator.wire import Json

HOLD_SECONDS = 120.0
"""How long (real time) a time-out fault keeps the caller waiting, at most."""


async def refuse(request: web.Request) -> web.StreamResponse:
    """Cut the connection before anything happened."""
    if request.transport:
        request.transport.abort()
    await asyncio.sleep(HOLD_SECONDS)  # the abort cancels this handler
    return web.Response(status=500)


async def spoil(request: web.Request, body: Json, fault: Fault) -> web.StreamResponse:
    """Let a call that took effect end without a usable answer."""
    if fault.kind == "cut_response":
        response = web.StreamResponse(headers={"Content-Length": "100000", "Content-Type": "application/json"})
        await response.prepare(request)
        await response.write(b'{"ok":')
        if request.transport:
            request.transport.close()
        return response
    await asyncio.sleep(HOLD_SECONDS)
    return web.json_response(body, status=504)
