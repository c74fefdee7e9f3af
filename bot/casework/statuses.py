"""What the provider tells of a message to a customer: forward only, and what a failure means (10, G7, G18)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.casework import deliveries, notices, record
from bot.casework.deliveries import Left
from bot.casework.notices import Post
from bot.casework.reminders import REMINDER
from bot.events import StatusReported
from bot.reply import screen
from bot.turn import Desk
from sop.contact import Channel
from sop.follow_up import ChannelState, FollowUpState
from sop.outbox import LEFT, OutboxState
from sop.people import ConsentState, Role
from storage import customers, follow_ups, outbox_whatsapp
from storage.outbox import Waiting
from storage.outbox_whatsapp import Report

_STATES = {
    # Whatever the provider has taken has left us; it says so itself when it does not arrive.
    "accepted": OutboxState.SENT,
    "scheduled": OutboxState.SENT,
    "queued": OutboxState.SENT,
    "sending": OutboxState.SENT,
    "sent": OutboxState.SENT,
    "delivered": OutboxState.DELIVERED,
    "read": OutboxState.READ,
    "failed": OutboxState.FAILED,
    "undelivered": OutboxState.FAILED,
}
WRONG_NUMBER, OPTED_OUT = "wrong_number", "opted_out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """Why a message did not arrive: the provider's code, what that means, and whether an operator must look."""

    code: str
    verdict: str
    alarm: bool


async def note_status(desk: Desk, event: StatusReported) -> None:
    """This function will give a report its effect: late, twice and out of order it does no harm."""
    status = _STATES.get(event.status)
    if status is None:
        return
    told = Report(
        provider_id=event.provider_id,
        status=status,
        outbox_id=int(event.reference) if event.reference and event.reference.isdecimal() else None,
        code=None if event.error_code is None else str(event.error_code),
    )
    before = await outbox_whatsapp.report(desk.db, told, now=desk.now)
    if before is None:
        return
    if status in LEFT:
        await _note_arrival(desk, before, event)
        return
    if before.state is OutboxState.SENDING:  # the report was faster than our own answer; it left and failed
        await deliveries.note_contact(desk, deliveries.letter_of(before), _left(before, event))
    failure = Failure(code=told.code or event.status, verdict=event.verdict or "permanent", alarm=event.alarm)
    await note_failure(desk, before, failure)


async def note_failure(desk: Desk, one: Waiting, failure: Failure) -> None:
    """This function will draw the consequences of a failure: for the number, for the card, for the admins."""
    await record.note(
        desk, "message_failed", payer_id=one.payer_id, outbox=one.id, code=failure.code, verdict=failure.verdict
    )
    address = await _address(desk, one)
    if failure.verdict == OPTED_OUT and address is not None:
        how = f"provider:{failure.code}"
        await customers.set_consent(desk.db, address, ConsentState.WITHDRAWN, how=how, at=desk.now)
    if failure.verdict == WRONG_NUMBER and address is not None:
        await customers.mark_not_on_whatsapp(desk.db, address)
    if failure.alarm:
        await alarm(desk, failure.code)
    if one.follow_up_id is not None and one.message == REMINDER:
        card = await follow_ups.get(desk.db, one.follow_up_id)
        is_unseen = card.call is ChannelState.NONE and card.state in (FollowUpState.MACHINE, FollowUpState.DONE)
        if failure.verdict in (WRONG_NUMBER, OPTED_OUT) and is_unseen:
            called = {"call": ChannelState.DUE, "state": FollowUpState.OPEN}  # he is called instead
            await follow_ups.change(desk.db, card.id, **called)
            card = await follow_ups.get(desk.db, card.id)
        await deliveries.settle_card(desk, card, ChannelState.HELD, hold=_HOLDS.get(failure.verdict, "not_arrived"))


_HOLDS = {WRONG_NUMBER: "not_on_whatsapp", OPTED_OUT: "opted_out"}


async def alarm(desk: Desk, code: str) -> None:
    """This function will tell the admins once a day that the provider refuses us; without one the managers hear it."""
    key = f"whatsapp_alarm:{code}:{desk.day_in(None).isoformat()}"
    shown = screen("admin/whatsapp_alarm", code=code)
    await notices.tell_roles(desk, shown, Role.ADMIN, Role.MANAGER, post=Post(key=key))


async def _note_arrival(desk: Desk, before: Waiting, event: StatusReported) -> None:
    """The card is settled by whoever hears first that it left: our own answer, this report, or the list of messages."""
    if before.state is OutboxState.SENDING:
        await deliveries.note_left(desk, before, _left(before, event))
    elif before.state is OutboxState.UNKNOWN and before.follow_up_id is not None and before.message == REMINDER:
        card = await follow_ups.get(desk.db, before.follow_up_id)
        await deliveries.settle_card(desk, card, ChannelState.DONE)


def _left(before: Waiting, event: StatusReported) -> Left:
    return Left(channel=Channel.WHATSAPP, body=before.body or "", provider_id=event.provider_id)


async def _address(desk: Desk, one: Waiting) -> str | None:
    if one.contact_person_id is None:
        return None
    return (await customers.contact(desk.db, one.contact_person_id)).address
