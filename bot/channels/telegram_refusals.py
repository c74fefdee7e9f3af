"""What Telegram's refusals mean. Descriptions are matched without regard to case, as prose that may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.faults import (
    Ambiguous,
    ChannelFault,
    Migrated,
    Misconfigured,
    PollingConflict,
    Rejected,
    Scope,
    SendFailed,
    TooFast,
    Unreachable,
)

_DEFAULT_RETRY_SECONDS = 1.0
_SERVER_ERRORS = 500

# Part of a 400's description -> the chat is gone for us. A 403 always means it.
_GONE_CHATS = (
    "chat not found",
    "chat_id is empty",
    "peer_id_invalid",
    "user not found",
    "group chat was deactivated",
    "have no rights to send a message",
    "not enough rights to send",
    "chat_write_forbidden",
)
_UNCHANGED = "message is not modified"
_GONE_MESSAGES = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
_NO_TEXT = "no text in the message to edit"
_CAPTION_TOO_LONG = "caption is too long"
_EXPIRED_ANSWERS = ("query is too old", "query id is invalid", "query_id_invalid")
_TOO_BIG = "file is too big"


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Telegram's answer to a request it did not fulfil."""

    status: int
    description: str
    retry_after: float | None
    migrate_to_chat_id: int | None

    @classmethod
    def of(cls, status: int, told: Mapping[str, Any]) -> Refusal:
        """This function will read an error answer; anything missing or odd counts as not said."""
        parameters = told.get("parameters")
        hints = parameters if isinstance(parameters, Mapping) else {}
        retry_after = hints.get("retry_after")
        new_id = hints.get("migrate_to_chat_id")
        return cls(
            status=status,
            description=str(told.get("description", "")),
            retry_after=float(retry_after) if isinstance(retry_after, int | float) else None,
            migrate_to_chat_id=new_id if isinstance(new_id, int) else None,
        )


def fault_of(refusal: Refusal, *, scope: Scope, reads_only: bool) -> ChannelFault:
    """This function will name the fault behind a refusal. Telegram does not say whom a pause is for: `scope` does."""
    if refusal.migrate_to_chat_id is not None:
        return Migrated(refusal.migrate_to_chat_id)
    if refusal.status == 429 or refusal.retry_after is not None:  # noqa: PLR2004 - HTTP
        return TooFast(refusal.retry_after or _DEFAULT_RETRY_SECONDS, scope)
    if refusal.status >= _SERVER_ERRORS:
        return SendFailed("server error", code=refusal.status) if reads_only else Ambiguous("server error")
    return _by_status(refusal)


def _by_status(refusal: Refusal) -> ChannelFault:
    match refusal.status:
        case 403:
            return Unreachable(refusal.description)
        case 401 | 404:
            return Misconfigured(refusal.description, code=refusal.status)
        case 409:
            return PollingConflict(refusal.description)
    if _says(refusal.description, *_GONE_CHATS):
        return Unreachable(refusal.description)
    return Rejected(refusal.description, code=refusal.status)


def shows_it_already(fault: Rejected) -> bool:
    return _says(fault.description, _UNCHANGED)


def lost_its_message(fault: Rejected) -> bool:
    return _says(fault.description, *_GONE_MESSAGES)


def has_no_text(fault: Rejected) -> bool:
    """This function will say whether the message is a photo or a file: its words are a caption."""
    return _says(fault.description, _NO_TEXT)


def has_no_room(fault: Rejected) -> bool:
    """This function will say whether words are too many for a caption."""
    return _says(fault.description, _CAPTION_TOO_LONG)


def came_too_late(fault: Rejected) -> bool:
    return _says(fault.description, *_EXPIRED_ANSWERS)


def is_too_big(fault: Rejected) -> bool:
    return _says(fault.description, _TOO_BIG)


def _says(description: str, *parts: str) -> bool:
    folded = description.casefold()
    return any(part in folded for part in parts)
