"""Draining the staff's outbox: the most urgent first, in the pace Telegram allows, at least once, marked if repeated."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.channels.faults import Ambiguous, ChannelFault, Migrated, SendFailed, TooFast, Unreachable
from bot.channels.outgoing import Edited, OutMessage
from bot.channels.telegram import TelegramChannel
from bot.clock import Clock
from bot.delivery.telegram_text import out_message
from bot.pacing import Pacer
from bot.render import text_of
from sop.outbox import Way
from storage import Database, Store, outbox, people, screens
from storage.outbox import Waiting

log = structlog.get_logger()

BATCH = 30
RETRY = timedelta(seconds=5)
MOST_ATTEMPTS = 8

Gone = Callable[[Database, int, datetime], Awaitable[None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Drained:
    """How many messages were handled, and when the next one may leave (none: nothing waits)."""

    handled: int
    again_at: datetime | None


class TelegramOutbox:
    """Sends what waits for the staff. Only the holder of the sender's lease may drain."""

    def __init__(
        self, *, channel: TelegramChannel, store: Store, clock: Clock, pacer: Pacer, when_gone: Gone
    ) -> None:
        self._channel = channel
        self._store = store
        self._clock = clock
        self._pacer = pacer
        self._when_gone = when_gone  # somebody cannot be reached any more: the managers hear of it

    async def recover(self) -> int:
        """This function will queue again what was being sent when a process died; such a message may be a repeat."""
        now = await self._clock.now()
        async with self._store.transaction() as db:
            lost = await outbox.cut_off(db, way=Way.TELEGRAM, now=now)
            for one in lost:
                await outbox.put_back(db, one.id, send_after=now, is_repeat=one.edits is None)
        return len(lost)

    async def drain(self) -> Drained:
        """This function will send what is due and allowed right now."""
        now = await self._clock.now()
        async with self._store.transaction() as db:
            claimed = await outbox.claim_due(db, way=Way.TELEGRAM, now=now, most=BATCH)
        handled, again_at = 0, None
        for one in claimed:
            free_at = self._pacer.free_at(one.chat_id or 0, now=now)
            if one.edits is None and free_at > now:
                async with self._store.transaction() as db:
                    await outbox.put_back(db, one.id, send_after=free_at)
                again_at = free_at if again_at is None else min(again_at, free_at)
                continue
            await self._send(one, now)
            handled += 1
        return Drained(handled=handled, again_at=again_at)

    async def _send(self, one: Waiting, now: datetime) -> None:
        try:
            message_id = await self._left(one, now)
        except ChannelFault as fault:
            async with self._store.transaction() as db:
                await self._failed(db, one, fault, now)
            return
        async with self._store.transaction() as db:
            await outbox.note_sent(db, one.id, provider_id=str(message_id), now=now)
            if one.subject is not None:
                chat_id = one.chat_id or 0
                await screens.show(db, chat_id=chat_id, message_id=message_id, subject=one.subject, now=now)

    async def _left(self, one: Waiting, now: datetime) -> int:
        message = self._message(one)
        if one.edits is not None:
            if await self._channel.edit(one.edits, message) is not Edited.GONE:
                return one.edits
        self._pacer.note_sent(message.chat_id, now=now)
        return (await self._channel.send(message)).message_id

    def _message(self, one: Waiting) -> OutMessage:
        message = out_message(one.chat_id or 0, one.message, one.values, one.taps, language=one.language)
        if not one.is_repeat:
            return message
        return replace(message, text=f"{text_of('repeated', one.language, {})}\n{message.text}")

    async def _failed(self, db: Database, one: Waiting, fault: ChannelFault, now: datetime) -> None:
        log.info("staff_message_failed", action="staff_message_failed", outbox=one.id, fault=str(fault))
        if isinstance(fault, TooFast):
            self._pacer.note_retry_after(fault.scope, one.chat_id or 0, fault.retry_after_seconds, now=now)
            return await outbox.put_back(db, one.id, send_after=now + timedelta(seconds=fault.retry_after_seconds))
        if isinstance(fault, Migrated):
            return await self._moved(db, one, fault.new_chat_id, now)
        if isinstance(fault, Unreachable):
            await outbox.note_failed(db, one.id, code="unreachable")
            return await self._when_gone(db, one.chat_id or 0, now)
        may_retry = isinstance(fault, Ambiguous) or (isinstance(fault, SendFailed) and fault.temporary)
        if may_retry and one.attempts < MOST_ATTEMPTS:
            repeats = isinstance(fault, Ambiguous) and one.edits is None
            return await outbox.put_back(db, one.id, send_after=now + RETRY * one.attempts, is_repeat=repeats)
        await outbox.note_failed(db, one.id, code=type(fault).__name__)

    async def _moved(self, db: Database, one: Waiting, new_chat_id: int, now: datetime) -> None:
        """A group became a supergroup: everything that waits for it follows, this message too."""
        old_chat_id = one.chat_id or 0
        await people.move_group(db, old_chat_id=old_chat_id, new_chat_id=new_chat_id)
        await screens.forget_chat(db, old_chat_id)
        await outbox.put_back(db, one.id, send_after=now)
        await outbox.move_chat(db, old_chat_id=old_chat_id, new_chat_id=new_chat_id)
