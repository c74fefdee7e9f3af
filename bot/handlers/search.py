"""Finding a customer, his record, and the history behind a card (sections 1, 3)."""

from __future__ import annotations

from bot.buttons import OpenCard, OpenRecord, ShowHistory
from bot.casework import cases, money_record, stopping
from bot.events import CommandGiven
from bot.reply import Ask, Reply, Screen, screen, tap
from bot.routes import Answered
from bot.screens.card import subject_of
from bot.screens.record import RecordFacts, contact_lines, promise_lines, record_screen
from bot.turn import Turn
from sop.follow_up import FollowUp
from sop.ledger import Customer
from sop.money import Money
from sop.people import DECIDERS
from storage import NotFound, customers, follow_ups, invoices, outcomes, people, questions, standing

MOST_FOUND = 8
MOST_CONTACTS = 10
LEAST_LETTERS = 3  # of a text nobody asked for
MOST_LETTERS = 60


async def find(given: CommandGiven, turn: Turn) -> Reply:
    """`/cari TEKS`; without the text it is asked for."""
    if given.argument.strip():
        return Reply(screen=await _found(given.argument, turn))
    return Reply(screen=screen("collector/search_asked"), ask=Ask(kind="search"))


async def find_typed(answered: Answered, turn: Turn) -> Reply:
    """A text nobody asked for is a search too; an answer to a question that is over is none."""
    if answered.asked is not None:
        await questions.close(turn.db, answered.asked.id, now=turn.now)
        return Reply(screen=await _found(answered.text, turn))
    if getattr(answered.event, "reply_to_message_id", None) is not None:
        return Reply(screen=screen("question_over"))
    if len(answered.text.strip()) < LEAST_LETTERS:
        return Reply(screen=screen("collector/search_short"))
    return Reply(screen=await _found(answered.text, turn))


async def open_record(pressed: OpenRecord, turn: Turn) -> Reply:
    """A payer's record as a new message: the list, or the message it was opened from, stays."""
    return Reply(screen=await _record(pressed.payer_id, turn), anew=True)


async def show_history(pressed: ShowHistory, turn: Turn) -> Reply:
    """`Riwayat`: the last contacts and promises, in the card's place."""
    card = await follow_ups.visible(turn.db, pressed.follow_up_id, actor=turn.actor)
    case = await cases.load(turn, card.payer_id)
    contacts = await outcomes.last_contacts(turn.db, card.payer_id, most=MOST_CONTACTS)
    shown = screen(
        "collector/history",
        (tap("back", OpenCard(card.id)),),
        subject=subject_of(card.id),
        payer=case.name,
        contacts=contact_lines(contacts, zone=turn.actor.zone),
        promises=promise_lines(case.promises),
    )
    return Reply(screen=shown)


async def _found(words: str, turn: Turn) -> Screen:
    wanted = " ".join(words.split())[:MOST_LETTERS]
    found = await customers.search(turn.db, wanted, actor=turn.actor, most=MOST_FOUND + 1)
    payers = {one.payer_id: one for one in reversed(found)}
    if not payers:
        return screen("collector/search_none", words=wanted)
    if len(payers) == 1:
        return await _record(next(iter(payers)), turn)
    listed = [one for one in found[:MOST_FOUND] if payers[one.payer_id] is one]
    totals = await _totals(listed, turn)
    rows = [
        (tap("search_row", OpenRecord(one.payer_id), name=one.name, amount=totals[one.payer_id]),) for one in listed
    ]
    return screen("collector/search_found", *rows, words=wanted, is_more=len(found) > MOST_FOUND)


async def _totals(found: list[Customer], turn: Turn) -> dict[int, Money]:
    ids = [one.payer_id for one in found]
    still_open = await invoices.open_of_many(turn.db, ids)
    return {id_: Money.total(one.balance for one in still_open if one.payer_id == id_) for id_ in ids}


async def _record(payer_id: int, turn: Turn) -> Screen:
    his = await customers.visible_payer(turn.db, payer_id, actor=turn.actor)
    if not his:
        raise NotFound("payer")
    case, ids = await cases.load(turn, payer_id), {one.id for one in his}
    money = await money_record.of_payer(turn, case)
    facts = RecordFacts(
        case=case,
        names=tuple(one.name for one in his),
        invoices=tuple(one for one in case.invoices if one.customer_id in ids),
        contacts=await outcomes.last_contacts(turn.db, payer_id, most=turn.policy.desk.contacts_on_card),
        card=await _open_card(payer_id, turn),
        zone=turn.actor.zone,
        most_invoices=turn.policy.desk.invoices_on_card,
        in_group=turn.in_group,
        stopped=await stopping.said_of(turn, case),
        may_resume=turn.actor.role in DECIDERS,
        money={"credit": money.credit, "money_asked": money.asked, "kept_back": money.kept_back},
        money_rows=money.rows,
        standing=None if turn.in_group else (await standing.of_payers(turn.db, [payer_id])).get(payer_id),
        collector=await _collector(his, turn),
        may_move=turn.actor.role in DECIDERS,
    )
    return record_screen(facts)


async def _open_card(payer_id: int, turn: Turn) -> FollowUp | None:
    """Today's card of this payer, for whom may work it; in a group no card is opened."""
    if turn.in_group:
        return None
    waiting = await follow_ups.open_of_payer(turn.db, payer_id)
    return next((one for one in waiting if one.collector_id == turn.actor.id), None)


async def _collector(his: tuple[Customer, ...], turn: Turn) -> str | None:
    """Whose customer it is; his own collector need not be told."""
    owner_id = next((one.collector_id for one in his if one.collector_id is not None), None)
    return None if owner_id in (None, turn.actor.id) else (await people.get(turn.db, owner_id)).name
