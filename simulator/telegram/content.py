"""Texts, captions, keyboards and replies of send and edit calls, checked."""

from __future__ import annotations

from simulator.telegram.chats import Chat, Posted
from simulator.telegram.entities import detected, parse_html, shown_html, trimmed
from simulator.telegram.errors import ApiError, bad_request
from simulator.telegram.params import Params
from simulator.wire import Json

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32768


def formatted(params: Params, field: str) -> tuple[str, list[Json], str]:
    """(plain text, entities, html) of a text or caption parameter. Raises ApiError."""
    raw = params.text(field)
    if len(raw.encode()) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(raw)
        return text, entities or detected(text), raw.strip()
    if mode and mode != "none":
        raise bad_request("unsupported parse_mode")
    given = params.structure("entities" if field == "text" else "caption_entities") or detected(raw)
    text, entities = trimmed(raw, given)
    return text, entities, shown_html(text)


def text_fields(params: Params) -> tuple[Json, str]:
    """The wire fields of a text message, and its HTML. Raises ApiError."""
    text, entities, html = formatted(params, "text")
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return _named("text", "entities", text, entities), html


def caption_fields(params: Params) -> tuple[Json, str]:
    """The wire fields of a caption, and its HTML; empty without caption. Raises ApiError."""
    text, entities, html = formatted(params, "caption")
    if len(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return (_named("caption", "caption_entities", text, entities), html) if text else ({}, "")


def _named(text_name: str, entities_name: str, text: str, entities: list[Json]) -> Json:
    return {text_name: text, entities_name: entities} if entities else {text_name: text}


def reply_target(chat: Chat, params: Params) -> Posted | None:
    """The message a send call replies to. Raises ApiError when it is gone."""
    reply = params.structure("reply_parameters") or {}
    number = int(reply.get("message_id") or params.integer("reply_to_message_id"))
    if not number:
        return None
    post = chat.posts.get(number)
    if post and not post.deleted:
        return post
    if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise _no_reply_target()


def _no_reply_target() -> ApiError:
    return bad_request("message to be replied not found")
