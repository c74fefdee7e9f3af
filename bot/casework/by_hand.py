"""Messages that a collector sends himself through WhatsApp: offered, served in a row, recorded (section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.buttons import NextToSend, StartCards
from bot.casework import cases, deliveries, letter_checks, record, reminders
from bot.casework.deliveries import Letter, left_as, letter_of
from bot.casework.guarding import Drop, Wait
from bot.casework.reminders import NOT_REPLIED, Words
from bot.reply import Screen, screen, tap
from bot.screens.card import ByHand, by_hand_rows
from bot.turn import Desk, Turn
from sop.case import Case
from sop.contact import Channel, Direction
from sop.follow_up import ChannelState, FollowUp
from sop.outbox import Way
from sop.refusal import Refused
from storage import agenda, follow_ups, outbox, outbox_whatsapp, outcomes
from storage.outbox import Waiting
from storage.outcomes import NewContact

BATCH = 50
BATCH_SUBJECT = "to_send:"


class AlreadySent(Refused):
    """This message was sent before, or nothing is left to send."""

    message: ClassVar[str] = "collector/refused_already_sent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """Guard or holds stop a message now: why, and when it may go on the collector's clock (ISO; empty: not known)."""

    reason: str
    until: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """One message to be sent by hand; `one` none: the day's reminder of the card."""

    card: FollowUp
    case: Case
    one: Waiting | None


async def offer_due(desk: Desk) -> int:
    """This function will offer to collectors what the machine would send, where it sends nothing (link mode)."""
    if desk.company.whatsapp_mode != "link":
        return 0
    due = await outbox.claim_due(desk.db, way=Way.WHATSAPP, now=desk.now, most=BATCH)
    for one in due:
        await deliveries.leave_to_collector(desk, one)
    return len(due)


async def pending(turn: Turn, follow_up_id: int, outbox_id: int) -> Pending:
    """This function will load what a press is about. Raises NotFound (another's card) or AlreadySent."""
    card = await follow_ups.visible(turn.db, follow_up_id, actor=turn.actor, for_update=True)
    case = await cases.load(turn, card.payer_id)
    if outbox_id == 0:
        if card.message is not ChannelState.BY_HAND:
            raise AlreadySent()
        return Pending(card=card, case=case, one=None)
    one = await outbox_whatsapp.find_offered(turn.db, outbox_id)
    if one is None or one.payer_id != card.payer_id:
        raise AlreadySent()
    return Pending(card=card, case=case, one=one)


async def note_sent(turn: Turn, sent: Pending) -> Stopped | None:
    """This function will record what the collector sent, if it may leave now; what stops it is recorded too (7)."""
    words = await _words(turn, sent)
    if not isinstance(words, Words):
        return await _note_stopped(turn, sent, words)
    left = left_as(Channel.WHATSAPP_BY_HAND, words.text, person_id=turn.actor.id)
    if sent.one is not None:
        await outbox_whatsapp.note_by_hand(turn.db, sent.one.id, body=words.text.body, now=turn.now)
        await deliveries.note_contact(turn, letter_of(sent.one), left)
        if sent.one.message == letter_checks.MESSAGE:
            await letter_checks.note_left(turn, sent.one, how=letter_checks.BY_HAND)
        await close_if_empty(turn, sent.card)
        return None
    reminder = Letter(
        kind=words.kind, message=words.text.message, payer_id=sent.card.payer_id, follow_up_id=sent.card.id
    )
    await deliveries.note_contact(turn, reminder, left)
    await deliveries.settle_card(turn, sent.card, ChannelState.DONE)
    return None


async def note_replied(turn: Turn, asked: Pending, *, has_replied: bool) -> None:
    """This function will record whether the earlier message was answered; if so the second touch is needless."""
    if not has_replied:
        await follow_ups.change(turn.db, asked.card.id, message_hold=NOT_REPLIED)
        return
    heard = NewContact(
        payer_id=asked.card.payer_id,
        channel=Channel.WHATSAPP_BY_HAND,
        direction=Direction.IN,
        result="wrote",
        is_answer=True,
        follow_up_id=asked.card.id,
        person_id=turn.actor.id,
    )
    await outcomes.add_contact(turn.db, heard, at=turn.now)
    if asked.card.call is ChannelState.DUE:
        await follow_ups.change(turn.db, asked.card.id, call=ChannelState.HELD)
    await deliveries.settle_card(turn, asked.card, ChannelState.HELD, hold="replied")


async def next_to_send(turn: Turn, *, after_id: int) -> Screen:
    """This function will show the next message that may be sent by hand, in the day's order; held ones are passed."""
    waiting = await agenda.to_send_by_hand(turn.db, turn.actor.id)
    position = next((place for place, card in enumerate(waiting, start=1) if card.id == after_id), 0)
    for card in (*waiting[position:], *waiting[:position]):
        case = await cases.load(turn, card.payer_id)
        by_hand = await reminders.by_hand(turn, case, card)
        if by_hand is not None and (by_hand.link is not None or by_hand.asks_reply):
            return _shown(card, case, by_hand, left=len(waiting))
    return screen("collector/all_sent", (tap("start", StartCards()),), held=len(waiting))


async def shown_again(turn: Turn, follow_up_id: int) -> Screen:
    """This function will show the message of a card as it is now; what was sent meanwhile gives way to the next one."""
    card = await follow_ups.visible(turn.db, follow_up_id, actor=turn.actor)
    case = await cases.load(turn, card.payer_id)
    by_hand = await reminders.by_hand(turn, case, card)
    if by_hand is None:
        return await next_to_send(turn, after_id=follow_up_id)
    return _shown(card, case, by_hand, left=len(await agenda.to_send_by_hand(turn.db, turn.actor.id)))


def is_batch(subject: str | None) -> bool:
    """This function will say whether a message shows the batch list."""
    return subject is not None and subject.startswith(BATCH_SUBJECT)


async def close_if_empty(desk: Desk, card: FollowUp) -> None:
    """This function will close a card that was made only for messages, when none of them is left."""
    if card.message is not ChannelState.BY_HAND or card.message_step is not None:
        return
    if not await outbox_whatsapp.offered(desk.db, [card.payer_id]):
        await deliveries.settle_card(desk, card, ChannelState.DONE)


async def _note_stopped(turn: Turn, sent: Pending, why: Wait | Drop) -> Stopped:
    until = "" if isinstance(why, Drop) or why.until is None else turn.at_place(why.until).isoformat()
    told = {"outbox": None if sent.one is None else sent.one.id, "reason": why.reason, "rule": why.rule, "until": until}
    await record.note(turn, "message_stopped", payer_id=sent.card.payer_id, **told)
    return Stopped(reason=why.reason, until=until)


async def _words(turn: Turn, sent: Pending) -> reminders.Answer:
    if sent.one is not None:
        return await reminders.words_of(turn, sent.case, sent.one, by_machine=False)
    return await reminders.of_card(turn, sent.case, sent.card, by_machine=False)


def _shown(card: FollowUp, case: Case, by_hand: ByHand, *, left: int) -> Screen:
    contact = case.contact
    later = (tap("next_message", NextToSend(card.id)),) if left > 1 else ()
    return screen(
        "collector/to_send",
        *by_hand_rows(card.id, by_hand),
        later,
        (tap("start", StartCards()),),
        subject=f"{BATCH_SUBJECT}{card.id}",
        left=left,
        payer=case.name,
        contact=None if contact is None else {"name": contact.name, "address": contact.address},
        asks_reply=by_hand.asks_reply,
        held=by_hand.held,
        until=by_hand.until,
    )
