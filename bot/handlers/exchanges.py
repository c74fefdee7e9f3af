"""`Sudah tukar faktur`: when it is paid, and the photo of the receipt, which saves (section 3)."""

from __future__ import annotations

from datetime import date

from bot.buttons import ChooseOutcome, ExchangeInvoice, ExchangeOn
from bot.casework import cards, choosing, exchanges, outcomes, papers
from bot.casework.exchanges import CHOSEN, LEFT_OUT, Taken
from bot.casework.outcomes import Work
from bot.events import FileSent
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.screens.exchange import exchange_screen
from bot.turn import Turn
from sop.attachment import AttachmentKind
from sop.exchange import check_due
from sop.outcomes import Outcome
from sop.typed_dates import Exact, parse_date
from storage import questions

TYPED_DATE, PHOTO = "exchange_date", "exchange_photo"
MOST_LETTERS = 60


async def ask_exchange(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """When does the customer pay what he took in?"""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    await choosing.start_anew(turn, work.card.id)
    return await _asked(turn, work)


async def pick_invoice(pressed: ExchangeInvoice, turn: Turn) -> Reply:
    """One invoice out of the exchange, or back into it; one at least stays in."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    facts = await exchanges.facts_of(turn, work)
    known = {one.id for one in facts.candidates}
    left_out = (facts.left_out ^ {pressed.invoice_id}) & known
    if left_out != known:
        await _keep(turn, work, **{LEFT_OUT: sorted(left_out)})
    return await _asked(turn, work)


async def pick_day(pressed: ExchangeOn, turn: Turn) -> Reply:
    """The day is kept; the receipt's photo saves."""
    return await _ask_photo(turn, await outcomes.begin(turn, pressed.follow_up_id), pressed.on)


async def read_day(answered: Answered, turn: Turn) -> Reply:
    """A typed day; what can mean several is asked again."""
    card_id = await choosing.card_of(turn, answered.asked)
    if answered.asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    work = await outcomes.begin(turn, card_id)
    typed = parse_date(answered.text, today=work.case.today, calendar=turn.calendar)
    if isinstance(typed, Exact):
        return await _ask_photo(turn, work, typed.on)
    again = Ask(kind=TYPED_DATE, subject_id=work.card.id, forced=False)
    return Reply(screen=screen("collector/exchange_day_unclear"), ask=again)


async def record_exchange(answered: Answered, turn: Turn) -> Reply:
    """The photo of the receipt saves, its caption is the receipt's number; a text is no photo and is asked again."""
    card_id = await choosing.card_of(turn, answered.asked)
    if answered.asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    work, sent = await outcomes.begin(turn, card_id), answered.event
    draft = await questions.choices(turn.db, follow_up_id=work.card.id, person_id=turn.actor.id)
    if CHOSEN not in draft:
        return await _asked(turn, work)
    on, facts = date.fromisoformat(draft[CHOSEN]), await exchanges.facts_of(turn, work)
    if not isinstance(sent, FileSent) or not papers.is_paper(sent):
        return await _ask_photo(turn, work, on)
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    photo_id = await papers.keep(turn, sent, AttachmentKind.EXCHANGE_RECEIPT, payer_id=work.card.payer_id)
    number = " ".join((sent.caption or "").split())[:MOST_LETTERS] or None
    taken = Taken(taken=facts.chosen, due_on=on, photo_id=photo_id, receipt_number=number)
    outcome_id = await exchanges.record_exchange(turn, work, taken)
    await outcomes.finish(turn, work, Outcome.INVOICE_EXCHANGED)
    shown = await cards.next_card(turn, undo=outcome_id)
    return Reply(screen=screen("collector/exchange_recorded", due_on=on), then=(shown,))


async def _asked(turn: Turn, work: Work) -> Reply:
    ask = Ask(kind=TYPED_DATE, subject_id=work.card.id, forced=False)
    return Reply(screen=exchange_screen(await exchanges.facts_of(turn, work)), ask=ask)


async def _ask_photo(turn: Turn, work: Work, on: date) -> Reply:
    check_due(on, today=work.case.today, policy=turn.policy)
    facts = await exchanges.facts_of(turn, work)
    await _keep(turn, work, **{LEFT_OUT: sorted(facts.left_out), CHOSEN: on.isoformat()})
    shown = screen("collector/exchange_photo_asked", payer=facts.payer, due_on=on, count=len(facts.chosen))
    return Reply(screen=shown, anew=True, ask=Ask(kind=PHOTO, subject_id=work.card.id))


async def _keep(turn: Turn, work: Work, **chosen: object) -> None:
    who = {"follow_up_id": work.card.id, "person_id": turn.actor.id}
    await questions.keep_choices(turn.db, chosen, **who, now=turn.now)
