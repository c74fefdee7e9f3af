"""How the tests speak to the simulator: as a bot, as a Twilio customer, and as the bot's own web server."""

from __future__ import annotations

import asyncio
import base64
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from simulator.config import DEFAULT_ACCOUNT_SID, DEFAULT_AUTH_TOKEN, DEFAULT_SENDER, DEFAULT_TOKEN

Json = dict[str, Any]
SENDER = DEFAULT_SENDER
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    status: int
    body: Json
    headers: dict[str, str]

    @property
    def result(self) -> Any:
        """The result of a Bot API call that succeeded."""
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def refusal(self) -> tuple[int, str]:
        """Code and text of a Bot API call that did not; the HTTP status is the code."""
        assert self.status == self.body["error_code"]
        return self.body["error_code"], self.body["description"]


@dataclass
class BotCaller:
    """Calls the Bot API."""

    url: str
    session: aiohttp.ClientSession
    token: str = DEFAULT_TOKEN
    replies: list[tuple[str, Json]] = field(default_factory=list)

    async def call(self, method: str, **params: Any) -> Reply:
        """One call with a JSON body."""
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", json=params) as response:
            return await self._reply(method, response)

    async def form(self, method: str, **params: str) -> Reply:
        """One call with an urlencoded body, nested values as JSON strings."""
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", data=params) as response:
            return await self._reply(method, response)

    async def upload(self, method: str, field_name: str, content: bytes, filename: str, **params: str) -> Reply:
        """One multipart call with a file."""
        form = aiohttp.FormData(params)
        form.add_field(field_name, content, filename=filename)
        async with self.session.post(f"{self.url}/bot{self.token}/{method}", data=form) as response:
            return await self._reply(method, response)

    async def _reply(self, method: str, response: aiohttp.ClientResponse) -> Reply:
        body = await response.json()
        self.replies.append((method, body))
        return Reply(response.status, body, dict(response.headers))

    async def updates(self, offset: int = 0, timeout_seconds: int = 0, **more: Any) -> list[Json]:
        """getUpdates."""
        reply = await self.call("getUpdates", offset=offset, timeout=timeout_seconds, **more)
        updates: list[Json] = reply.result
        return updates

    async def send(self, chat_id: int, text: str = "halo", **more: Any) -> int:
        """sendMessage; the message id."""
        return int((await self.call("sendMessage", chat_id=chat_id, text=text, **more)).result["message_id"])


@dataclass
class TwilioCaller:
    """Calls the Messages and Content APIs."""

    url: str
    session: aiohttp.ClientSession
    account: str = DEFAULT_ACCOUNT_SID
    auth_token: str = DEFAULT_AUTH_TOKEN

    @property
    def messages(self) -> str:
        """Path of the Messages resource without .json."""
        return f"/2010-04-01/Accounts/{self.account}/Messages"

    async def call(self, method: str, path: str, **more: Any) -> Reply:
        """One authorised call: json=, data= or params=."""
        async with self.session.request(method, self.url + path, headers=self._headers(), **more) as response:
            text = await response.text()
            return Reply(response.status, json.loads(text) if text else {}, dict(response.headers))

    def _headers(self) -> dict[str, str]:
        secret = base64.b64encode(f"{self.account}:{self.auth_token}".encode()).decode()
        return {"Authorization": f"Basic {secret}"}

    async def fetch(self, url: str) -> bytes:
        """Bytes behind an absolute URL."""
        async with self.session.get(url, headers=self._headers()) as response:
            assert response.status == 200
            return await response.read()

    async def send(self, phone: str, **fields: str) -> Reply:
        """POST a message from the default sender."""
        data = {"To": f"whatsapp:{phone}", "From": SENDER, **fields}
        return await self.call("POST", f"{self.messages}.json", data=data)

    async def listed(self, **params: str) -> list[Json]:
        """GET the first page of messages."""
        reply = await self.call("GET", f"{self.messages}.json", params=params)
        rows: list[Json] = reply.body["messages"]
        return rows

    async def template(self, body: str = "Halo {{1}}, terima kasih.", **more: Any) -> str:
        """Create a template with a quick reply; its sid."""
        content: Json = {
            "friendly_name": "reminder",
            "language": "id",
            "variables": {"1": "Contoh"},
            "types": {
                "twilio/quick-reply": {
                    "body": body,
                    "actions": [{"type": "QUICK_REPLY", "title": "Sudah bayar", "id": "paid"}],
                }
            },
            **more,
        }
        reply = await self.call("POST", "/v1/Content", json=content)
        assert reply.status == 201, reply.body
        return str(reply.body["sid"])

    async def submit(self, sid: str, name: str = "reminder_due") -> Reply:
        """Ask for approval."""
        body = {"name": name, "category": "UTILITY"}
        return await self.call("POST", f"/v1/Content/{sid}/ApprovalRequests/whatsapp", json=body)

    async def approved(self, body: str = "Halo {{1}}, terima kasih.", **more: Any) -> str:
        """An approved template; its sid."""
        sid = await self.template(body, **more)
        await self.submit(sid)
        return sid


@dataclass(frozen=True)
class Received:
    """One request to our own web server."""

    url: str
    headers: dict[str, str]
    form: dict[str, str]
    body: bytes


class Receiver:
    """A web server that keeps what it is sent; `answers` are the statuses of the next requests to a path."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[Received] = []
        self.answers: dict[str, deque[int]] = defaultdict(deque)
        self.gate = asyncio.Event()
        self.gate.set()
        self._arrived = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close."""
        if self._runner:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        await self.gate.wait()
        body = await request.read()
        form = {k: str(v) for k, v in (await request.post()).items()}
        async with self._arrived:
            self.received.append(Received(str(request.url), dict(request.headers), form, body))
            self._arrived.notify_all()
        answers = self.answers[request.path]
        return web.Response(status=answers.popleft() if answers else 204)

    async def wait_for(self, count: int) -> list[Received]:
        """Everything received, once there are so many requests."""
        async with asyncio.timeout(5), self._arrived:
            await self._arrived.wait_for(lambda: len(self.received) >= count)
            return list(self.received)

    def statuses(self) -> list[str]:
        """MessageStatus of all status callbacks, in order of arrival."""
        return [r.form["MessageStatus"] for r in self.received if "MessageStatus" in r.form]
