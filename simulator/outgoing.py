"""HTTP requests the simulator itself makes: webhooks, callbacks, media. To this machine only."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

import aiohttp

from simulator.config import SimConfig

SUCCESS = 2
"""First digit of a good status."""

TIMEOUT_SECONDS = 15.0
"""Both providers give up on a webhook after about this long (real seconds)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back. `status` is None when there was no answer; then `error` says why."""

    status: int | None
    body: bytes = b""
    content_type: str = ""
    error: str | None = None
    retry_after: int | None = None

    @property
    def accepted(self) -> bool:
        """True for 2xx."""
        return self.status is not None and self.status // 100 == SUCCESS


def is_loopback(url: str) -> bool:
    """True when the URL's host is this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Outgoing:
    """One client session. Public URLs reach this machine through `config.routes`: public prefix -> loopback prefix."""

    def __init__(self, config: SimConfig) -> None:
        self._config = config
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the session."""
        if self._session:
            await self._session.close()
            self._session = None

    def target(self, url: str) -> str | None:
        """The loopback address a URL is delivered to; None when it is not on this machine and has no route."""
        bare = urldefrag(url).url
        for public, local in self._config.routes.items():
            if bare.startswith(public):
                bare = local + bare[len(public) :]
                break
        return bare if is_loopback(bare) else None

    async def request(
        self, method: str, url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send one request; never raises for network failures."""
        target = self.target(url)
        if target is None:
            return Answer(status=None, error="not on this machine and without a route: nothing was sent")
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))
        try:
            return await _exchange(self._session, method, target, body, headers or {})
        except (TimeoutError, aiohttp.ClientError, OSError) as failure:
            return Answer(status=None, error=f"{type(failure).__name__}: {failure}")


async def _exchange(
    session: aiohttp.ClientSession, method: str, target: str, body: bytes | None, headers: dict[str, str]
) -> Answer:
    async with session.request(method, target, data=body, headers=headers, allow_redirects=False) as response:
        delay = response.headers.get("Retry-After", "")
        return Answer(
            status=response.status,
            body=await response.read(),
            content_type=response.content_type,
            retry_after=int(delay) if delay.isdigit() else None,
        )
