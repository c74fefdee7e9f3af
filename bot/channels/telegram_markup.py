"""Our buttons, questions and files in python-telegram-bot's types."""

from __future__ import annotations

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, ReplyParameters

from bot.channels.outgoing import Keyboard, OutFile, OutMessage


def keyboard_markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(key.label, callback_data=key.data, url=key.url) for key in row] for row in keyboard]
    )


def answer_field(message: OutMessage) -> ForceReply | None:
    if message.ask is None:
        return None
    return ForceReply(selective=True, input_field_placeholder=message.ask.placeholder)


def reply_to(message_id: int | None) -> ReplyParameters | None:
    return None if message_id is None else ReplyParameters(message_id, allow_sending_without_reply=True)


def file_content(file: OutFile) -> InputFile | str:
    if isinstance(file.content, str):
        return file.content
    return InputFile(file.content, filename=file.filename)
