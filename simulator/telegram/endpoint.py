"""The HTTP face of the played Bot API."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from simulator.faults import AFTER, BEFORE, Fault, FaultBook
from simulator.spoiling import refuse, spoil
from simulator.telegram import editing, methods, profile, sending
from simulator.telegram.errors import ApiError, too_many
from simulator.telegram.params import Params, read_params
from simulator.telegram.registry import METHODS
from simulator.telegram.side import TelegramSide
from simulator.wire import Json

IMPLEMENTED_BY = (editing, methods, profile, sending)
"""Importing these fills the table of methods."""


class TelegramEndpoint:
    """Routes /bot<token>/METHOD and /file/bot<token>/PATH."""

    def __init__(self, side: TelegramSide, faults: FaultBook) -> None:
        self._side = side
        self._faults = faults
        side.pusher.faults = faults

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        app.router.add_route("*", "/bot{token}/{method}", self.call)
        app.router.add_get("/file/bot{token}/{path:.+}", self.file)

    async def file(self, request: web.Request) -> web.Response:
        """Bytes of a stored file."""
        if not self._side.config.accepts_token(request.match_info["token"]):
            return _answer(ApiError(401, "Unauthorized").body(), 401)
        stored = self._side.files.by_path.get(request.match_info["path"])
        if stored is None:
            return _answer(ApiError(404, "Not Found").body(), 404)
        return web.Response(body=stored.content, content_type=stored.mime_type)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method call."""
        name = request.match_info["method"]
        if fault := self._faults.strike("telegram", name, BEFORE):
            return await self._struck(request, fault)
        status, body, params = await self._answered(request, name)
        if name.lower() != "getupdates" or body.get("result") != []:
            self._side.journal.write("telegram", "call", method=name, request=params, response=body, status=status)
        if fault := self._faults.strike("telegram", name, AFTER):
            return await spoil(request, body, fault)
        return _answer(body, status)

    async def _answered(self, request: web.Request, name: str) -> tuple[int, Json, Json]:
        params = Params({})
        try:
            _check_token(self._side, request.match_info["token"])
            params = await read_params(request)
            result: Any = await _implementation(name)(self._side, params)
        except ApiError as refusal:
            return refusal.code, refusal.body(), params.loggable()
        return 200, {"ok": True, "result": result}, params.loggable()

    async def _struck(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind == "refuse":
            return await refuse(request)
        if fault.kind == "429":
            return _answer(too_many(fault.retry_after).body(), 429)
        return _answer(ApiError(500, "Internal Server Error").body(), 500)


def _check_token(side: TelegramSide, token: str) -> None:
    if ":" not in token:
        raise ApiError(404, "Not Found")
    if not side.config.accepts_token(token):
        raise ApiError(401, "Unauthorized")


def _implementation(name: str) -> Any:
    found = METHODS.get(name.lower())
    if found is None:
        raise ApiError(404, "Not Found: method not found")
    return found


def _answer(body: Json, status: int) -> web.Response:
    response = web.json_response(body, status=status)
    wait = body.get("parameters", {}).get("retry_after")
    if wait is not None:
        response.headers["Retry-After"] = str(wait)
    return response
