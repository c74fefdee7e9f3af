"""Edits and deletions of messages that stand."""

from __future__ import annotations

from simulator.telegram.chats import Chat, Posted
from simulator.telegram.content import caption_fields, text_fields
from simulator.telegram.errors import NOT_MODIFIED, bad_request
from simulator.telegram.keyboards import split_markup
from simulator.telegram.params import Params
from simulator.telegram.registry import method
from simulator.telegram.side import TelegramSide
from simulator.wire import Json

DELETABLE_SECONDS = 48 * 3600
MAX_DELETIONS = 100
CONTENT = ("text", "entities", "caption", "caption_entities", "reply_markup")


def _editable(side: TelegramSide, params: Params) -> Posted:
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = side.directory.bot_chat(params.text("chat_id"))
    post = chat.posts.get(params.integer("message_id"))
    if post is None or post.deleted:
        raise bad_request("message to edit not found")
    if not post.from_bot:
        raise bad_request("message can't be edited")
    return post


def _apply(side: TelegramSide, post: Posted, changes: Json, html: str | None) -> Json:
    """Replace the named content fields (None removes). Raises "message is not modified"."""
    after = {name: changes.get(name, post.wire.get(name)) for name in CONTENT}
    if all(after[name] == post.wire.get(name) for name in CONTENT):
        raise bad_request(NOT_MODIFIED)
    for name, value in after.items():
        post.wire.pop(name, None)
        if value is not None:
            post.wire[name] = value
    if html is not None:
        post.html = html
        post.wire["edit_date"] = int(side.clock.now().timestamp())
    return post.wire


def _keyboard(params: Params) -> Json | None:
    inline, other = split_markup(params.structure("reply_markup"))
    if other:
        raise bad_request("inline keyboard expected")
    return inline


@method("editMessageText")
async def edit_text(side: TelegramSide, params: Params) -> Json:
    """Replace text and keyboard: without reply_markup the keyboard goes."""
    post = _editable(side, params)
    if "text" not in post.wire:
        raise bad_request("there is no text in the message to edit")
    fields, html = text_fields(params)
    changes: Json = {"entities": None, **fields, "reply_markup": _keyboard(params)}
    return _apply(side, post, changes, html)


@method("editMessageCaption")
async def edit_caption(side: TelegramSide, params: Params) -> Json:
    """Replace caption and keyboard."""
    post = _editable(side, params)
    if "text" in post.wire:
        raise bad_request("there is no caption in the message to edit")
    fields, html = caption_fields(params)
    changes: Json = {"caption": None, "caption_entities": None, **fields, "reply_markup": _keyboard(params)}
    return _apply(side, post, changes, html)


@method("editMessageReplyMarkup")
async def edit_markup(side: TelegramSide, params: Params) -> Json:
    """Replace or remove the keyboard."""
    return _apply(side, _editable(side, params), {"reply_markup": _keyboard(params)}, None)


def _delete(side: TelegramSide, chat: Chat, number: int) -> None:
    post = chat.posts.get(number)
    if post is None or post.deleted:
        raise bad_request("message to delete not found")
    if side.clock.now().timestamp() - post.at > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if not post.from_bot and chat.is_group and chat.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    post.deleted = True


@method("deleteMessage")
async def delete_message(side: TelegramSide, params: Params) -> bool:
    """Delete one message, younger than 48 hours."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    _delete(side, chat, params.integer("message_id"))
    return True


@method("deleteMessages")
async def delete_messages(side: TelegramSide, params: Params) -> bool:
    """Delete up to 100 messages; those that are gone are skipped."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    numbers = params.structure("message_ids") or []
    if not 1 <= len(numbers) <= MAX_DELETIONS:
        raise bad_request("message identifiers are not specified" if not numbers else "too many messages to delete")
    for number in numbers:
        if int(number) in chat.posts and not chat.posts[int(number)].deleted:
            _delete(side, chat, int(number))
    return True


@method("pinChatMessage")
async def pin(side: TelegramSide, params: Params) -> bool:
    """Pin a message."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    post = chat.posts.get(params.integer("message_id"))
    if post is None or post.deleted:
        raise bad_request("message to pin not found")
    chat.pinned = post.id
    return True


@method("unpinChatMessage")
async def unpin(side: TelegramSide, params: Params) -> bool:
    """Unpin the pinned message."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    if chat.pinned is None:
        raise bad_request("message to unpin not found")
    chat.pinned = None
    return True
