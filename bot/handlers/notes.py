"""Outcomes in the collector's own words: a note, and an obstacle for the managers (000-VI.2, VI.4)."""

from __future__ import annotations

from bot.buttons import ChooseOutcome
from bot.casework import cards, outcomes
from bot.casework.escalations import Asked, open_escalation
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.turn import Turn
from sop.escalation import EscalationReason
from sop.outcomes import Outcome
from storage import questions

MOST_LETTERS = 500


async def ask_for_words(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Catatan` and `Eskalasi`: the words are typed in answer to a question."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    asked = Ask(kind=pressed.outcome.value, subject_id=work.card.id)
    shown = screen(f"collector/{pressed.outcome.value}_asked", payer=work.case.name)
    return Reply(screen=shown, anew=True, ask=asked)


async def record_note(answered: Answered, turn: Turn) -> Reply:
    """A note is kept beside the card, which stays open for its outcome."""
    work = await _work(answered, turn)
    await outcomes.note_outcome(turn, work, Outcome.NOTED, note=answered.text[:MOST_LETTERS])
    shown = await cards.shown(turn, work.card, zone=turn.actor.zone)
    return Reply(screen=screen("collector/note_recorded"), then=(shown,))


async def record_obstacle(answered: Answered, turn: Turn) -> Reply:
    """An obstacle goes to the managers with the collector's words."""
    work, note = await _work(answered, turn), answered.text[:MOST_LETTERS]
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.ESCALATED, note=note)
    await outcomes.finish(turn, work, Outcome.ESCALATED)
    asked = Asked(
        reason=EscalationReason.OBSTACLE,
        payer_id=work.card.payer_id,
        invoice_ids=tuple(one.id for one in work.case.invoices),
        note=note,
        outcome_id=outcome_id,
    )
    await open_escalation(turn, asked)
    shown = await cards.next_card(turn, undo=outcome_id)
    return Reply(screen=screen("collector/obstacle_recorded"), then=(shown,))


async def _work(answered: Answered, turn: Turn) -> outcomes.Work:
    question = answered.asked
    if question is None or question.subject_id is None:
        raise outcomes.CardClosed(state="gone")
    work = await outcomes.begin(turn, question.subject_id)
    await questions.close(turn.db, question.id, now=turn.now)
    return work
