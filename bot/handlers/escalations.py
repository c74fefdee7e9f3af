"""The managers' answers to what they are asked (section 5)."""

from __future__ import annotations

from bot.buttons import Decide, DecideDate, DecideMonth, ListEscalations, OpenEscalation
from bot.casework import decisions, escalation_facts
from bot.casework.decisions import Wish
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.screens.decision_days import days_screen, month_screen
from bot.screens.escalation import needs_a_day, needs_words
from bot.turn import Turn
from sop.escalation import Decision, Escalation
from sop.typed_dates import Exact, parse_date
from storage import escalations, questions

WORDS = "escalation_words"
"""The kind of the question that asks a manager for his instruction."""
DAY = "escalation_day"
"""The kind of the question that takes a typed day beside the buttons."""


async def open_escalation(pressed: OpenEscalation, turn: Turn) -> Reply:
    """A row of the list becomes a new message; `Kembali` on a choice of days brings the question back in place."""
    shown = await escalation_facts.shown(turn, pressed.escalation_id)
    return Reply(screen=shown, anew=not await escalation_facts.is_shown(turn, shown.subject))


async def redraw_escalation(escalation_id: int, turn: Turn) -> Reply:
    return Reply(screen=await escalation_facts.shown(turn, escalation_id))


async def list_escalations(pressed: ListEscalations, turn: Turn) -> Reply:
    return Reply(screen=await escalation_facts.listed(turn, max(0, pressed.page)))


async def redraw_list(page: int, turn: Turn) -> Reply:
    return Reply(screen=await escalation_facts.listed(turn, page))


async def decide(pressed: Decide, turn: Turn) -> Reply:
    """One tap decides, or asks for the day or the words a decision is complete with."""
    one = await decisions.may(turn, pressed.escalation_id, pressed.decision)
    if needs_a_day(one, pressed.decision):
        return await _ask_day(turn, one, pressed.decision)
    if needs_words(one, pressed.decision):
        return await _ask_words(turn, pressed)
    made = await decisions.make(turn, one.id, Wish(decision=pressed.decision))
    shown = await escalation_facts.shown(turn, one.id)
    if made.level > one.level:
        return Reply(screen=shown, toast="manager/passed_up_toast")
    return Reply(screen=shown, toast="manager/decided_toast", toast_values={"decision": pressed.decision.value})


async def show_month(pressed: DecideMonth, turn: Turn) -> Reply:
    """`Pilih tanggal`: a calendar month for the decision."""
    one = await decisions.may(turn, pressed.escalation_id, pressed.decision)
    facts, occasion = await escalation_facts.facts_of(turn, one), await decisions.occasion_of(turn, one)
    return Reply(
        screen=month_screen(facts, pressed.decision, occasion, pressed.month), ask=_day_too(one, pressed.decision)
    )


async def take_day(answered: Answered, turn: Turn) -> Reply:
    """A typed day completes the decision; what may mean several days becomes a choice."""
    asked = answered.asked
    if asked is None or asked.subject_id is None:
        return Reply()
    decision = Decision(asked.details["decision"])
    one = await decisions.may(turn, asked.subject_id, decision)
    typed = parse_date(answered.text, today=turn.day_in(None), calendar=turn.calendar)
    if not isinstance(typed, Exact):
        facts = await escalation_facts.facts_of(turn, one)
        days = typed.choices or decisions.days_for(turn, decision)
        return Reply(screen=days_screen(facts, decision, days, today=turn.day_in(None)), ask=_day_too(one, decision))
    await decisions.make(turn, one.id, Wish(decision=decision, on=typed.on))
    await questions.close(turn.db, asked.id, now=turn.now)
    return Reply(screen=await escalation_facts.shown(turn, one.id))


async def decide_date(pressed: DecideDate, turn: Turn) -> Reply:
    """The day completes the decision."""
    one = await decisions.may(turn, pressed.escalation_id, pressed.decision)
    wish = Wish(decision=pressed.decision, on=pressed.on)
    if not needs_a_day(one, pressed.decision):
        wish = Wish(decision=pressed.decision)
    await decisions.make(turn, one.id, wish)
    shown = await escalation_facts.shown(turn, one.id)
    return Reply(screen=shown, toast="manager/decided_toast", toast_values={"decision": pressed.decision.value})


async def take_words(answered: Answered, turn: Turn) -> Reply:
    """The instruction was typed, by the manager who pressed: the card goes back, or the request is changed."""
    asked = answered.asked
    if asked is None or asked.subject_id is None:
        return Reply()
    words = " ".join(answered.text.split())
    if not words:
        return await _ask_again(turn, asked.subject_id, asked.details["decision"])
    await questions.close(turn.db, asked.id, now=turn.now)
    decision = Decision(asked.details["decision"])
    one = await decisions.make(turn, asked.subject_id, Wish(decision=decision, words=words))
    facts = await escalation_facts.facts_of(turn, one)
    payer = facts.case.name if facts.case else ""
    return Reply(screen=screen("manager/words_taken", payer=payer, decision=decision))


async def _ask_day(turn: Turn, one: Escalation, decision: Decision) -> Reply:
    facts = await escalation_facts.facts_of(turn, one)
    days = decisions.days_for(turn, decision)
    return Reply(screen=days_screen(facts, decision, days, today=turn.day_in(None)), ask=_day_too(one, decision))


def _day_too(one: Escalation, decision: Decision) -> Ask:
    return Ask(kind=DAY, subject_id=one.id, details={"decision": decision.value}, forced=False)


async def _ask_words(turn: Turn, pressed: Decide) -> Reply:
    return await _ask_again(turn, pressed.escalation_id, pressed.decision.value)


async def _ask_again(turn: Turn, escalation_id: int, decision: str) -> Reply:
    """The question names the manager, so that in a group the answer field opens for him alone."""
    facts = await escalation_facts.facts_of(turn, await escalations.get(turn.db, escalation_id))
    asks = screen(
        "manager/words_asked",
        name=turn.actor.name,
        telegram_id=turn.actor.telegram_id,
        payer=facts.case.name if facts.case else ", ".join(facts.collectors),
        decision=decision,
        reason=facts.escalation.reason,
    )
    return Reply(then=(asks,), ask=Ask(kind=WORDS, subject_id=escalation_id, details={"decision": decision}))
