"""Content templates: what they say, what WhatsApp's review refuses, how they are filled in."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from simulator.twilio.errors import TwilioError
from simulator.wire import Json

VARIABLE = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,16})\s*\}\}")
ADJACENT = re.compile(r"\}\}\s*\{\{")
MAX_BODY = 1024
MAX_VARIABLES = 100
MAX_VALUE = 255
MAX_QUICK_REPLIES = 10
MAX_BUTTON_TITLE = 25
KNOWN_TYPES = frozenset(
    {
        "twilio/text", "twilio/media", "twilio/location", "twilio/list-picker", "twilio/call-to-action",
        "twilio/quick-reply", "twilio/card", "twilio/catalog", "twilio/carousel", "twilio/flows", "twilio/schedule",
        "whatsapp/card", "whatsapp/authentication", "whatsapp/flows",
    }
)  # fmt: skip


def content_type_of(content: Json) -> str:
    """The richest type of a template, the one WhatsApp gets."""
    names: list[str] = list(content["types"])
    return next((name for name in names if name != "twilio/text"), names[0])


def body_of(content: Json) -> str:
    """The text with its {{variables}}."""
    kind: Json = content["types"][content_type_of(content)]
    return str(kind.get("body") or kind.get("title") or "")


def buttons_of(content: Json) -> list[Json]:
    """The buttons: title, and id, url or phone."""
    actions: list[Json] = content["types"][content_type_of(content)].get("actions") or []
    return actions


def media_of(content: Json) -> list[str]:
    """URLs of the template's media, with variables."""
    media: list[str] = content["types"][content_type_of(content)].get("media") or []
    return media


def variables_of(content: Json) -> list[str]:
    """Variables in the order in which they first appear, buttons and media included."""
    texts = [body_of(content), *media_of(content), *(str(b.get("url", "")) for b in buttons_of(content))]
    return list(dict.fromkeys(VARIABLE.findall(" ".join(texts))))


def filled(content: Json, given: dict[str, str]) -> dict[str, str]:
    """Values by variable: a missing one silently becomes the template's sample, as on the real Twilio."""
    samples: dict[str, str] = content.get("variables") or {}
    return {name: given.get(name, samples.get(name, "")) for name in variables_of(content)}


def rendered(text: str, values: dict[str, str]) -> str:
    """A text with its variables filled in."""
    return VARIABLE.sub(lambda found: values.get(found.group(1), ""), text)


def rejection_of(content: Json, name: str, category: str) -> str:
    """Why WhatsApp rejects a template; empty when it approves."""
    body = body_of(content)
    stripped = body.strip()
    found = [(m.start(), m.end()) for m in VARIABLE.finditer(stripped)]
    samples = content.get("variables") or {}
    checks = (
        (len(body) > MAX_BODY, f"The body is longer than {MAX_BODY} characters"),
        (bool(ADJACENT.search(body)), "Two variables must not stand next to each other"),
        (bool(found) and found[0][0] == 0, "The body must not start with a variable"),
        (bool(found) and found[-1][1] == len(stripped), "The body must not end with a variable"),
        (any(not samples.get(v) for v in variables_of(content)), "Every variable needs a sample value"),
        (not _sequential(content), "Variables must be numbered 1, 2, 3 without gaps"),
        (_too_many_buttons(content), "Too many or too long buttons"),
        (
            not re.fullmatch(r"[a-z0-9_]{1,512}", name),
            "The name may contain lower-case letters, digits and underscores",
        ),
        (category not in ("UTILITY", "MARKETING", "AUTHENTICATION"), "Unknown category"),
    )
    return next((reason for broken, reason in checks if broken), "")


def _sequential(content: Json) -> bool:
    numbers = sorted(int(v) for v in variables_of(content) if v.isdigit())
    return numbers == list(range(1, len(variables_of(content)) + 1))


def _too_many_buttons(content: Json) -> bool:
    buttons = buttons_of(content)
    return len(buttons) > MAX_QUICK_REPLIES or any(len(str(b.get("title", ""))) > MAX_BUTTON_TITLE for b in buttons)


def checked_content(body: Json) -> Json:
    """The fields of a create request. Raises TwilioError 400."""
    types = body.get("types")
    if not isinstance(body.get("language"), str) or not body["language"]:
        raise TwilioError(20001, "Invalid parameter: language is required")
    if not isinstance(types, dict) or not types:
        raise TwilioError(20001, "Invalid parameter: types is required")
    if unknown := [name for name in types if name not in KNOWN_TYPES]:
        raise TwilioError(20001, f"Invalid parameter: unknown content type {unknown[0]}")
    variables = body.get("variables") or {}
    if len(variables) > MAX_VARIABLES or any(not isinstance(v, str) or len(v) > MAX_VALUE for v in variables.values()):
        raise TwilioError(20001, "Invalid parameter: variables must be at most 100 strings of 255 characters")
    return {
        "friendly_name": body.get("friendly_name"),
        "language": body["language"],
        "variables": variables,
        "types": types,
    }


def stamp(at: datetime) -> str:
    """The date form of the Content API: `2022-08-29T10:43:20Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
