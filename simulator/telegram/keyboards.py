"""Reply markup: what the Bot API accepts under a message."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from simulator.telegram.errors import bad_request
from simulator.wire import Json

ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
STYLES = ("danger", "success", "primary")
MAX_BUTTONS = 100
DATA_BYTES = 64
COPY_CHARS = 256
HINT_CHARS = 64


def inline_markup(markup: Json) -> Json | None:
    """The checked inline keyboard as it will be stored; None when it has no buttons."""
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('object expected as reply markup: field "inline_keyboard" must be an Array of Arrays')
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in kept) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("can't parse inline keyboard button: Text of the button must be non-empty")
    _check_action(*_only_action(button))
    if button.get("style") not in (None, *STYLES):
        raise bad_request("can't parse inline keyboard button: invalid button style")
    return {name: value for name, value in button.items() if value is not None}


def _only_action(button: Json) -> tuple[str, Any]:
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request(f"can't parse inline keyboard button: exactly one action is expected, found {actions}")
    return actions[0], button[actions[0]]


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif action == "url":
        _check_url(str(value))
    elif action == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= COPY_CHARS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url or ":" in url else f"http://{url}")
    if parts.scheme not in ("http", "https", "tg", "ton", "tonsite"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = parts.hostname or ""
    if parts.scheme in ("http", "https") and ("." not in host or " " in url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def other_markup(markup: Json) -> Json:
    """A reply keyboard, its removal, or a forced reply, checked."""
    if markup.get("force_reply") or markup.get("remove_keyboard"):
        hint = markup.get("input_field_placeholder")
        if hint is not None and not 1 <= len(hint) <= HINT_CHARS:
            raise bad_request("INPUT_FIELD_PLACEHOLDER_INVALID")
        return markup
    rows = markup.get("keyboard")
    if not isinstance(rows, list) or not any(rows):
        raise bad_request("object expected as reply markup")
    return {**markup, "keyboard": [[{"text": b} if isinstance(b, str) else b for b in row] for row in rows]}


def split_markup(markup: Any) -> tuple[Json | None, Json | None]:
    """(inline keyboard, other markup) of a reply_markup parameter."""
    if markup is None:
        return None, None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return inline_markup(markup), None
    return (None, other_markup(markup)) if markup else (None, None)
