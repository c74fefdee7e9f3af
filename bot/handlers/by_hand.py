"""Sending by hand: one message on its card, or many in a row; each is checked again when it was sent (section 7)."""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import AnswerReplied, MarkSent, NextToSend
from bot.casework import by_hand, cards, digest
from bot.reply import Reply, Screen, toast
from bot.turn import Turn
from sop.follow_up import may_be_worked
from storage import follow_ups, screens


async def send_next(pressed: NextToSend, turn: Turn) -> Reply:
    """`Kirim WA (n)` and `Berikutnya`: the messages to be sent by hand, one after the other."""
    await digest.note_opened(turn)
    return Reply(screen=await by_hand.next_to_send(turn, after_id=pressed.after_id))


async def mark_sent(pressed: MarkSent, turn: Turn) -> Reply:
    """`Sudah dikirim`: guard and holds are asked again; then the contact is recorded and the message is done."""
    sent = await by_hand.pending(turn, pressed.follow_up_id, pressed.outbox_id)
    stopped = await by_hand.note_sent(turn, sent)
    if stopped is not None:
        said = toast("collector/refused_message_held", reason=stopped.reason, until=stopped.until)
        return replace(said, screen=await _as_it_is(turn, pressed.follow_up_id))
    return Reply(screen=await _after(turn, pressed.follow_up_id), toast="collector/sent_toast")


async def answer_replied(pressed: AnswerReplied, turn: Turn) -> Reply:
    """`Sudah dibalas` makes the second touch needless; `Belum` brings the message to send."""
    asked = await by_hand.pending(turn, pressed.follow_up_id, 0)
    await by_hand.note_replied(turn, asked, has_replied=pressed.has_replied)
    if pressed.has_replied:
        return Reply(screen=await _after(turn, pressed.follow_up_id), toast="collector/recorded_toast")
    return Reply(screen=await _as_it_is(turn, pressed.follow_up_id))


async def redraw_to_send(follow_up_id: int, turn: Turn) -> Reply:
    return Reply(screen=await by_hand.shown_again(turn, follow_up_id))


async def _after(turn: Turn, follow_up_id: int) -> Screen:
    """In the batch list the next message; on a card the card, or the next one when nothing is left to do on it."""
    if await _is_batch(turn):
        return await by_hand.next_to_send(turn, after_id=follow_up_id)
    return await _card(turn, follow_up_id)


async def _as_it_is(turn: Turn, follow_up_id: int) -> Screen:
    if await _is_batch(turn):
        return await by_hand.shown_again(turn, follow_up_id)
    return await _card(turn, follow_up_id)


async def _card(turn: Turn, follow_up_id: int) -> Screen:
    card = await follow_ups.visible(turn.db, follow_up_id, actor=turn.actor)
    if may_be_worked(card):
        return await cards.shown(turn, card, zone=turn.actor.zone)
    return await cards.next_card(turn)


async def _is_batch(turn: Turn) -> bool:
    if turn.message_id is None:
        return False
    return by_hand.is_batch(await screens.subject_of(turn.db, chat_id=turn.chat_id, message_id=turn.message_id))
