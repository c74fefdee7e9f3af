"""`Cicilan`: the customer's proposal in his own words goes to the managers (001, 002)."""

from __future__ import annotations

from bot.buttons import ChooseOutcome
from bot.casework import cards, choosing, outcomes
from bot.casework.extensions import request_plan
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.turn import Turn
from sop.coverage import covered, total_of
from sop.outcomes import Outcome
from storage import questions

MOST_LETTERS = 500


async def ask_proposal(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """What does he propose?"""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    shown = screen("collector/instalments_asked", payer=work.case.name, total=total_of(covered(work.case)))
    return Reply(screen=shown, anew=True, ask=Ask(kind=Outcome.INSTALMENTS.value, subject_id=work.card.id))


async def record_proposal(answered: Answered, turn: Turn) -> Reply:
    """The proposal is passed on; the card is done until the managers have answered."""
    asked, proposal = answered.asked, answered.text.strip()[:MOST_LETTERS]
    card_id = await choosing.card_of(turn, asked)
    if asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    work = await outcomes.begin(turn, card_id)
    if not proposal:
        again = Ask(kind=Outcome.INSTALMENTS.value, subject_id=work.card.id)
        total = total_of(covered(work.case))
        return Reply(screen=screen("collector/instalments_asked", payer=work.case.name, total=total), ask=again)
    await questions.close(turn.db, asked.id, now=turn.now)
    outcome_id = await request_plan(turn, work, proposal, covered(work.case))
    await outcomes.finish(turn, work, Outcome.INSTALMENTS)
    shown = await cards.next_card(turn, undo=outcome_id)
    return Reply(screen=screen("collector/instalments_recorded", payer=work.case.name), then=(shown,))
