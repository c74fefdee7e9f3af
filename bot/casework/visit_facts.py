"""Gathering what a field card shows, and the visit that an outcome belongs to (section 9)."""

from __future__ import annotations

from bot.casework import cases, notices
from bot.screens.visit import VisitFacts, ordered_screen, subject_of, visit_screen
from bot.turn import Desk, Turn
from sop.letter import PUK
from sop.visit import Visit
from storage import people, visits


async def facts_of(desk: Desk, visit: Visit) -> VisitFacts:
    """This function will gather all that a field card shows."""
    return VisitFacts(
        visit=visit,
        case=await cases.load(desk, visit.payer_id),
        officer=(await people.get(desk.db, visit.person_id)).name,
        today=desk.day_in(None),
        most_invoices=desk.policy.desk.invoices_on_card,
        outcome=await visits.outcome_of(desk.db, visit),
        needs_certificate=desk.policy.guard.profile == PUK,
    )


async def made_today(turn: Turn, payer_id: int) -> Visit | None:
    """This function will find the visit whose outcome the person is about to record (G11)."""
    since = turn.day_start(None)
    return await visits.awaiting_outcome(turn.db, payer_id, person_id=turn.actor.id, since=since)


async def note_outcome(turn: Turn, visit: Visit, outcome_id: int) -> None:
    """This function will tie what was said on the card to the visit it was said on."""
    await visits.change(turn.db, visit.id, outcome_id=outcome_id)
    await redraw(turn, visit.id)


async def redraw(desk: Desk, visit_id: int) -> None:
    """This function will draw a visit anew wherever it is shown."""
    facts = await facts_of(desk, await visits.get(desk.db, visit_id))
    await notices.redraw(desk, subject_of(visit_id), visit_screen(facts))
    await notices.redraw(desk, f"visit_order:{visit_id}", ordered_screen(facts))
