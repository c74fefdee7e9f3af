"""Twilio's SDK on our aiohttp session.

The SDK's own asynchronous client ignores its time-out, posts a message again after a server error and logs customers'
numbers. This one makes each request once; refusals are raised from here, since the SDK's errors drop the headers.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from bot.channels.codes import Verdict, meaning_of
from bot.channels.faults import (
    Ambiguous,
    ChannelFault,
    Misconfigured,
    Rejected,
    SendFailed,
    TooFast,
    masked,
)
from bot.channels.http import Answer, Patience, Request, exchange

_DEFAULT_RETRY_SECONDS = 1.0
_SERVER_ERRORS = 500
_TOO_MANY = frozenset({429, 20429})
_WRONG_LOGIN = frozenset({401, 403, 20003})


@dataclass(frozen=True, kw_only=True, slots=True)
class TwilioAccount:
    """Whose account, and where its two interfaces are. `sender` is the company's number, E.164."""

    account_sid: str
    auth_token: str = field(repr=False)
    sender: str
    messaging_service_sid: str | None = None
    api_url: str = "https://api.twilio.com"
    content_url: str = "https://content.twilio.com"

    @property
    def login(self) -> tuple[str, str]:
        return self.account_sid, self.auth_token


class SessionHttpClient(AsyncHttpClient):  # type: ignore[misc]
    """What the SDK calls to make a request; answers successes only, everything else raises a ChannelFault."""

    def __init__(self, session: aiohttp.ClientSession, patience: Patience) -> None:
        super().__init__(logging.getLogger(__name__), True)
        self._session = session
        self._patience = patience

    async def request(  # noqa: PLR0913, PLR0917 - the SDK's signature
        self,
        method: str,
        uri: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the SDK's signature
        allow_redirects: bool = False,
    ) -> Any:
        """See the SDK. Redirects are never followed: they would carry the login elsewhere."""
        patience = self._patience if timeout is None else Patience(read=timeout)
        answer = await accepted(
            self._session,
            Request(
                method=method.upper(),
                url=uri,
                query={name: str(value) for name, value in (params or {}).items()},
                form=_form_of(data) if data else None,
                headers=headers or {},
                login=auth,
                patience=patience,
            ),
        )
        return Response(answer.status, answer.body.decode(), answer.headers)


def sdk_client(account: TwilioAccount, session: aiohttp.ClientSession, patience: Patience) -> Any:
    """This function will build the SDK's client for one account, at the addresses of `account`."""
    client = Client(
        *account.login,
        http_client=SessionHttpClient(session, patience),
        environment={"TWILIO_EDGE": ""},  # anything but empty, or the SDK reads the environment itself
    )
    client.api.base_url = account.api_url
    return client


async def accepted(session: aiohttp.ClientSession, request: Request) -> Answer:
    """This function will make one request to Twilio; its answer is a success and JSON, or a ChannelFault is raised."""
    answer = await exchange(session, request)
    told = _read(answer.body)
    if not answer.is_success:
        raise fault_of(answer, told, reads_only=request.reads_only)
    if told is None:
        raise SendFailed("unreadable answer") if request.reads_only else Ambiguous("unreadable answer")
    return answer


def fault_of(answer: Answer, told: Mapping[str, Any] | None, *, reads_only: bool) -> ChannelFault:
    """This function will name the fault behind a refusal of Twilio's."""
    raw_code = (told or {}).get("code")
    code = raw_code if isinstance(raw_code, int) else None
    if answer.status in _TOO_MANY or code in _TOO_MANY:
        return TooFast(_retry_after(answer.headers), "global")
    if answer.status >= _SERVER_ERRORS:
        return SendFailed("server error", code=code) if reads_only else Ambiguous("server error")
    if answer.status in _WRONG_LOGIN and (code is None or code in _WRONG_LOGIN):
        return Misconfigured("login refused", code=code or answer.status)
    meaning = meaning_of(code)
    if meaning.verdict is Verdict.LATER:
        return SendFailed("refused for now", code=code)
    words = masked(str((told or {}).get("message", "")))  # Twilio quotes the customer's number
    return Rejected(words, code=code or answer.status, meaning=meaning)


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        return max(float(headers.get("Retry-After", "")), _DEFAULT_RETRY_SECONDS)
    except ValueError:
        return _DEFAULT_RETRY_SECONDS


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _form_of(data: Mapping[str, object]) -> aiohttp.FormData:
    """Twilio's form fields: a list becomes the same field several times."""
    form = aiohttp.FormData()
    for name, value in data.items():
        for single in value if isinstance(value, list) else [value]:
            form.add_field(name, str(single))
    return form
