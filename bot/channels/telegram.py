"""Telegram: updates in, messages out. Every refusal is one of the faults in `bot.channels.faults`."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from telegram import (
    Bot,
    BotCommand,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode

from bot.channels import telegram_refusals as refusals
from bot.channels.faults import ChannelFault, FileTooBig, Rejected, SendFailed, Unreachable
from bot.channels.http import Patience, Request, exchange
from bot.channels.outgoing import Edited, OutFile, OutMessage, Sent
from bot.channels.telegram_events import ALLOWED_UPDATES, event_of
from bot.channels.telegram_http import AiohttpRequest, Refused
from bot.channels.telegram_markup import answer_field, file_content, keyboard_markup, reply_to
from bot.channels.telegram_menu import Place, scope_of
from bot.events import TelegramEvent

MOST_DOWNLOAD_BYTES = 20 * 1024 * 1024  # Telegram serves no larger files to bots
MOST_ANSWER_CHARACTERS = 200
MOST_POLL_SECONDS = 50  # the server holds an answer back no longer

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_Result = TypeVar("_Result")


@dataclass(frozen=True, kw_only=True, slots=True)
class Me:
    """The bot itself, as Telegram knows it; `username` is without @."""

    bot_id: int
    username: str
    reads_all_group_messages: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RawUpdate:
    """An update as it came; `payload` is what `event_of` takes."""

    update_id: int
    payload: Mapping[str, Any]


class TelegramChannel:
    """One bot. `api_url` is the server's address without a path; the session belongs to the caller."""

    def __init__(
        self, token: str, api_url: str, session: aiohttp.ClientSession, patience: Patience | None = None
    ) -> None:
        self._session = session
        self._request = AiohttpRequest(session, patience)
        self._url = f"{api_url.rstrip('/')}/bot{token}"
        self._bot = Bot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=self._request,
            get_updates_request=self._request,  # the default would build an httpx client
        )
        self._username: str | None = None

    async def me(self) -> Me:
        """This function will ask who the bot is; a wrong token raises Misconfigured."""
        user = await _faults(self._bot.get_me())
        self._username = user.username
        return Me(
            bot_id=user.id,
            username=user.username or "",
            reads_all_group_messages=bool(user.can_read_all_group_messages),
        )

    async def updates(self, offset: int, timeout_seconds: int) -> tuple[RawUpdate, ...]:
        """This function will wait for updates from `offset` on.

        Asking with an offset confirms everything before it, for good: pass the last update_id + 1 only once its effect
        is committed. Raises PollingConflict when somebody else polls, or a webhook is on.
        """
        wait = min(timeout_seconds, MOST_POLL_SECONDS)
        query = {"offset": str(offset), "timeout": str(wait), "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        told = await self._request.ask(f"{self._url}/getUpdates", query, wait_seconds=wait)
        return tuple(RawUpdate(update_id=int(update["update_id"]), payload=update) for update in told)

    def event_of(self, payload: Mapping[str, Any]) -> TelegramEvent | None:
        """This function will translate an update; see `telegram_events.event_of`. Ask `me` first."""
        return event_of(payload, bot_username=self._username)

    async def send(self, message: OutMessage) -> Sent:
        """This function will send a message (HTML, no link preview)."""
        return _sent(
            await _faults(
                self._bot.send_message(
                    message.chat_id,
                    message.text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=answer_field(message) or keyboard_markup(message.keyboard),
                    reply_parameters=reply_to(message.reply_to_message_id),
                    disable_notification=message.silent or None,
                )
            )
        )

    async def edit(self, message_id: int, message: OutMessage) -> Edited:
        """This function will make an old message of ours look like `message`; no keyboard removes the old one.

        Of a photo or a document the words below it change; `GONE` where they do not fit there any more.
        """
        try:
            return await _edited(
                self._bot.edit_message_text(
                    message.text,
                    message.chat_id,
                    message_id,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard_markup(message.keyboard),
                )
            )
        except Rejected as fault:
            if not refusals.has_no_text(fault):
                raise
        return await self._edit_caption(message_id, message)

    async def _edit_caption(self, message_id: int, message: OutMessage) -> Edited:
        return await _edited(
            self._bot.edit_message_caption(
                message.chat_id,
                message_id,
                caption=message.text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard_markup(message.keyboard),
            )
        )

    async def strip_keyboard(self, chat_id: int, message_id: int) -> Edited:
        """This function will take the buttons off an old message."""
        return await _edited(self._bot.edit_message_reply_markup(chat_id, message_id))

    async def send_document(self, file: OutFile) -> Sent:
        """This function will send a file; its `file_id` serves for the next time."""
        return await _send_file(self._bot.send_document, file)

    async def send_photo(self, file: OutFile) -> Sent:
        """This function will send a picture, shown in the chat."""
        return await _send_file(self._bot.send_photo, file)

    async def answer(self, callback_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """This function will end a press's waiting sign, with a short line or an alert; too late is no fault."""
        line = text[:MOST_ANSWER_CHARACTERS] if text else None
        try:
            await _faults(self._bot.answer_callback_query(callback_id, line, show_alert=alert or None))
        except Rejected as fault:
            if not refusals.came_too_late(fault):
                raise

    async def set_webhook(self, url: str, secret: str) -> None:
        """This function will have updates posted to `url`, with `secret` in their header; waiting ones are kept."""
        await _faults(self._bot.set_webhook(url, allowed_updates=list(ALLOWED_UPDATES), secret_token=secret))

    async def delete_webhook(self) -> None:
        """This function will turn the webhook off, so that polling works; waiting updates are kept."""
        await _faults(self._bot.delete_webhook(drop_pending_updates=False))

    async def set_commands(
        self, commands: Mapping[str, str], *, language: str | None = None, place: Place | int = "everywhere"
    ) -> None:
        """This function will set the command menu: command -> description, for one language or as the default.

        `place` may be one chat: its menu hides the others.
        """
        menu = [BotCommand(command, description) for command, description in commands.items()]
        await _faults(self._bot.set_my_commands(menu, scope=scope_of(place), language_code=language))

    async def download(self, file_id: str, *, most_bytes: int = MOST_DOWNLOAD_BYTES) -> bytes:
        """This function will fetch a file a person sent; raises FileTooBig beyond `most_bytes`."""
        try:
            file = await _faults(self._bot.get_file(file_id))
        except Rejected as fault:
            if refusals.is_too_big(fault):
                raise FileTooBig(most_bytes) from None
            raise
        if file.file_size is not None and file.file_size > most_bytes:
            raise FileTooBig(most_bytes)
        answer = await exchange(self._session, Request(method="GET", url=file.file_path or "", most_bytes=most_bytes))
        if not answer.is_success:
            raise SendFailed("the file is not there", code=answer.status)
        return answer.body

    async def group_exists(self, chat_id: int) -> bool:
        """This function will say whether the bot still sees this chat."""
        try:
            await self._request.ask(f"{self._url}/getChat", {"chat_id": str(chat_id)})
        except Unreachable:
            return False
        return True


async def _faults(call: Awaitable[_Result]) -> _Result:
    """The call's result; its refusal as our own fault."""
    try:
        return await call
    except Refused as refused:
        fault: ChannelFault = refused.fault
    raise fault


async def _send_file(send: Callable[..., Awaitable[Message]], file: OutFile) -> Sent:
    call = send(
        file.chat_id,
        file_content(file),
        caption=file.caption,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard_markup(file.keyboard),
        reply_parameters=reply_to(file.reply_to_message_id),
    )
    return _sent(await _faults(call))


async def _edited(call: Awaitable[Message | bool]) -> Edited:
    try:
        await _faults(call)
    except Rejected as fault:
        if refusals.shows_it_already(fault):
            return Edited.UNCHANGED
        if refusals.lost_its_message(fault) or refusals.has_no_room(fault):
            return Edited.GONE
        raise
    return Edited.DONE


def _sent(message: Message) -> Sent:
    attached = message.document or (message.photo[-1] if message.photo else None)
    return Sent(provider_id=str(message.message_id), file_id=attached.file_id if attached else None)
