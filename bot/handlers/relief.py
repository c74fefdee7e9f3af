"""`Keringanan` and `Ubah tempo`: asked of the managers, who agree, change or decline (section 5; 002, 003)."""

from __future__ import annotations

from datetime import date

from bot.buttons import ChooseOutcome, ChooseTerm, ConfirmRelief
from bot.casework import cards, choosing, outcomes, reliefs
from bot.casework.outcomes import Work
from bot.casework.reliefs import Wish
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.screens.relief import ReliefFacts, asked_screen, echo_screen, terms_screen
from bot.turn import Turn
from sop.coverage import agreeable, total_of
from sop.money import Money
from sop.outcomes import Outcome
from sop.relief import ReliefKind, check_amount, check_term, offer_until
from sop.typed_relief import TypedRelief, parse_relief, parse_term
from storage import questions
from storage import reliefs as stored

AMOUNT, UNTIL = "relief", "relief_until"


async def ask_relief(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """How much, and until when?"""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    return Reply(screen=asked_screen(_facts(work)), ask=_typed(work, "relief_typed"))


async def read_relief(answered: Answered, turn: Turn) -> Reply:
    """What was typed is said back; the kind of relief saves it."""
    card_id = await choosing.card_of(turn, answered.asked)
    if card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    work = await outcomes.begin(turn, card_id)
    typed = parse_relief(answered.text, today=work.case.today, calendar=turn.calendar)
    if typed is None:
        return Reply(screen=asked_screen(_facts(work), is_unclear=True), ask=_typed(work, "relief_typed"))
    facts = _checked(turn, work, typed)
    chosen = {AMOUNT: facts.amount.sen, UNTIL: facts.until_on and facts.until_on.isoformat()}
    await questions.keep_choices(turn.db, chosen, follow_up_id=work.card.id, person_id=turn.actor.id, now=turn.now)
    return Reply(screen=echo_screen(facts), ask=_typed(work, "relief_typed"))


async def request_relief(pressed: ConfirmRelief, turn: Turn) -> Reply:
    """`Potongan pelunasan` or `Hapus denda`: it goes to the managers."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    draft = await questions.choices(turn.db, follow_up_id=work.card.id, person_id=turn.actor.id)
    if not draft.get(AMOUNT) or pressed.kind is ReliefKind.NEW_TERMS:
        return Reply(screen=asked_screen(_facts(work)), ask=_typed(work, "relief_typed"))
    until = date.fromisoformat(draft[UNTIL])
    facts = _checked(turn, work, TypedRelief(amount=Money(draft[AMOUNT]), until_on=until))
    is_offer = pressed.kind is ReliefKind.SETTLEMENT_DISCOUNT
    wish = Wish(
        kind=pressed.kind,
        covered=agreeable(work.case),
        amount=facts.amount,
        until_on=facts.until_on if is_offer else None,
    )
    return await _request(turn, work, wish, Outcome.RELIEF)


async def ask_term(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """Which credit term for invoices to come?"""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    before, choices = await _term_of(turn, work), turn.policy.relief.term_choices
    shown = terms_screen(work.card.id, work.case.name, before, choices)
    return Reply(screen=shown, ask=_typed(work, "term_typed"))


async def read_term(answered: Answered, turn: Turn) -> Reply:
    """A number of days was typed: it goes to the managers as a tap does."""
    card_id = await choosing.card_of(turn, answered.asked)
    if card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    days = parse_term(answered.text)
    if days is None:
        return await ask_term(ChooseOutcome(card_id, Outcome.NEW_TERMS), turn)
    return await request_term(ChooseTerm(card_id, days), turn)


async def request_term(pressed: ChooseTerm, turn: Turn) -> Reply:
    """`60 hari`: it goes to the managers."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    check_term(pressed.days, before=await _term_of(turn, work), policy=turn.policy)
    return await _request(turn, work, Wish(kind=ReliefKind.NEW_TERMS, term_days=pressed.days), Outcome.NEW_TERMS)


async def _request(turn: Turn, work: Work, wish: Wish, outcome: Outcome) -> Reply:
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    outcome_id = await reliefs.request(turn, work, wish)
    await outcomes.finish(turn, work, outcome)
    shown = await cards.next_card(turn, undo=outcome_id)
    return Reply(screen=shown, toast="collector/relief_asked_toast")


async def _term_of(turn: Turn, work: Work) -> int | None:
    return next(iter(await stored.terms_of(turn.db, work.card.payer_id))).term_days


def _checked(turn: Turn, work: Work, typed: TypedRelief) -> ReliefFacts:
    """Raises ReliefRefused for an amount or a day that cannot be."""
    total, today = total_of(agreeable(work.case)), work.case.today
    check_amount(typed.amount, total=total)
    until_on = offer_until(typed.until_on, today=today, calendar=turn.calendar, policy=turn.policy)
    return _facts(work, amount=typed.amount, until_on=until_on)


def _facts(work: Work, *, amount: Money = Money.ZERO, until_on: date | None = None) -> ReliefFacts:
    total = total_of(agreeable(work.case))
    return ReliefFacts(follow_up_id=work.card.id, payer=work.case.name, total=total, amount=amount, until_on=until_on)


def _typed(work: Work, kind: str) -> Ask:
    return Ask(kind=kind, subject_id=work.card.id, forced=False)
