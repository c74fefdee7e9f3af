"""Asking Twilio what it does not tell by itself: customers' messages, the fate of ours, unknown outcomes (10)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.casework import statuses
from bot.casework.statuses import Failure
from bot.channels.faults import ChannelFault
from bot.channels.whatsapp import ListedMessage, WhatsAppChannel
from bot.delivery.ground import Ground
from bot.delivery.whatsapp_outbox import Sender
from bot.events import Event, StatusReported
from sop.outbox import OutboxState, Way
from storage import customers, marks, outbox, outbox_whatsapp
from storage.outbox import Waiting

log = structlog.get_logger()

HEARD = "whatsapp_heard"
OVERLAP = timedelta(minutes=2)  # Twilio's clock is not ours
FIRST_LOOK = timedelta(minutes=10)
RECENT = timedelta(hours=1)  # most reports come soon ...
OLD, LOOK_FAR_EVERY = timedelta(hours=24), timedelta(hours=1)  # ... the rest is looked for once an hour
GIVE_UP = timedelta(minutes=10)  # an unknown message that Twilio does not list by then never arrived


class WhatsAppNews:
    """Brings by asking what a webhook would have brought; the inbox passes over what is known."""

    def __init__(
        self,
        *,
        channel: WhatsAppChannel,
        ground: Ground,
        sender: Sender,
        take: Callable[[Event], Awaitable[None]],
    ) -> None:
        self._channel = channel
        self._ground = ground
        self._sender = sender
        self._take = take
        self._known: set[str] = set()
        self._looked_far_at: datetime | None = None

    async def fetch(self) -> int:
        """This function will ask for everything new and give how much there was; a fault of Twilio's is for later."""
        try:
            found = await self._resolve()
            if self._sender.public_url is not None:
                return found
            return found + await self._inbound() + await self._reports()
        except ChannelFault as fault:
            log.warning("whatsapp_unheard", action="whatsapp_unheard", fault=str(fault))
            return 0

    async def _inbound(self) -> int:
        now = await self._ground.clock.now()
        async with self._ground.store.transaction() as db:
            heard_at = await marks.moment(db, HEARD)
        written = await self._channel.inbound_since((heard_at or now - FIRST_LOOK) - OVERLAP)
        new = [one for one in written if one.external_id not in self._known]
        for one in new:
            await self._take(one)
            self._known.add(one.external_id)
        async with self._ground.store.transaction() as db:
            await marks.note_moment(db, HEARD, at=now)
        return len(new)

    async def _reports(self) -> int:
        now = await self._ground.clock.now()
        looks_far = self._looked_far_at is None or not now - LOOK_FAR_EVERY < self._looked_far_at <= now
        since = now - (OLD if looks_far else RECENT)
        async with self._ground.store.transaction() as db:
            if not await outbox_whatsapp.unsettled(db, since=since):
                return 0
        listed = await self._channel.listed(since=since, from_=self._sender.address)
        if looks_far:
            self._looked_far_at = now
        return sum([await self._told(one.report()) for one in reversed(listed) if one.direction == "outbound"])

    async def _told(self, report: StatusReported) -> int:
        if report.external_id in self._known:
            return 0
        await self._take(report)
        self._known.add(report.external_id)
        return 1

    async def _resolve(self) -> int:
        """Find what may or may not have left in Twilio's own list; what is not there after a while never arrived."""
        async with self._ground.store.transaction() as db:
            unknown = await outbox.in_state(db, OutboxState.UNKNOWN, way=Way.WHATSAPP)
        return sum([await self._resolved(one) for one in unknown])

    async def _resolved(self, one: Waiting) -> int:
        now = await self._ground.clock.now()
        async with self._ground.store.transaction() as db:
            contact = await customers.contact(db, one.contact_person_id or 0)
            tried_at = (await outbox_whatsapp.leased_until(db, one.id) or now) - outbox.LEASE
        listed = await self._channel.listed(since=tried_at - OVERLAP, to=contact.address)
        found = await self._find(one, listed)
        async with self._ground.store.transaction() as db:
            desk = self._ground.desk(db, now=now)
            if found is not None:
                told = found.report()
                await statuses.note_status(desk, _referring(told, one))
                return 1
            if now < tried_at + GIVE_UP:
                return 0
            await outbox.note_failed(db, one.id, code="never_arrived")
            await statuses.note_failure(desk, one, Failure(code="never_arrived", verdict="permanent", alarm=False))
        return 1

    async def _find(self, one: Waiting, listed: Sequence[ListedMessage]) -> ListedMessage | None:
        """By its words; a message that is another row's already is not this one."""
        words = _plain(one.body or "")
        for each in reversed(listed):
            if each.direction == "outbound" and _plain(each.body) == words:
                async with self._ground.store.transaction() as db:
                    if not await outbox_whatsapp.is_known(db, each.provider_id):
                        return each
        return None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _referring(told: StatusReported, one: Waiting) -> StatusReported:
    return StatusReported(
        provider_id=told.provider_id,
        status=told.status,
        reference=str(one.id),
        error_code=told.error_code,
        verdict=told.verdict,
        alarm=told.alarm,
    )
