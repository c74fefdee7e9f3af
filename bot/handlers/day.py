"""The collector's day: the summary, the list, one card after the other (section 3)."""

from __future__ import annotations

from bot.buttons import ListCards, OpenCard, ShowOthers, SkipCard, StartCards
from bot.casework import cards, digest, errands, in_hand, outcomes, pool, sales_day
from bot.events import CommandGiven
from bot.reply import Reply, Screen, screen, tap
from bot.turn import Turn
from sop.follow_up import FollowUp
from sop.people import Role
from storage import agenda, follow_ups, invoices, payers, questions

PAGE = 10  # cards on one page of the list: more would push the buttons off a small screen


async def show_tasks(given: CommandGiven, turn: Turn) -> Reply:
    """`/tugas`: what is left of the day, with `Mulai` and `Daftar`."""
    waiting = await follow_ups.open_of_collector(turn.db, turn.actor.id, now=turn.now)
    beside = await errands.count_for(turn, turn.actor)
    if not waiting:
        return Reply(screen=await errands.shown_list(turn) if beside else await _nothing_left(turn))
    open_invoices = await invoices.open_of_many(turn.db, [card.payer_id for card in waiting])
    total = sum(one.balance.sen for one in open_invoices)
    by_hand = len(await agenda.to_send_by_hand(turn.db, turn.actor.id))
    rows = (*digest.start_rows(by_hand, beside), await in_hand.row(turn, turn.actor))
    return Reply(screen=screen("collector/tasks", *rows, count=len(waiting), total=total))


async def _nothing_left(turn: Turn) -> Screen:
    """A sales person works cards only where he covers; else his day is about his customers who are late."""
    if turn.actor.role is Role.SALES:
        return await sales_day.shown(turn)
    return await cards.day_done(turn)


async def start_cards(pressed: StartCards, turn: Turn) -> Reply:
    """`Mulai`: the first card takes the place of the message that was pressed."""
    await digest.note_opened(turn)
    return Reply(screen=await cards.next_card(turn))


async def list_cards(pressed: ListCards, turn: Turn) -> Reply:
    """`Daftar`: every open card as a button, ten a page."""
    await digest.note_opened(turn)
    waiting = await follow_ups.open_of_collector(turn.db, turn.actor.id, now=turn.now)
    first = pressed.page * PAGE
    shown = waiting[first : first + PAGE]
    names = await payers.names(turn.db, [card.payer_id for card in shown])
    rows = [(tap("card_row", OpenCard(card.id), step=card.step, payer=names[card.payer_id]),) for card in shown]
    earlier = (tap("earlier", ListCards(pressed.page - 1)),) if pressed.page else ()
    later = (tap("later_page", ListCards(pressed.page + 1)),) if len(waiting) > first + PAGE else ()
    start = (tap("start", StartCards()),)
    beside = digest.errand_row(await errands.count_for(turn, turn.actor))
    shown_as = screen(
        "collector/task_list",
        *rows,
        (*earlier, *later),
        await pool.row_for(turn),
        beside,
        start,
        count=len(waiting),
        first=first + 1,
    )
    return Reply(screen=shown_as)


async def open_card(pressed: OpenCard, turn: Turn) -> Reply:
    """A card as it is now; a finished one shows what became of it. Whatever was being asked is let go of."""
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    card = await follow_ups.visible(turn.db, pressed.follow_up_id, actor=turn.actor)
    return Reply(screen=await cards.shown(turn, card, zone=turn.actor.zone))


async def redraw_card(follow_up_id: int, turn: Turn) -> Reply:
    return await open_card(OpenCard(follow_up_id), turn)


async def redraw_digest(person_id: int, turn: Turn) -> Reply:
    """What is left of the day now; another's digest stays as it is."""
    if person_id != turn.actor.id:
        return Reply()
    return Reply(screen=await digest.summary(turn, turn.actor))


async def show_others(pressed: ShowOthers, turn: Turn) -> Reply:
    """`Lainnya`: the rarer outcomes on the same card."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    return Reply(screen=await cards.shown_others(turn, work.card))


async def skip_card(pressed: SkipCard, turn: Turn) -> Reply:
    """`Lewati`: the card goes behind the others; nothing is recorded as done."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    todays = await follow_ups.of_collector_on(turn.db, turn.actor.id, work.card.planned_on)
    await follow_ups.change(turn.db, work.card.id, place=_behind(todays))
    return Reply(screen=await cards.next_card(turn, after=work.card.id))


def _behind(todays: tuple[FollowUp, ...]) -> int:
    return max((card.place or 0 for card in todays), default=0) + 1
