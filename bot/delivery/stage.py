"""Showing replies: the answer to a tap and the new screen go out together, right after the commit."""

from __future__ import annotations

import asyncio

import structlog

from bot.casework.notices import taps_as_plain
from bot.channels.faults import ChannelFault, Migrated, Unreachable
from bot.channels.outgoing import Edited
from bot.channels.telegram import TelegramChannel
from bot.clock import Clock
from bot.delivery.telegram_text import out_message
from bot.dispatch import Answer
from bot.events import ByPerson, FileSent, Pressed
from bot.pacing import Pacer
from bot.render import line_of
from bot.reply import Screen
from sop.guard import MessageKind
from sop.outbox import Way
from storage import Store, outbox, questions, screens
from storage.outbox import ANSWER, NewMessage

log = structlog.get_logger()

MOST_UPLOAD_BYTES = 5 * 1024 * 1024


class TelegramStage:
    """Performs answers in Telegram; what cannot be shown right now is left to the outbox, never lost."""

    def __init__(self, *, channel: TelegramChannel, store: Store, clock: Clock, pacer: Pacer) -> None:
        self._channel = channel
        self._store = store
        self._clock = clock
        self._pacer = pacer

    async def download(self, event: FileSent) -> bytes:
        """This function will fetch what a person sent; it raises FileTooBig beyond our limit."""
        return await self._channel.download(event.file_id, most_bytes=MOST_UPLOAD_BYTES)

    async def perform(self, answer: Answer) -> None:
        """This function will show a reply; a failure to show it is logged and queued, never raised."""
        event = answer.event
        if not isinstance(event, ByPerson):
            return
        await asyncio.gather(self._toast(answer), self._screens(answer, event))

    async def _toast(self, answer: Answer) -> None:
        event, reply = answer.event, answer.reply
        if not isinstance(event, Pressed):
            return
        line = None if reply.toast is None else line_of(reply.toast, answer.language, reply.toast_values)
        try:
            # A refusal wants to be read: it stays until it is closed. A confirmation passes by.
            await self._channel.answer(event.callback_id, line, alert=line is not None and reply.screen is None)
        except ChannelFault as fault:
            log.warning("toast_failed", action="toast_failed", fault=str(fault))

    async def _screens(self, answer: Answer, event: ByPerson) -> None:
        reply = answer.reply
        shown = [reply.screen] if reply.screen is not None else []
        edits = event.message_id if isinstance(event, Pressed) and not reply.anew else None
        everything = [*shown, *reply.then]
        for place, one in enumerate(everything):
            question_id = answer.question_id if one is everything[-1] else None  # the last message asks
            await self._show(
                answer, event.chat_id, one, edits=edits if place == 0 and shown else None, question_id=question_id
            )

    async def _show(
        self, answer: Answer, chat_id: int, shown: Screen, *, edits: int | None, question_id: int | None
    ) -> None:
        asks = question_id is not None and answer.reply.ask is not None and answer.reply.ask.forced
        message = out_message(
            chat_id,
            shown.message,
            shown.values,
            taps_as_plain(shown.taps),
            language=answer.language,
            asks=asks,
        )
        try:
            if edits is not None and not asks and await self._channel.edit(edits, message) is not Edited.GONE:
                return await self._note(chat_id, edits, shown, question_id)
            self._pacer.note_sent(chat_id, now=await self._clock.now())
            sent = await self._channel.send(message)
            await self._note(chat_id, sent.message_id, shown, question_id)
        except (Unreachable, Migrated) as fault:
            log.info("answer_undeliverable", action="answer_undeliverable", fault=str(fault))
        except ChannelFault as fault:
            log.warning("answer_queued", action="answer_queued", fault=str(fault))
            await self._queue(answer, chat_id, shown, edits)

    async def _note(self, chat_id: int, message_id: int, shown: Screen, question_id: int | None) -> None:
        """Which message shows what, and which one asks: known only after it stands in the chat."""
        if shown.subject is None and question_id is None:
            return
        async with self._store.transaction() as db:
            if shown.subject is not None:
                now = await self._clock.now()
                await screens.show(db, chat_id=chat_id, message_id=message_id, subject=shown.subject, now=now)
            if question_id is not None:
                await questions.note_message(db, question_id, message_id)

    async def _queue(self, answer: Answer, chat_id: int, shown: Screen, edits: int | None) -> None:
        new = NewMessage(
            way=Way.TELEGRAM,
            kind=MessageKind.STAFF,
            message=shown.message,
            values=shown.values,
            taps=taps_as_plain(shown.taps),
            language=answer.language,
            chat_id=chat_id,
            edits=edits,
            subject=shown.subject,
            urgency=ANSWER,
        )
        async with self._store.transaction() as db:
            await outbox.queue(db, new, now=await self._clock.now())
