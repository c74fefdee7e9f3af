"""Draining what goes to customers: at most once, asked of guard and holds right before, never repeated blindly.

Claimed (SENDING, leased) and decided in one transaction, sent without one, marked in another. Whatever happens in
between leaves a row that says so: a crash or a time-out makes it UNKNOWN, and `bot.delivery.whatsapp_news` asks Twilio.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.casework import cases, deliveries, reminders, statuses
from bot.casework.deliveries import Left, left_as
from bot.casework.guarding import Drop, Wait
from bot.casework.reminders import Words
from bot.casework.statuses import Failure
from bot.channels.content import VariablesWrong
from bot.channels.faults import Ambiguous, ChannelFault, Misconfigured, Rejected, SendFailed, TooFast
from bot.channels.outgoing import Sent
from bot.channels.signature import signed_reference
from bot.channels.whatsapp import WhatsAppChannel
from bot.delivery import media
from bot.delivery.ground import Ground
from bot.turn import Desk
from bot.web import STATUS_PATH, Paper
from sop.contact import Channel
from sop.guard import MessageKind
from sop.outbox import Way
from storage import content, customers, outbox
from storage.outbox import Waiting

log = structlog.get_logger()

BATCH = 20
RETRY = timedelta(minutes=1)
MOST_ATTEMPTS = 6
BROKEN_ACCOUNT_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Our side: the sending address, and where reports come back (none: they are fetched)."""

    address: str
    public_url: str | None
    token: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    """A message that may leave: as an approved template, or as free text inside the 24-hour window."""

    one: Waiting
    words: Words
    content_sid: str | None
    variables: Mapping[str, str]


class WhatsAppOutbox:
    """Sends what waits for customers. Only the holder of the sender's lease may drain."""

    def __init__(self, *, channel: WhatsAppChannel, ground: Ground, sender: Sender) -> None:
        self._channel = channel
        self._ground = ground
        self._sender = sender

    async def recover(self) -> int:
        """This function will take over what was being sent when a process died: nobody knows whether it left."""
        now = await self._ground.clock.now()
        async with self._ground.store.transaction() as db:
            lost = await outbox.cut_off(db, way=Way.WHATSAPP, now=now)
            for one in lost:
                body = (await outbox.get(db, one.id)).body or ""
                await self._unknown(self._ground.desk(db, now=now), one, Left(channel=Channel.WHATSAPP, body=body))
        return len(lost)

    async def drain(self) -> int:
        """This function will send what is due and allowed right now; gives how many messages it has dealt with."""
        now = await self._ground.clock.now()
        if self._ground.pacer.free_at(self._sender.address, now=now) > now:
            return 0
        async with self._ground.store.transaction() as db:
            claimed = await outbox.claim_due(db, way=Way.WHATSAPP, now=now, most=BATCH)
            ready = await self._decided(self._ground.desk(db, now=now), claimed)
        await asyncio.gather(*(self._send(one, now=now) for one in ready))
        return len(claimed)

    async def _decided(self, desk: Desk, claimed: list[Waiting]) -> list[_Ready]:
        ready: list[_Ready] = []
        payers: set[int | None] = set()
        for one in claimed:
            if one.payer_id in payers:  # the caps are counted when the first one has left
                await outbox.put_back(desk.db, one.id, send_after=desk.now)
                continue
            may_leave = await self._ready(desk, one)
            if may_leave is not None:
                payers.add(one.payer_id)
                ready.append(may_leave)
        return ready

    async def _ready(self, desk: Desk, one: Waiting) -> _Ready | None:
        if one.payer_id is None or deliveries.has_expired(one, now=desk.now):
            await deliveries.note_drop(desk, one, Drop(reason=one.hold_reason or "expired", rule="2.5"))
            return None
        case = await cases.load(desk, one.payer_id)
        answer = await reminders.words_of(desk, case, one, by_machine=True)
        if isinstance(answer, Wait):
            await deliveries.note_wait(desk, one, answer)
            return None
        if isinstance(answer, Drop):
            await deliveries.note_drop(desk, one, answer)
            return None
        source, variables = media.template_of(desk, one, answer.text, token=self._sender.token)
        content_sid = await content.approved_sid(desk.db, source.message, source.language, source.version)
        if content_sid is None and not await _window_is_open(desk, one):
            await deliveries.leave_to_collector(desk, one)
            return None
        await deliveries.note_words(desk, one, answer)
        return _Ready(one=one, words=answer, content_sid=content_sid, variables=variables)

    async def _send(self, ready: _Ready, *, now: datetime) -> None:
        try:
            sent = await self._left(ready, now=now)
        except (ChannelFault, VariablesWrong) as fault:
            log.info("customer_message_failed", action="customer_message_failed", outbox=ready.one.id, fault=str(fault))
            async with self._ground.store.transaction() as db:
                await self._failed(self._ground.desk(db, now=now), ready, fault)
            return
        async with self._ground.store.transaction() as db:
            desk = self._ground.desk(db, now=now)
            if await outbox.note_sent(db, ready.one.id, provider_id=sent.provider_id, now=now):
                left = left_as(Channel.WHATSAPP, ready.words.text, by=sent.provider_id)
                await deliveries.note_left(desk, ready.one, left)

    async def _left(self, ready: _Ready, *, now: datetime) -> Sent:
        self._ground.pacer.note_sent(self._sender.address, now=now)
        to, text, callback = ready.words.contact.address, ready.words.text, self._callback(ready.one)
        if ready.content_sid is None:
            return await self._channel.send_text(to, text.body, status_callback=callback)
        return await self._channel.send_template(to, ready.content_sid, ready.variables, status_callback=callback)

    async def find_paper(self, signed: str) -> Paper | None:
        """This function will give the paper behind an address that we signed."""
        return await media.find_paper(self._ground, signed, token=self._sender.token)

    def _callback(self, one: Waiting) -> str | None:
        if self._sender.public_url is None:
            return None
        reference = signed_reference(str(one.id), token=self._sender.token)
        return f"{self._sender.public_url.rstrip('/')}{STATUS_PATH}?ref={reference}"

    async def _failed(self, desk: Desk, ready: _Ready, fault: Exception) -> None:
        one = ready.one
        if isinstance(fault, Ambiguous):
            return await self._unknown(desk, one, left_as(Channel.WHATSAPP, ready.words.text))
        if isinstance(fault, TooFast):
            self._ground.pacer.note_retry_after(
                fault.scope, self._sender.address, fault.retry_after_seconds, now=desk.now
            )
            wait = timedelta(seconds=fault.retry_after_seconds)
            return await outbox.put_back(desk.db, one.id, send_after=desk.now + wait)
        if isinstance(fault, Misconfigured):
            await statuses.alarm(desk, str(fault.code or "login"))
            return await outbox.put_back(desk.db, one.id, send_after=desk.now + BROKEN_ACCOUNT_WAIT)
        if isinstance(fault, SendFailed) and fault.temporary and one.attempts < MOST_ATTEMPTS:
            return await outbox.put_back(desk.db, one.id, send_after=desk.now + RETRY * 2**one.attempts)
        failure = _failure_of(fault)
        await outbox.note_failed(desk.db, one.id, code=failure.code)
        await statuses.note_failure(desk, one, failure)

    async def _unknown(self, desk: Desk, one: Waiting, left: Left) -> None:
        """It may have left: that counts as a contact, and is asked about."""
        if await outbox.note_unknown(desk.db, one.id):
            await deliveries.note_contact(desk, deliveries.letter_of(one), left)


async def _window_is_open(desk: Desk, one: Waiting) -> bool:
    """Within 24 hours of the customer's own message free text may go, but no chasing (6, 10)."""
    if one.kind is MessageKind.CHASE or one.payer_id is None:
        return False
    wrote_at = await customers.wrote_at(desk.db, one.payer_id)
    hours = timedelta(hours=desk.policy.inbound.free_reply_hours)
    return wrote_at is not None and desk.now < wrote_at + hours


def _failure_of(fault: Exception) -> Failure:
    if isinstance(fault, Rejected):
        return Failure(code=str(fault.code), verdict=fault.verdict.value, alarm=fault.alarm)
    code = str(getattr(fault, "code", None) or type(fault).__name__)
    return Failure(code=code, verdict="permanent", alarm=True)
