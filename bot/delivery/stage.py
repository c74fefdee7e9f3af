"""Showing replies: the answer to a tap and the new screen go out together, right after the commit."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import structlog

from bot.casework.notices import taps_as_plain
from bot.channels.faults import ChannelFault, Migrated, Unreachable
from bot.channels.outgoing import Edited, OutFile, OutMessage, Sent
from bot.channels.telegram import TelegramChannel
from bot.delivery.ground import Ground
from bot.delivery.papers import Papers
from bot.delivery.telegram_text import Drawn, out_message
from bot.dispatch import Answer
from bot.events import ByPerson, FileSent, Pressed
from bot.render import line_of
from bot.reply import Screen
from sop.guard import MessageKind
from sop.outbox import Way
from storage import outbox, questions, screens
from storage.outbox import ANSWER, NewMessage
from storage.questions import QUESTION_SUBJECT

log = structlog.get_logger()

MOST_UPLOAD_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class _Spot:
    """Where a screen goes: the chat, the message it replaces, the question it asks."""

    chat_id: int
    language: str
    edits: int | None = None
    question_id: int | None = None
    is_forced: bool = False  # it opens the answer field, so it is new and has no buttons


class TelegramStage:
    """Performs answers in Telegram; what cannot be shown right now is left to the outbox, never lost."""

    def __init__(self, *, channel: TelegramChannel, ground: Ground) -> None:
        self._channel = channel
        self._ground = ground
        self._papers = Papers(channel=channel, ground=ground)

    async def download(self, event: FileSent) -> bytes | None:
        """This function will fetch what a person sent; none when it is too big or cannot be had.

        Raising would have the event handed in again, for ever, and keep everybody else waiting.
        """
        try:
            return await self._channel.download(event.file_id, most_bytes=MOST_UPLOAD_BYTES)
        except ChannelFault as fault:
            log.info("file_not_taken", action="file_not_taken", fault=str(fault))
            return None

    async def perform(self, answer: Answer) -> None:
        """This function will show a reply; a failure to show it is logged and queued, never raised.

        The effect is stored: raising would have the event handed in again, for ever.
        """
        event = answer.event
        if not isinstance(event, ByPerson):
            return
        deeds = (self._toast(answer), self._screens(answer, event), self._put_away(answer, event))
        shown = await asyncio.gather(*deeds, return_exceptions=True)
        for bug in shown:
            if isinstance(bug, Exception):
                log.error("answer_not_shown", action="answer_not_shown", exc_info=bug)
            elif isinstance(bug, BaseException):
                raise bug

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

    async def _put_away(self, answer: Answer, event: ByPerson) -> None:
        for message_id in answer.put_away:
            await strip(self._channel, event.chat_id, message_id)

    async def _screens(self, answer: Answer, event: ByPerson) -> None:
        reply = answer.reply
        edits = event.message_id if isinstance(event, Pressed) and not reply.anew else None
        first = [] if reply.screen is None else [(reply.screen, edits)]
        everything = [*first, *((one, None) for one in reply.then)]
        is_forced = reply.ask is not None and reply.ask.forced
        for place, (one, instead_of) in enumerate(everything, start=1):
            spot = _Spot(chat_id=event.chat_id, language=answer.language, edits=instead_of)
            if place == len(everything) and answer.question_id is not None:  # the last message asks
                spot = replace(spot, question_id=answer.question_id, is_forced=is_forced)
            await self._show(one, spot)

    async def _show(self, shown: Screen, spot: _Spot) -> None:
        try:
            await self._note(await self._placed(shown, spot), shown, spot)
        except (Unreachable, Migrated) as fault:
            log.info("answer_undeliverable", action="answer_undeliverable", fault=str(fault))
        except ChannelFault as fault:
            log.warning("answer_queued", action="answer_queued", fault=str(fault))
            await self._queue(shown, spot)

    async def _placed(self, shown: Screen, spot: _Spot) -> int:
        """Show it; gives the number of the message that shows it now."""
        drawn = Drawn(message=shown.message, values=shown.values, taps=taps_as_plain(shown.taps))
        message = out_message(spot.chat_id, drawn, language=spot.language, asks=spot.is_forced)
        replaces = spot.edits if shown.document is None and not spot.is_forced else None
        if replaces is not None and await self._channel.edit(replaces, message) is not Edited.GONE:
            return replaces
        self._ground.pacer.note_sent(spot.chat_id, now=await self._ground.clock.now())
        return (await self._sent(shown, message)).message_id

    async def _sent(self, shown: Screen, message: OutMessage) -> Sent:
        if shown.document is None:
            return await self._papers.send(message, shown.attachment_id)
        file = OutFile(
            chat_id=message.chat_id,
            content=shown.document.content,
            filename=shown.document.filename,
            caption=message.text,
            keyboard=message.keyboard,
        )
        return await self._channel.send_document(file)

    async def _note(self, message_id: int, shown: Screen, spot: _Spot) -> None:
        """Which message shows what, and which one asks: known only after it stands in the chat."""
        if shown.subject is None and spot.question_id is None:
            return
        now = await self._ground.clock.now()
        async with self._ground.store.transaction() as db:
            if shown.subject is not None:
                here = {"chat_id": spot.chat_id, "message_id": message_id}
                await screens.show(db, **here, subject=shown.subject, now=now)
            if spot.question_id is not None:
                await questions.note_message(db, spot.question_id, message_id)

    async def _queue(self, shown: Screen, spot: _Spot) -> None:
        new = NewMessage(
            way=Way.TELEGRAM,
            kind=MessageKind.STAFF,
            message=shown.message,
            values=shown.values,
            taps=taps_as_plain(shown.taps),
            language=spot.language,
            chat_id=spot.chat_id,
            edits=None if spot.is_forced else spot.edits,
            attachment_id=shown.attachment_id,
            subject=shown.subject or (f"{QUESTION_SUBJECT}{spot.question_id}" if spot.question_id else None),
            urgency=ANSWER,
        )
        now = await self._ground.clock.now()
        async with self._ground.store.transaction() as db:
            await outbox.queue(db, new, now=now)


async def strip(channel: TelegramChannel, chat_id: int, message_id: int) -> None:
    """This function will take the buttons off an old message; where that fails, a press on them is refused anyway."""
    try:
        await channel.strip_keyboard(chat_id, message_id)
    except ChannelFault as fault:
        log.info("keyboard_left", action="keyboard_left", fault=str(fault))
