"""What becomes of a message to a customer, on his payer's card and in the evidence (sections 2, 6, 7; 000-VI.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.casework import letter_checks, record
from bot.casework.guarding import Drop, Wait
from bot.casework.reminders import REMINDER, Words
from bot.render import CustomerText
from bot.turn import Desk
from sop.contact import Channel, Direction
from sop.follow_up import ChannelState, FollowUp, FollowUpState, StepState, is_complete
from sop.guard import MessageKind
from sop.ladder import Step, channels
from storage import customers, follow_ups, invoices, outbox, outbox_whatsapp, outcomes
from storage.outbox import Waiting
from storage.outbox_whatsapp import BY_HAND
from storage.outcomes import CHASED, NewContact

ASK_AGAIN = timedelta(minutes=30)  # what waits for an event is asked about again
BY_HAND_DAYS = 2  # a confirmation that nobody sent by then is no news any more

_RESULTS = {MessageKind.CHASE: CHASED, MessageKind.LAST_WORD: "last_word"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """How a message left: through which channel, in which words, and by whom (none: the machine).

    `template` and its version name the source of the words (13); none when the process died before it could say.
    """

    channel: Channel
    body: str
    template: str | None = None
    template_version: str | None = None
    person_id: int | None = None
    provider_id: str | None = None


def left_as(channel: Channel, text: CustomerText, *, person_id: int | None = None, by: str | None = None) -> Left:
    """This function will say how these words left; `by` is the provider's number."""
    source = {"template": text.message, "template_version": text.version}
    return Left(channel=channel, body=text.body, person_id=person_id, provider_id=by, **source)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What was said to whom; `outbox_id` none: it never waited in the outbox."""

    kind: MessageKind
    message: str
    payer_id: int | None
    follow_up_id: int | None
    outbox_id: int | None = None


def letter_of(one: Waiting) -> Letter:
    return Letter(
        kind=one.kind,
        message=one.message,
        payer_id=one.payer_id,
        follow_up_id=one.follow_up_id,
        outbox_id=one.id,
    )


async def note_left(desk: Desk, one: Waiting, left: Left) -> None:
    """This function will record a message that left, or may have left: the contact, the proof, the card."""
    await note_contact(desk, letter_of(one), left)
    if one.message == letter_checks.MESSAGE:
        await letter_checks.note_left(desk, one, how=letter_checks.BY_MACHINE)
    if one.follow_up_id is not None and one.message == REMINDER:
        card = await follow_ups.get(desk.db, one.follow_up_id)
        await settle_card(desk, card, ChannelState.DONE)


async def note_contact(desk: Desk, one: Letter, left: Left) -> None:
    """This function will write down that something left for a payer; it counts against the caps (G5)."""
    if one.payer_id is None:
        return
    contact = NewContact(
        payer_id=one.payer_id,
        channel=left.channel,
        direction=Direction.OUT,
        result=_RESULTS.get(one.kind, "service"),
        is_answer=False,
        follow_up_id=one.follow_up_id,
        person_id=left.person_id,
        details={"outbox": one.outbox_id, "message": one.message},
    )
    await outcomes.add_contact(desk.db, contact, at=desk.now)
    said = {
        "outbox": one.outbox_id,
        "message": one.message,
        "template": left.template,
        "template_version": left.template_version,
        "text": left.body,
        "provider_id": left.provider_id,
    }
    await record.note(desk, "message_left", payer_id=one.payer_id, channel=left.channel, **said)


async def note_wait(desk: Desk, one: Waiting, wait: Wait) -> None:
    """This function will hold a message back until it may leave, or is asked about again, and say why on the card."""
    until = wait.until or desk.now + ASK_AGAIN
    if one.expires_at is not None:
        until = min(until, max(one.expires_at, desk.now))
    await outbox.hold_back(desk.db, one.id, reason=wait.reason, until=until)
    if one.hold_reason != wait.reason:
        await _note_block(desk, one, "message_held", wait)
    if one.follow_up_id is not None and one.message == REMINDER:
        await follow_ups.change(desk.db, one.follow_up_id, message_hold=wait.reason)


async def note_drop(desk: Desk, one: Waiting, drop: Drop) -> None:
    """This function will cancel a message that must not leave any more; the step counts as held with that reason."""
    await outbox.cancel(desk.db, one.id, reason=drop.reason)
    await _note_block(desk, one, "message_cancelled", drop)
    if one.follow_up_id is not None and one.message == REMINDER:
        card = await follow_ups.get(desk.db, one.follow_up_id)
        await settle_card(desk, card, ChannelState.HELD, hold=drop.reason)


def has_expired(one: Waiting, *, now: datetime) -> bool:
    return one.expires_at is not None and one.expires_at <= now


async def settle_card(desk: Desk, card: FollowUp, state: ChannelState, *, hold: str | None = None) -> None:
    """This function will close the message of a card, and the card when that was the last thing it asked for (2)."""
    values: dict[str, object] = {"message": state, "message_hold": hold}
    either = channels(card.step, has_consequence_clause=False, policy=desk.policy).either
    if state is ChannelState.DONE and either and card.call is ChannelState.DUE:
        values["call"] = ChannelState.HELD  # one of the two completes the step (000-IV.A.1)
    await follow_ups.change(desk.db, card.id, **values)
    now_is = await follow_ups.get(desk.db, card.id)
    if not is_complete(now_is) or card.state not in (FollowUpState.OPEN, FollowUpState.MACHINE):
        return
    done = ChannelState.DONE in (now_is.message, now_is.call)
    await follow_ups.change(desk.db, card.id, state=FollowUpState.DONE, finished_at=desk.now, return_at=None)
    await follow_ups.finish_steps(desk.db, now_is, StepState.DONE if done else StepState.HELD, now=desk.now)


async def leave_to_collector(desk: Desk, one: Waiting) -> None:
    """This function will offer a message to the collector, to be sent by hand: on the payer's card, made if none."""
    if one.message == REMINDER and one.follow_up_id is not None:
        await outbox.cancel(desk.db, one.id, reason=BY_HAND)
        by_hand = {"message": ChannelState.BY_HAND, "message_hold": None, "state": FollowUpState.OPEN}
        await follow_ups.change(desk.db, one.follow_up_id, **by_hand)
        return
    if one.created_at + timedelta(days=BY_HAND_DAYS) <= desk.now:
        return await note_drop(desk, one, Drop(reason="expired", rule="7"))
    zone = None if one.payer_id is None else (await customers.of_payer(desk.db, one.payer_id))[0].zone
    await outbox.hold_back(desk.db, one.id, reason=BY_HAND, until=_next_plan(desk, zone))
    if one.payer_id is not None:
        await _card_for(desk, one.payer_id, today=desk.day_in(zone))


async def note_words(desk: Desk, one: Waiting, words: Words) -> None:
    """This function will keep the exact words and the recipient before anything leaves (000-VI.2)."""
    body = words.text.body
    await outbox_whatsapp.note_recipient(desk.db, one.id, contact_person_id=words.contact.id, body=body)


def _next_plan(desk: Desk, zone: str | None) -> datetime:
    """Tomorrow's plan may have no card for him: then one is made for what he has still not been sent."""
    tomorrow = desk.local(zone) + timedelta(days=1)
    hour = desk.policy.ladder.planned_at
    return tomorrow.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)


async def _card_for(desk: Desk, payer_id: int, *, today: date) -> None:
    if await follow_ups.find_on(desk.db, payer_id, today) is not None:
        return
    from_step = (await follow_ups.latest_steps(desk.db, payer_id)).values()
    collectors = await invoices.collectors_of(desk.db, payer_id)
    values = {
        "payer_id": payer_id,
        "planned_on": today,
        "step": max(from_step, key=lambda step: step.rank, default=Step.H_MINUS_7),
        "collector_id": next(iter(collectors), None),
        "state": FollowUpState.OPEN,
        "call": ChannelState.NONE,
        "message": ChannelState.BY_HAND,
        "policy_version": desk.policy.version,
    }
    await follow_ups.add(desk.db, values)


async def _note_block(desk: Desk, one: Waiting, kind: str, why: Wait | Drop) -> None:
    until = why.until.astimezone(desk.local(None).tzinfo) if isinstance(why, Wait) and why.until else None
    details = {"outbox": one.id, "message": one.message, "reason": why.reason, "rule": why.rule, "until": until}
    await record.note(desk, kind, payer_id=one.payer_id, **details)
