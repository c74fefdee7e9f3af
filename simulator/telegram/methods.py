"""The remaining methods: updates, presses, files, the bot's own profile, chats."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from simulator.outgoing import is_loopback
from simulator.telegram.errors import QUERY_TOO_OLD, bad_request
from simulator.telegram.files import MAX_DOWNLOAD_BYTES
from simulator.telegram.params import Params
from simulator.telegram.registry import method
from simulator.telegram.side import TelegramSide
from simulator.telegram.updates import CALLBACK_SECONDS
from simulator.telegram.webhook import Hook
from simulator.wire import Json

MAX_ANSWER = 200
PORTS = (80, 88, 443, 8443)


@method("getMe")
async def get_me(side: TelegramSide, params: Params) -> Json:
    """The bot itself."""
    return {
        **side.directory.bot(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getUpdates")
async def get_updates(side: TelegramSide, params: Params) -> list[Json]:
    """Long polling."""
    side.queue.want(params.structure("allowed_updates"))
    limit, seconds = params.integer("limit", 100), params.integer("timeout")
    return await side.queue.poll(offset=params.integer("offset"), limit=limit, seconds=seconds)


@method("setWebhook")
async def set_webhook(side: TelegramSide, params: Params) -> bool:
    """Push updates to a URL; plain http is taken for this machine only."""
    url, secret = params.text("url"), params.text("secret_token")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    if url:
        _check_hook_url(url)
        side.queue.end_polls("terminated by setWebhook request")
    if params.flag("drop_pending_updates"):
        side.queue.forget()
    side.queue.want(params.structure("allowed_updates"))
    side.pusher.set(Hook(url=url, secret=secret, max_connections=params.integer("max_connections", 40)))
    return True


def _check_hook_url(url: str) -> None:
    if is_loopback(url):
        return
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@method("deleteWebhook")
async def delete_webhook(side: TelegramSide, params: Params) -> bool:
    """Back to polling."""
    if params.flag("drop_pending_updates"):
        side.queue.forget()
    side.pusher.set(Hook())
    return True


@method("getWebhookInfo")
async def get_webhook_info(side: TelegramSide, params: Params) -> Json:
    """State of the webhook."""
    hook = side.pusher.hook
    told: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(side.queue.pending()),
    }
    if hook.url:
        told["max_connections"] = hook.max_connections
    if hook.last_error_on is not None:
        told |= {"last_error_date": hook.last_error_on, "last_error_message": hook.last_error}
    if wanted := side.queue.wanted():
        told["allowed_updates"] = wanted
    return told


@method("answerCallbackQuery")
async def answer_press(side: TelegramSide, params: Params) -> bool:
    """Answer a press once, within 150 s."""
    press = side.presses.get(params.text("callback_query_id"))
    age = side.clock.now().timestamp() - press.at if press else 0.0
    if press is None or press.answered or age > CALLBACK_SECONDS:
        raise bad_request(QUERY_TOO_OLD)
    text = params.text("text")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered, press.text, press.show_alert = True, text or None, params.flag("show_alert")
    press.url = params.text("url") or None
    side.answered.fire()
    return True


@method("getFile")
async def get_file(side: TelegramSide, params: Params) -> Json:
    """Where a file can be fetched, up to 20 MB."""
    stored = side.files.by_id.get(params.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(stored.content) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return stored.wire()


@method("getChat")
async def get_chat(side: TelegramSide, params: Params) -> Json:
    """A chat with the fields every chat has."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    told = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    return {**chat.wire(), **told}


@method("getChatMember")
async def get_chat_member(side: TelegramSide, params: Params) -> Json:
    """How a user stands in a chat."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    number = params.integer("user_id")
    if number == side.config.bot_id():
        return member_of(side.directory.bot(), chat.bot_status)
    person = side.directory.people.get(number)
    if person is None:
        raise bad_request("user not found")
    inside = number in chat.members or number == chat.id
    status = "creator" if inside and chat.members[:1] == [number] else "member" if inside else "left"
    return member_of(person.wire(), status)


def member_of(user: Json, status: str) -> Json:
    """A ChatMember object."""
    member: Json = {"status": status, "user": user}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    elif status == "administrator":
        member |= dict.fromkeys(_RIGHTS, False) | {"can_be_edited": False, "can_manage_chat": True}
    return member


_RIGHTS = (
    "is_anonymous", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip


@method("getChatMemberCount")
async def count_members(side: TelegramSide, params: Params) -> int:
    """Members with the bot."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    return len(chat.members) + 1 if chat.is_group else 2


@method("leaveChat")
async def leave_chat(side: TelegramSide, params: Params) -> bool:
    """The bot goes."""
    chat = side.directory.bot_chat(params.text("chat_id"))
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


async def _done(side: TelegramSide, params: Params) -> Any:
    return True


for _name in ("logOut", "close", "setMessageReaction", "setChatMenuButton", "setMyDefaultAdministratorRights"):
    method(_name)(_done)
