"""Draining the staff's outbox: the urgent first, in the pace Telegram allows, at least once, repeats marked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.casework import keyboards, reach
from bot.channels.faults import Ambiguous, ChannelFault, Migrated, SendFailed, TooFast, Unreachable
from bot.channels.outgoing import Edited, OutMessage
from bot.channels.telegram import TelegramChannel
from bot.delivery.ground import Ground
from bot.delivery.papers import Papers
from bot.delivery.stage import strip
from bot.delivery.telegram_text import Drawn, out_message
from bot.render import text_of
from bot.turn import Desk
from sop.outbox import Way
from storage import outbox, questions, screens
from storage.outbox import Waiting
from storage.questions import QUESTION_SUBJECT

log = structlog.get_logger()

BATCH = 30
RETRY = timedelta(seconds=5)
MOST_ATTEMPTS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Drained:
    """How many messages were handled, and when the next one may leave (none: nothing waits)."""

    handled: int
    again_at: datetime | None


class TelegramOutbox:
    """Sends what waits for the staff. Only the holder of the sender's lease may drain."""

    def __init__(self, *, channel: TelegramChannel, ground: Ground) -> None:
        self._channel = channel
        self._ground = ground
        self._papers = Papers(channel=channel, ground=ground)

    async def recover(self) -> int:
        """This function will queue again what was being sent when a process died; such a message may be a repeat."""
        now = await self._ground.clock.now()
        async with self._ground.store.transaction() as db:
            lost = await outbox.cut_off(db, way=Way.TELEGRAM, now=now)
            for one in lost:
                await outbox.put_back(db, one.id, send_after=now, is_repeat=one.edits is None)
        return len(lost)

    async def drain(self) -> Drained:
        """This function will send what is due and allowed right now: each chat in order, chats side by side."""
        now = await self._ground.clock.now()
        async with self._ground.store.transaction() as db:
            claimed = await outbox.claim_due(db, way=Way.TELEGRAM, now=now, most=BATCH)
        lines: dict[int, list[Waiting]] = {}
        for one in claimed:
            lines.setdefault(one.chat_id or 0, []).append(one)
        found = await asyncio.gather(*(self._line(chat_id, line, now=now) for chat_id, line in lines.items()))
        waits = [one.again_at for one in found if one.again_at is not None]
        return Drained(handled=sum(one.handled for one in found), again_at=min(waits, default=None))

    async def _line(self, chat_id: int, line: Sequence[Waiting], *, now: datetime) -> Drained:
        for handled, one in enumerate(line):
            free_at = self._ground.pacer.free_at(chat_id, now=now)
            if one.edits is None and free_at > now:
                async with self._ground.store.transaction() as db:
                    for later in line[handled:]:
                        await outbox.pace(db, later.id, send_after=free_at)
                return Drained(handled=handled, again_at=free_at)
            await self._send(one, now=now)
        return Drained(handled=len(line), again_at=None)

    async def _send(self, one: Waiting, *, now: datetime) -> None:
        if one.expires_at is not None and one.expires_at <= now:
            async with self._ground.store.transaction() as db:
                return await outbox.cancel(db, one.id, reason="expired")
        try:
            message_id = await self._left(one, now=now)
        except ChannelFault as fault:
            async with self._ground.store.transaction() as db:
                return await self._failed(self._ground.desk(db, now=now), one, fault)
        except Exception:  # a bug in one message must not keep the others from their readers
            log.exception("staff_message_broken", action="staff_message_broken", outbox=one.id, message=one.message)
            async with self._ground.store.transaction() as db:
                return await outbox.note_failed(db, one.id, code="broken")
        for old in await self._noted(one, message_id, now=now):
            await strip(self._channel, one.chat_id or 0, old)

    async def _noted(self, one: Waiting, message_id: int, *, now: datetime) -> tuple[int, ...]:
        """The message stands there; gives the older cards of the chat when it is a new one that takes over."""
        chat_id = one.chat_id or 0
        async with self._ground.store.transaction() as db:
            await outbox.note_sent(db, one.id, provider_id=str(message_id), now=now)
            if one.subject is None:
                return ()
            if one.subject.startswith(QUESTION_SUBJECT):
                await questions.note_message(db, int(one.subject.removeprefix(QUESTION_SUBJECT)), message_id)
                return ()
            await screens.show(db, chat_id=chat_id, message_id=message_id, subject=one.subject, now=now)
            if message_id == one.edits or not keyboards.takes_over(one.subject):
                return ()
            return await keyboards.put_away_others(db, chat_id, keep=message_id)

    async def _left(self, one: Waiting, *, now: datetime) -> int:
        message = self._message(one)
        if one.edits is not None and await self._channel.edit(one.edits, message) is not Edited.GONE:
            return one.edits
        self._ground.pacer.note_sent(message.chat_id, now=now)

        async def paper_left() -> None:
            async with self._ground.store.transaction() as db:
                await outbox.drop_attachment(db, one.id)

        return (await self._papers.send(message, one.attachment_id, left=paper_left)).message_id

    def _message(self, one: Waiting) -> OutMessage:
        drawn = Drawn(message=one.message, values=one.values, taps=one.taps)
        asks = not one.taps and one.subject is not None and one.subject.startswith(QUESTION_SUBJECT)
        message = out_message(one.chat_id or 0, drawn, language=one.language, asks=asks)
        if not one.is_repeat:
            return message
        return replace(message, text=f"{text_of('repeated', one.language, {})}\n{message.text}")

    async def _failed(self, desk: Desk, one: Waiting, fault: ChannelFault) -> None:
        log.info("staff_message_failed", action="staff_message_failed", outbox=one.id, fault=str(fault))
        chat_id = one.chat_id or 0
        if isinstance(fault, TooFast):
            self._ground.pacer.note_retry_after(fault.scope, chat_id, fault.retry_after_seconds, now=desk.now)
            wait = timedelta(seconds=fault.retry_after_seconds)
            return await outbox.pace(desk.db, one.id, send_after=desk.now + wait)
        if isinstance(fault, Migrated):
            await outbox.put_back(desk.db, one.id, send_after=desk.now)
            return await reach.group_moved(desk, old_chat_id=chat_id, new_chat_id=fault.new_chat_id)
        if isinstance(fault, Unreachable):
            await outbox.note_failed(desk.db, one.id, code="unreachable")
            return await reach.chat_gone(desk, chat_id)
        may_retry = isinstance(fault, Ambiguous) or (isinstance(fault, SendFailed) and fault.temporary)
        if may_retry and one.attempts < MOST_ATTEMPTS:
            repeats = isinstance(fault, Ambiguous) and one.edits is None
            return await outbox.put_back(desk.db, one.id, send_after=desk.now + RETRY * one.attempts, is_repeat=repeats)
        await outbox.note_failed(desk.db, one.id, code=type(fault).__name__)
