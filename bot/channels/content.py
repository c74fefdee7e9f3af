"""Twilio's Content API: the templates WhatsApp approves. JSON is posted by ourselves (the SDK drops nested fields)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import aiohttp

from bot.channels.http import Patience, Request
from bot.channels.twilio_http import TwilioAccount, accepted

Category = Literal["UTILITY", "MARKETING", "AUTHENTICATION"]

_PLACEHOLDER = re.compile(r"\{\{\s*(\w{1,16})\s*\}\}")
_PAGE_SIZE = "500"


@dataclass(frozen=True, kw_only=True, slots=True)
class QuickReply:
    """A button of a template: at most 20 characters of title; `payload` comes back when it is tapped."""

    title: str
    payload: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A template to create. `samples` has one entry for each placeholder {{1}}, {{2}}, ... of `body`."""

    friendly_name: str
    language: str
    body: str
    samples: Mapping[str, str] = field(default_factory=dict)
    quick_replies: tuple[QuickReply, ...] = ()
    media: str | None = None  # the address of a document that goes along, its last part a placeholder


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """A template as Twilio keeps it. `placeholders` are the names of everything that must be filled in."""

    content_sid: str
    friendly_name: str
    language: str
    body: str
    placeholders: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """WhatsApp's word on a template: unsubmitted, received, pending, approved, rejected, paused or disabled."""

    status: str
    rejection_reason: str = ""
    category: str = ""


class VariablesWrong(Exception):
    """A bug of ours: the values do not fit the template; Twilio would silently send its sample values instead.

    Holds names of variables only, never their values.
    """

    def __init__(self, *, missing: frozenset[str], unexpected: frozenset[str], unfit: frozenset[str]) -> None:
        super().__init__(f"missing {sorted(missing)}, unexpected {sorted(unexpected)}, unfit {sorted(unfit)}")
        self.missing = missing
        self.unexpected = unexpected
        self.unfit = unfit


class ContentTemplates:
    """The account's templates. What a template holds is asked once: Twilio never changes a template."""

    def __init__(
        self, account: TwilioAccount, session: aiohttp.ClientSession, patience: Patience | None = None
    ) -> None:
        self._account = account
        self._session = session
        self._patience = patience or Patience()
        self._placeholders: dict[str, frozenset[str]] = {}

    async def create_content(self, draft: Draft) -> str:
        """This function will create a template and answer its HX id; Ambiguous: look for its name in `contents`."""
        told = await self._call(
            "POST",
            "/v1/Content",
            {
                "friendly_name": draft.friendly_name,
                "language": draft.language,
                "variables": dict(draft.samples),
                "types": _types_of(draft),
            },
        )
        return str(told["sid"])

    async def contents(self) -> tuple[Content, ...]:
        """This function will list every template of the account."""
        found: list[Content] = []
        path: str | None = f"/v1/Content?PageSize={_PAGE_SIZE}"
        while path is not None:
            told = await self._call("GET", path)
            found += [_content_of(each) for each in told.get("contents", [])]
            path = _path_of((told.get("meta") or {}).get("next_page_url"))
        return tuple(found)

    async def submit_for_approval(self, content_sid: str, name: str, category: Category) -> Approval:
        """This function will hand a template to WhatsApp; `name` is lower case letters, digits and underscores."""
        path = f"/v1/Content/{content_sid}/ApprovalRequests/whatsapp"
        return _approval_of(await self._call("POST", path, {"name": name, "category": category}))

    async def approval(self, content_sid: str) -> Approval:
        """This function will ask what WhatsApp says by now; approval can be taken back."""
        told = await self._call("GET", f"/v1/Content/{content_sid}/ApprovalRequests")
        return _approval_of(told.get("whatsapp") or {})

    async def prove(self, content_sid: str, values: Mapping[str, str]) -> None:
        """This function will raise VariablesWrong unless the values fill exactly this template's placeholders."""
        if content_sid not in self._placeholders:
            told = await self._call("GET", f"/v1/Content/{content_sid}")
            self._placeholders[content_sid] = _content_of(told).placeholders
        prove_values(self._placeholders[content_sid], values)

    async def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        answer = await accepted(
            self._session,
            Request(
                method=method,
                url=f"{self._account.content_url.rstrip('/')}{path}",
                json=body,
                login=self._account.login,
                patience=self._patience,
            ),
        )
        return json.loads(answer.body)


def prove_values(placeholders: frozenset[str], values: Mapping[str, str]) -> None:
    """This function will raise VariablesWrong for a missing, unexpected or unfit value.

    WhatsApp refuses an empty value, a line break, a tab or more than four spaces in a row (error 63013).
    """
    given = frozenset(values)
    unfit = frozenset(name for name, value in values.items() if not _fits(value))
    if given != placeholders or unfit:
        raise VariablesWrong(missing=placeholders - given, unexpected=given - placeholders, unfit=unfit)


def _fits(value: str) -> bool:
    return bool(value.strip()) and not any(sign in value for sign in ("\n", "\r", "\t", " " * 5))


def _types_of(draft: Draft) -> dict[str, Any]:
    if draft.media is not None:
        return {"twilio/media": {"body": draft.body, "media": [draft.media]}}
    if not draft.quick_replies:
        return {"twilio/text": {"body": draft.body}}
    actions = [{"type": "QUICK_REPLY", "title": each.title, "id": each.payload} for each in draft.quick_replies]
    return {"twilio/quick-reply": {"body": draft.body, "actions": actions}}


def _content_of(told: Mapping[str, Any]) -> Content:
    types: Mapping[str, Any] = told.get("types") or {}
    bodies = [str(kind["body"]) for kind in types.values() if isinstance(kind, Mapping) and kind.get("body")]
    written = _PLACEHOLDER.findall(json.dumps(types))
    return Content(
        content_sid=str(told["sid"]),
        friendly_name=str(told.get("friendly_name") or ""),
        language=str(told.get("language") or ""),
        body=bodies[0] if bodies else "",
        placeholders=frozenset(written) | frozenset(told.get("variables") or {}),
    )


def _approval_of(told: Mapping[str, Any]) -> Approval:
    return Approval(
        status=str(told.get("status") or "unsubmitted"),
        rejection_reason=str(told.get("rejection_reason") or ""),
        category=str(told.get("category") or ""),
    )


def _path_of(next_page_url: str | None) -> str | None:
    """The next page's path, asked at our own address whatever host the answer names: the login goes along."""
    if not next_page_url:
        return None
    parts = urlsplit(next_page_url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
