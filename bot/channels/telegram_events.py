"""One Telegram update as an Event, or None where it is nothing to us (channels, edits, stickers, other bots)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypedDict

from telegram import CallbackQuery, Chat, ChatMember, Message, Update
from telegram.error import TelegramError

from bot.events import (
    BotMembership,
    ChatKind,
    ChatMigrated,
    CommandGiven,
    FileSent,
    LocationSent,
    MembershipStatus,
    Pressed,
    TelegramEvent,
    Typed,
)

# What is asked of Telegram, in polling and by webhook: omitted kinds would keep an earlier setting.
ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")

_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
_KINDS: Final[dict[str, ChatKind]] = {Chat.PRIVATE: "private", Chat.GROUP: "group", Chat.SUPERGROUP: "group"}
_MEMBERSHIPS: Final[dict[tuple[ChatKind, bool], MembershipStatus]] = {
    ("private", True): "unblocked",
    ("private", False): "blocked",
    ("group", True): "added",
    ("group", False): "removed",
}

_OF_MENTIONED = frozenset({"message_id", "date", "chat"})
_OF_PRESS = frozenset({"id", "from", "message", "chat_instance", "data"})
_OF_MESSAGE = _OF_MENTIONED | {
    "from",
    "text",
    "caption",
    "document",
    "photo",
    "location",
    "reply_to_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
}


class UnreadableUpdate(Exception):
    """An update that is not shaped as Telegram's own; its text quotes nothing of it."""


class _Who(TypedDict):
    update_id: int
    chat_id: int
    chat_kind: ChatKind
    user_id: int
    language_code: str | None


class _Where(_Who):
    message_id: int
    reply_to_message_id: int | None


def event_of(payload: Mapping[str, Any], *, bot_username: str | None = None) -> TelegramEvent | None:
    """This function will translate an update as Telegram sent it (JSON); raises UnreadableUpdate.

    `bot_username` (without @) tells commands to other bots in a group from ours; unknown: all count as ours.
    """
    try:
        return _read(_needed(payload), bot_username)
    except (KeyError, TypeError, ValueError, AttributeError, TelegramError):
        pass
    raise UnreadableUpdate("an update cannot be read")


def _needed(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The update without what we never look at: the library is strict about every corner of it, old or new."""
    update: dict[str, Any] = {"update_id": payload["update_id"]}
    if "message" in payload:
        update["message"] = _slim(payload["message"], _OF_MESSAGE)
    if "callback_query" in payload:
        update["callback_query"] = _slim(payload["callback_query"], _OF_PRESS)
    if "my_chat_member" in payload:
        update["my_chat_member"] = payload["my_chat_member"]
    return update


def _slim(raw: Mapping[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
    """The wanted fields; of a message inside, only which one it is."""
    kept = {name: value for name, value in raw.items() if name in wanted}
    inside = {name: _slim(kept[name], _OF_MENTIONED) for name in ("message", "reply_to_message") if name in kept}
    return kept | inside


def _read(update: dict[str, Any], bot_username: str | None) -> TelegramEvent | None:
    update_id = update["update_id"]
    if not isinstance(update_id, int):
        raise TypeError("update_id")
    if "my_chat_member" in update:
        return _membership(update_id, update["my_chat_member"])
    read = Update.de_json(update, None)
    if read.callback_query is not None:
        return _pressed(update_id, read.callback_query)
    return _of_message(update_id, read.message, bot_username) if read.message else None


def _pressed(update_id: int, query: CallbackQuery) -> Pressed | None:
    message = query.message  # may be inaccessible: old, or deleted; its chat and number are still right
    if query.data is None:
        return None
    kind: ChatKind | None = _KINDS.get(message.chat.type) if message else "private"
    if kind is None:
        return None
    return Pressed(
        update_id=update_id,
        chat_id=message.chat.id if message else query.from_user.id,
        chat_kind=kind,
        user_id=query.from_user.id,
        language_code=query.from_user.language_code,
        message_id=message.message_id if message else None,
        data=query.data,
        callback_id=query.id,
    )


def _membership(update_id: int, change: Mapping[str, Any]) -> BotMembership | None:
    """Read as it came: of all a member may or may not do, only being in or out matters."""
    kind = _KINDS.get(change["chat"]["type"])
    was_in, is_in = _is_in(change["old_chat_member"]), _is_in(change["new_chat_member"])
    if kind is None or was_in == is_in:  # a new title or right, not a coming or going
        return None
    return BotMembership(
        update_id=update_id,
        chat_id=int(change["chat"]["id"]),
        chat_kind=kind,
        status=_MEMBERSHIPS[kind, is_in],
        by_user_id=int(change["from"]["id"]),
    )


def _is_in(member: Mapping[str, Any]) -> bool:
    if member["status"] == ChatMember.RESTRICTED:
        return bool(member.get("is_member"))
    return member["status"] not in _OUTSIDE


def _of_message(update_id: int, message: Message, bot_username: str | None) -> TelegramEvent | None:
    migrated = _migrated(update_id, message)
    if migrated is not None:
        return migrated
    kind = _KINDS.get(message.chat.type)
    if kind is None or message.from_user is None:
        return None
    where = _Where(
        update_id=update_id,
        chat_id=message.chat.id,
        chat_kind=kind,
        user_id=message.from_user.id,
        language_code=message.from_user.language_code,
        message_id=message.message_id,
        reply_to_message_id=message.reply_to_message.message_id if message.reply_to_message else None,
    )
    if message.text is not None:
        return _of_text(message.text, where, bot_username)
    return next((event for read in _CONTENTS if (event := read(message, where)) is not None), None)


def _migrated(update_id: int, message: Message) -> ChatMigrated | None:
    """The old group tells its new id, the new supergroup its old one."""
    old, new = message.migrate_from_chat_id, message.migrate_to_chat_id
    if old is None and new is None:
        return None
    return ChatMigrated(
        update_id=update_id,
        chat_id=message.chat.id,
        old_chat_id=message.chat.id if old is None else old,
        new_chat_id=message.chat.id if new is None else new,
    )


def _of_text(text: str, where: _Where, bot_username: str | None) -> CommandGiven | Typed | None:
    given = _COMMAND.fullmatch(text)
    if given is None:
        return Typed(**where, text=text)
    command, addressee, argument = given.groups()
    if addressee and bot_username and addressee.casefold() != bot_username.casefold():
        return None
    return CommandGiven(**where, command=command.lower(), argument=(argument or "").strip())


def _document(message: Message, where: _Where) -> FileSent | None:
    document = message.document
    if document is None:
        return None
    return FileSent(
        **where,
        kind="document",
        file_id=document.file_id,
        size=document.file_size or 0,
        filename=document.file_name,
        mime=document.mime_type,
        caption=message.caption,
    )


def _photo(message: Message, where: _Where) -> FileSent | None:
    if not message.photo:
        return None
    largest = max(message.photo, key=lambda size: size.width * size.height)
    return FileSent(
        **where,
        kind="photo",
        file_id=largest.file_id,
        size=largest.file_size or 0,
        mime="image/jpeg",  # Telegram turns every photo into one
        caption=message.caption,
    )


def _location(message: Message, where: _Where) -> LocationSent | None:
    place = message.location
    if place is None:
        return None
    return LocationSent(**where, latitude=place.latitude, longitude=place.longitude)


_CONTENTS: Final[tuple[Callable[[Message, _Where], FileSent | LocationSent | None], ...]] = (
    _document,
    _photo,
    _location,
)
