"""Photos and papers that go with a message: with the words as their caption, or above them where they are too many."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import unescape

import structlog

from bot.channels.faults import Rejected
from bot.channels.outgoing import OutFile, OutMessage, Sent
from bot.channels.telegram import TelegramChannel
from bot.delivery.ground import Ground
from sop.attachment import Attachment
from storage import attachments

log = structlog.get_logger()

MOST_CAPTION_LETTERS = 1024  # Telegram's limit, counted in UTF-16 after its tags
_TAG = re.compile(r"<[^>]*>")


async def _nothing() -> None:
    """Nobody keeps account of the paper."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Paper:
    """A paper with its bytes, read only where Telegram does not keep it."""

    known: Attachment
    content: bytes | None


class Papers:
    """Sends messages, with their papers where they have one. Words are never lost because of a picture."""

    def __init__(self, *, channel: TelegramChannel, ground: Ground) -> None:
        self._channel = channel
        self._ground = ground

    async def send(
        self, message: OutMessage, attachment_id: int | None, *, left: Callable[[], Awaitable[None]] = _nothing
    ) -> Sent:
        """This function will send one message; gives the one that bears the words and the buttons.

        `left` is told when a paper went ahead of its words, so that only the words are tried again.
        """
        if attachment_id is None:
            return await self._channel.send(message)
        fits = message.ask is None and letters_of(message.text) <= MOST_CAPTION_LETTERS
        sent = await self._paper(message, attachment_id, with_words=fits)
        if sent is not None and fits:
            return sent
        if sent is not None:
            self._ground.pacer.note_sent(message.chat_id, now=await self._ground.clock.now())
            await left()
        return await self._channel.send(message)

    async def _paper(self, message: OutMessage, attachment_id: int, *, with_words: bool) -> Sent | None:
        """The paper's own message; none when Telegram will not have it, then the words must go alone."""
        paper = await self._loaded(attachment_id)
        for content in (paper.known.telegram_file_id, paper.content):
            if content is None:
                continue
            file = OutFile(
                chat_id=message.chat_id,
                content=content,
                filename=paper.known.filename,
                caption=message.text if with_words else None,
                keyboard=message.keyboard if with_words else (),
            )
            sent = await self._tried(file, paper.known)
            if sent is not None:
                return sent
        return None

    async def _tried(self, file: OutFile, known: Attachment) -> Sent | None:
        send = self._channel.send_photo if known.is_picture else self._channel.send_document
        try:
            sent = await send(file)
        except Rejected as fault:
            log.warning("paper_refused", action="paper_refused", attachment=known.id, fault=str(fault))
            return None
        if isinstance(file.content, bytes) and sent.file_id is not None:
            async with self._ground.store.transaction() as db:
                await attachments.note_file(db, known.id, sent.file_id)
        return sent

    async def _loaded(self, attachment_id: int) -> _Paper:
        async with self._ground.store.transaction() as db:
            known = await attachments.get(db, attachment_id)
            return _Paper(known=known, content=await attachments.content(db, attachment_id))


def letters_of(text: str) -> int:
    """This function will count the letters of an HTML text as Telegram does: without tags, in UTF-16."""
    return len(unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2
