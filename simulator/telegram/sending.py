"""sendMessage, sendPhoto, sendDocument and the other calls that post something."""

from __future__ import annotations

from simulator.telegram.chats import Chat
from simulator.telegram.content import caption_fields, reply_target, text_fields
from simulator.telegram.errors import bad_request
from simulator.telegram.keyboards import split_markup
from simulator.telegram.params import Params
from simulator.telegram.registry import method
from simulator.telegram.side import Draft, TelegramSide
from simulator.wire import Json

ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


def _count(side: TelegramSide, chat: Chat) -> None:
    if side.config.strict_rates:
        side.limiter.take(chat.id, is_group=chat.is_group, now=side.clock.now().timestamp())


def _post(side: TelegramSide, chat: Chat, params: Params, content: tuple[Json, str]) -> Json:
    fields, html = content
    inline, other = split_markup(params.structure("reply_markup"))
    reply_to = reply_target(chat, params)
    _count(side, chat)
    if params.flag("protect_content"):
        fields["has_protected_content"] = True
    draft = Draft(fields=fields, html=html, markup=inline, other_markup=other, reply_to=reply_to)
    return side.post(chat, None, draft).wire


@method("sendMessage")
async def send_message(side: TelegramSide, params: Params) -> Json:
    """Post a text."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    return _post(side, chat, params, text_fields(params))


@method("sendPhoto")
async def send_photo(side: TelegramSide, params: Params) -> Json:
    """Post a picture with an optional caption."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    caption, html = caption_fields(params)
    stored = side.files.sent(params, "photo")
    return _post(side, chat, params, ({"photo": stored.photo(), **caption}, html))


@method("sendDocument")
async def send_document(side: TelegramSide, params: Params) -> Json:
    """Post a file with an optional caption."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    caption, html = caption_fields(params)
    stored = side.files.sent(params, "document")
    return _post(side, chat, params, ({"document": stored.document(), **caption}, html))


@method("sendLocation")
async def send_location(side: TelegramSide, params: Params) -> Json:
    """Post a point on the map."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    try:
        point = {name: float(params.text(name)) for name in ("latitude", "longitude")}
    except ValueError:
        raise bad_request("wrong latitude or longitude specified") from None
    return _post(side, chat, params, ({"location": point}, ""))


@method("sendContact")
async def send_contact(side: TelegramSide, params: Params) -> Json:
    """Post a phone contact."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    names = ("phone_number", "first_name", "last_name")
    contact = {name: params.text(name) for name in names if params.text(name)}
    if "phone_number" not in contact:
        raise bad_request("contact phone number must not be empty")
    if "first_name" not in contact:
        raise bad_request("contact first name must not be empty")
    return _post(side, chat, params, ({"contact": contact}, ""))


@method("sendChatAction")
async def send_chat_action(side: TelegramSide, params: Params) -> bool:
    """Show "typing" and the like."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    side.journal.write("telegram", "chat_action", chat_id=chat.id, action=params.text("action"))
    return True
