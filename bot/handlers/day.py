"""The collector's day: tasks, cards one after the other, and the outcomes that need no more than a tap (section 3)."""

from __future__ import annotations

from bot.buttons import ChooseOutcome, ListCards, NoAnswer, OpenCard, ShowOthers, SkipCard, StartCards
from bot.casework import cards, outcomes
from bot.events import CommandGiven
from bot.reply import Reply, in_columns, screen, tap
from bot.screens.card import subject_of
from bot.turn import Turn
from sop.hours import instant_of
from sop.outcomes import NoAnswerReason, Outcome, returns_at
from storage import follow_ups

PAGE = 10


async def show_tasks(given: CommandGiven, turn: Turn) -> Reply:
    """`/tugas`: the day's summary with `Mulai` and `Daftar`."""
    waiting = await follow_ups.open_of_collector(turn.db, turn.actor.id, now=turn.now)
    if not waiting:
        return Reply(screen=screen("collector/no_tasks"))
    row = (tap("start", StartCards()), tap("list", ListCards()))
    return Reply(screen=screen("collector/tasks", row, count=len(waiting)))


async def start_cards(pressed: StartCards, turn: Turn) -> Reply:
    return Reply(screen=await cards.next_card(turn))


async def list_cards(pressed: ListCards, turn: Turn) -> Reply:
    """`Daftar`: every open card as a button, ten a page."""
    waiting = await follow_ups.open_of_collector(turn.db, turn.actor.id, now=turn.now)
    page = waiting[pressed.page * PAGE : (pressed.page + 1) * PAGE]
    rows = [(tap("card_row", OpenCard(card.id), step=card.step, payer="", amount=0),) for card in page]
    more = (tap("more", ListCards(pressed.page + 1)),) if len(waiting) > (pressed.page + 1) * PAGE else ()
    return Reply(screen=screen("collector/task_list", *rows, more, count=len(waiting)))


async def open_card(pressed: OpenCard, turn: Turn) -> Reply:
    card = await follow_ups.visible(turn.db, pressed.follow_up_id, actor=turn.actor)
    return Reply(screen=await cards.shown(turn, card, zone=turn.actor.zone))


async def redraw_card(follow_up_id: int, turn: Turn) -> Reply:
    return await open_card(OpenCard(follow_up_id), turn)


async def show_others(pressed: ShowOthers, turn: Turn) -> Reply:
    work = await outcomes.begin(turn, pressed.follow_up_id)
    return Reply(screen=await cards.shown_others(turn, work.card))


async def skip_card(pressed: SkipCard, turn: Turn) -> Reply:
    """`Lewati`: the card goes behind the others; it stays to be done."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    todays = await follow_ups.of_collector_on(turn.db, turn.actor.id, work.card.planned_on)
    last = max((card.place or 0 for card in todays), default=0)
    await follow_ups.change(turn.db, work.card.id, place=last + 1)
    return Reply(screen=await cards.next_card(turn, after=work.card.id))


async def choose_outcome(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """One of the outcomes on the card; those that need more ask for it here."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    if pressed.outcome is Outcome.NO_ANSWER:
        taps = [tap(reason.value, NoAnswer(work.card.id, reason)) for reason in NoAnswerReason]
        back = (tap("back", OpenCard(work.card.id)),)
        rows = (*in_columns(taps, columns=2), back)
        return Reply(screen=screen("collector/no_answer_asked", *rows, subject=subject_of(work.card.id)))
    outcome_id = await outcomes.note_outcome(turn, work, pressed.outcome)
    await outcomes.finish(turn, work, pressed.outcome)
    return Reply(screen=await cards.next_card(turn, undo=outcome_id), toast="collector/recorded_toast")


async def record_no_answer(pressed: NoAnswer, turn: Turn) -> Reply:
    """Nobody answered: the card comes back once after three hours, at the latest at the end of the day."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.NO_ANSWER, reason=pressed.reason)
    closes_at = instant_of(turn.today, turn.policy.desk.callback_until, zone=turn.actor.zone)
    return_at = returns_at(now=turn.now, closes_at=closes_at, has_returned=work.card.is_return, policy=turn.policy)
    if return_at is None:
        await outcomes.finish(turn, work, Outcome.NO_ANSWER)
    else:
        await outcomes.finish_until(turn, work, return_at)
    return Reply(screen=await cards.next_card(turn, undo=outcome_id), toast="collector/recorded_toast")
