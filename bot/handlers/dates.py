"""Choosing a day for a promise or for more time: offered, from the calendar or typed, and confirmed (sections 3, 4)."""

from __future__ import annotations

from datetime import date

from bot.buttons import ConfirmDate, DatePurpose, PickDate, ShowDates, ShowMonth
from bot.casework import cards, choosing, outcomes, plan_choosing
from bot.casework.choosing import SHOWN, Choosing, said
from bot.casework.extensions import Wish, record_extension
from bot.casework.plan_choosing import FIRST
from bot.casework.promises import Word, record_promise
from bot.reply import Ask, Reply, Screen, screen
from bot.routes import Answered
from bot.screens.dates import closed_screen, dates_screen, echo_screen, month_screen, unclear_screen
from bot.screens.plan import echo_screen as plan_screen
from bot.turn import Turn
from sop.extension import check_later
from sop.outcomes import Outcome, PromiseReason
from sop.promise_dates import needs_approval, offered_instead
from sop.typed_dates import Exact, parse_date
from storage import questions

TYPED = "date"


async def show_dates(pressed: ShowDates, turn: Turn) -> Reply:
    """`Ubah` and back from the calendar: the days once more; the sum and the invoices stay as chosen."""
    choice = await choosing.load(turn, pressed.follow_up_id, pressed.purpose)
    return Reply(screen=dates_screen(choice.facts), ask=_typed_too(choice))


async def show_month(pressed: ShowMonth, turn: Turn) -> Reply:
    """`Pilih tanggal`: a calendar month."""
    choice = await choosing.load(turn, pressed.follow_up_id, pressed.purpose)
    return Reply(screen=month_screen(choice.facts, pressed.month), ask=_typed_too(choice))


async def pick_date(pressed: PickDate, turn: Turn) -> Reply:
    """A day was tapped: it is said back in full before anything is saved."""
    choice = await choosing.load(turn, pressed.follow_up_id, pressed.purpose)
    return Reply(screen=await _answer_to(turn, choice, pressed.on))


async def read_date(answered: Answered, turn: Turn) -> Reply:
    """A day was typed: certain ones are said back, the others become a choice."""
    asked = answered.asked
    card_id = await choosing.card_of(turn, asked)
    if asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    choice = await choosing.load(turn, card_id, DatePurpose(asked.details["purpose"]))
    typed = parse_date(answered.text, today=choice.facts.occasion.today, calendar=turn.calendar)
    if isinstance(typed, Exact):
        return Reply(screen=await _answer_to(turn, choice, typed.on), ask=_typed_too(choice))
    return Reply(screen=unclear_screen(choice.facts, typed.choices, typed.why), ask=_typed_too(choice))


async def confirm_date(pressed: ConfirmDate, turn: Turn) -> Reply:
    """`Benar`, or the reason: what the echo said is saved, or said anew when it is not so any more."""
    choice = await choosing.load(turn, pressed.follow_up_id, pressed.purpose)
    lacks_reason = choice.facts.needs_reason and pressed.reason is None
    if lacks_reason or _check(choice, pressed.on) or choice.draft.get(SHOWN) != said(choice.facts, pressed.on):
        return Reply(screen=await _answer_to(turn, choice, pressed.on), toast="collector/dates_changed_toast")
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    beyond = choice.facts.is_beyond(pressed.on)
    outcome_id = await _record(turn, choice, pressed.on, pressed.reason)
    shown = await cards.next_card(turn, undo=outcome_id)
    return Reply(screen=shown, toast="collector/dates_asked_toast" if beyond else "collector/recorded_toast")


async def _record(turn: Turn, choice: Choosing, on: date, reason: PromiseReason | None) -> int:
    facts = choice.facts
    if facts.power is not None and reason is not None:
        wish = Wish(until_on=on, reason=reason, covered=facts.covered, power=facts.power)
        outcome_id = await record_extension(turn, choice.work, wish, occasion=facts.occasion)
        await outcomes.finish(turn, choice.work, Outcome.MORE_TIME)
        return outcome_id
    beyond = needs_approval(on, facts.amount, occasion=facts.occasion)
    word = Word(on=on, amount=facts.amount, reason=reason, covered=facts.covered, needs_approval=beyond)
    outcome_id = await record_promise(turn, choice.work, word)
    await outcomes.finish(turn, choice.work, Outcome.PROMISED)
    return outcome_id


async def _answer_to(turn: Turn, choice: Choosing, on: date) -> Screen:
    """The echo of a day, or the open days around a closed one. Raises what the rules refuse."""
    offered = _check(choice, on)
    if offered:
        return closed_screen(choice.facts, on, offered)
    if choice.facts.purpose is DatePurpose.FIRST_INSTALMENT:
        return await _schedule_from(turn, choice, on)
    await choosing.keep(turn, choice, **{SHOWN: said(choice.facts, on)})
    return echo_screen(choice.facts, on)


async def _schedule_from(turn: Turn, choice: Choosing, on: date) -> Screen:
    """The first instalment's day was chosen: the schedule is said back, and its own `Benar` saves."""
    proposing = await plan_choosing.load(turn, choice.facts.follow_up_id)
    proposing = await plan_choosing.keep(turn, proposing, **{FIRST: on.isoformat()})
    await plan_choosing.keep_shown(turn, proposing)
    return plan_screen(proposing.facts)


def _check(choice: Choosing, on: date) -> tuple[date, ...]:
    if choice.facts.purpose is DatePurpose.MORE_TIME:
        check_later(on, occasion=choice.facts.occasion)
    return offered_instead(on, occasion=choice.facts.occasion)


def _typed_too(choice: Choosing) -> Ask:
    details = {"purpose": choice.facts.purpose.value}
    return Ask(kind=TYPED, subject_id=choice.facts.follow_up_id, details=details, forced=False)
