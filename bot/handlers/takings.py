"""`Terima tunai` and `Terima giro`: one thing is asked after the other, and the photo saves (section 3)."""

from __future__ import annotations

from bot.buttons import ChooseOutcome, PickBank, PickGiroDay, ShowGiroMonth, TakeAll
from bot.casework import cards, cash, choosing, giros, outcomes, taking
from bot.casework.papers import is_paper
from bot.casework.taking import AMOUNT, BANK, NUMBER, ON, Taking
from bot.reply import Ask, Reply, Screen, screen
from bot.routes import Answered
from bot.screens.taking import (
    amount_screen,
    amount_unclear_screen,
    bank_screen,
    day_screen,
    month_screen,
    number_screen,
    photo_screen,
)
from bot.turn import Turn
from sop.cash import paper_number
from sop.coverage import check_part
from sop.giro import bank_name, check_effective
from sop.outcomes import Outcome
from sop.typed_amounts import ExactAmount, parse_amount
from sop.typed_dates import Exact, parse_date
from storage import questions

KIND, PHOTO = "taking", "photo"
_SAID = {Outcome.CASH_TAKEN: "collector/cash_taken", Outcome.GIRO_TAKEN: "collector/giro_taken"}


async def ask_taken(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Terima tunai`, `Terima giro`, and `Ubah` on the way: how much?"""
    await choosing.start_anew(turn, pressed.follow_up_id)
    taken = await taking.load(turn, pressed.follow_up_id, pressed.outcome)
    return _asking(taken, amount_screen(taken.facts), AMOUNT)


async def take_all(pressed: TakeAll, turn: Turn) -> Reply:
    """`Semua`: everything the card asks for."""
    taken = await taking.load(turn, pressed.follow_up_id, pressed.outcome)
    return await _next(turn, await taking.keep(turn, taken, **{AMOUNT: taken.facts.total.sen}))


async def pick_bank(pressed: PickBank, turn: Turn) -> Reply:
    taken = await taking.load(turn, pressed.follow_up_id, Outcome.GIRO_TAKEN)
    return await _bank_said(turn, taken, pressed.bank.value)


async def show_month(pressed: ShowGiroMonth, turn: Turn) -> Reply:
    """`Pilih tanggal`: a calendar for the effective date."""
    taken = await taking.load(turn, pressed.follow_up_id, Outcome.GIRO_TAKEN)
    return _asking(taken, month_screen(taken.facts, taking.days_of(turn), pressed.month), ON)


async def pick_day(pressed: PickGiroDay, turn: Turn) -> Reply:
    """The effective date was tapped. Raises GiroNotValid."""
    taken = await taking.load(turn, pressed.follow_up_id, Outcome.GIRO_TAKEN)
    check_effective(pressed.on, today=turn.today, policy=turn.policy)
    return await _next(turn, await taking.keep(turn, taken, **{ON: pressed.on.isoformat()}))


async def read_answer(answered: Answered, turn: Turn) -> Reply:
    """Something was typed: the answer to what was asked last, and to nothing else."""
    taken = await taking.of_answer(turn, answered.asked)
    if answered.asked is None or taken is None:
        return Reply(screen=screen("collector/dates_late"))
    match answered.asked.details["what"]:
        case "amount":
            return await _amount_said(turn, taken, answered.text)
        case "number":
            return await _number_said(turn, taken, answered.text)
        case "bank":
            return await _bank_said(turn, taken, answered.text)
        case "on":
            return await _day_said(turn, taken, answered.text)
    return _asking(taken, photo_screen(taken.facts, is_again=True), PHOTO)


async def take_photo(answered: Answered, turn: Turn) -> Reply:
    """The photo saves; sent too early, or as something else, the question is asked again."""
    taken = await taking.of_answer(turn, answered.asked)
    if answered.asked is None or taken is None:
        return Reply(screen=screen("collector/dates_late"))
    sent = answered.event
    missing = _missing(taken)
    if missing != PHOTO or not is_paper(sent):
        return await _next(turn, taken, is_again=missing == PHOTO)
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    kind = taken.facts.outcome
    taken_by_hand = cash.take if kind is Outcome.CASH_TAKEN else giros.take
    outcome_id = await taken_by_hand(turn, taken, sent)
    await outcomes.finish(turn, taken.work, kind)
    shown = await cards.next_card(turn, undo=outcome_id)
    said = screen(_SAID[kind], payer=taken.facts.payer, amount=taken.facts.amount)
    return Reply(screen=said, then=(shown,))


async def _amount_said(turn: Turn, taken: Taking, text: str) -> Reply:
    typed = parse_amount(text, outstanding=taken.facts.total)
    if not isinstance(typed, ExactAmount):
        return _asking(taken, amount_unclear_screen(taken.facts, typed.choices), AMOUNT)
    check_part(typed.amount, total=taken.facts.most)
    return await _next(turn, await taking.keep(turn, taken, **{AMOUNT: typed.amount.sen}))


async def _number_said(turn: Turn, taken: Taking, text: str) -> Reply:
    number = paper_number(text)
    if taken.facts.outcome is Outcome.CASH_TAKEN:
        await cash.check_number(turn, number)
    return await _next(turn, await taking.keep(turn, taken, **{NUMBER: number}))


async def _bank_said(turn: Turn, taken: Taking, text: str) -> Reply:
    bank = bank_name(text)
    await giros.check_number(turn, taken.facts.number or "", bank)
    return await _next(turn, await taking.keep(turn, taken, **{BANK: bank}))


async def _day_said(turn: Turn, taken: Taking, text: str) -> Reply:
    typed = parse_date(text, today=turn.today, calendar=turn.calendar)
    if not isinstance(typed, Exact):
        drawn = day_screen(taken.facts, taking.days_of(turn), choices=typed.choices, is_unclear=True)
        return _asking(taken, drawn, ON)
    check_effective(typed.on, today=turn.today, policy=turn.policy)
    return await _next(turn, await taking.keep(turn, taken, **{ON: typed.on.isoformat()}))


async def _next(turn: Turn, taken: Taking, *, is_again: bool = False) -> Reply:
    """Ask for what is still missing."""
    facts, missing = taken.facts, _missing(taken)
    drawn: dict[str, Screen] = {
        AMOUNT: amount_screen(facts),
        NUMBER: number_screen(facts),
        BANK: bank_screen(facts),
        ON: day_screen(facts, taking.days_of(turn)),
        PHOTO: photo_screen(facts, is_again=is_again),
    }
    return _asking(taken, drawn[missing], missing)


def _missing(taken: Taking) -> str:
    facts = taken.facts
    said: dict[str, object] = {AMOUNT: facts.amount, NUMBER: facts.number}
    if facts.outcome is Outcome.GIRO_TAKEN:
        said |= {BANK: facts.bank, ON: facts.on}
    return next((what for what, value in said.items() if value is None), PHOTO)


def _asking(taken: Taking, drawn: Screen, what: str) -> Reply:
    details = {"outcome": taken.facts.outcome.value, "what": what}
    return Reply(screen=drawn, ask=Ask(kind=KIND, subject_id=taken.work.card.id, details=details, forced=False))
