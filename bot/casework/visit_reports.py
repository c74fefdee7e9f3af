"""What became of a visit: met or not, with photo and place; and the managers' list of the day (section 9; 003)."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.casework import cards, notices, record, reopening, visit_facts, visits
from bot.casework.notices import Post
from bot.events import LocationSent
from bot.reply import Screen, screen
from bot.screens.visit import visit_screen
from bot.turn import Desk, Turn
from sop.contact import Channel, Direction
from sop.visit import MILLIONTHS, NotMet, Visit, VisitState, is_unreported, reported
from storage import follow_ups, invoices, marks, outcomes, people
from storage import visits as stored
from storage.outbox import URGENT
from storage.outcomes import NewContact

CARD, REPORT = "visit_card", "visit_report"
MOST_LISTED = 20


async def note_met(turn: Turn, visit_id: int) -> Screen:
    """This function will record that somebody was met, and give the payer's card for what came of it.

    Raises NotFound, VisitEarly or VisitMoved.
    """
    visit = await stored.visible(turn.db, visit_id, actor=turn.actor, for_update=True)
    state = reported(visit, VisitState.MET, today=turn.day_in(None))
    await stored.change(turn.db, visit.id, state=state, closed_at=turn.now, note=None)
    await record.note(turn, "visit_met", payer_id=visit.payer_id, visit=visit.id)
    await visit_facts.redraw(turn, visit.id)
    card = await reopening.reopen_card(turn, visit.payer_id, reason="why_visited")
    if card.collector_id != turn.actor.id:  # who stands before the customer says what came of it
        await follow_ups.change(turn.db, card.id, collector_id=turn.actor.id)
        card = await follow_ups.get(turn.db, card.id)
    return await cards.shown(turn, card, zone=turn.actor.zone)


async def note_not_met(turn: Turn, visit_id: int, reason: NotMet) -> Visit:
    """This function will record that nobody was met, and why. Raises NotFound, VisitEarly or VisitMoved."""
    visit = await stored.visible(turn.db, visit_id, actor=turn.actor, for_update=True)
    state = reported(visit, VisitState.NOT_MET, today=turn.day_in(None))
    await stored.change(turn.db, visit.id, state=state, closed_at=turn.now, note=reason.value)
    tried = NewContact(
        payer_id=visit.payer_id,
        channel=Channel.VISIT,
        direction=Direction.OUT,
        result=f"not_met_{reason.value}",
        is_answer=False,
        person_id=turn.actor.id,
        details={"visit": visit.id},
    )
    await outcomes.add_contact(turn.db, tried, at=turn.now)
    await record.note(turn, "visit_not_met", payer_id=visit.payer_id, visit=visit.id, reason=reason)
    await visit_facts.redraw(turn, visit.id)
    return await stored.get(turn.db, visit.id)


async def note_place(turn: Turn, visit: Visit, sent: LocationSent) -> None:
    """This function will keep where the visitor was."""
    place = {
        "latitude_e6": round(sent.latitude * MILLIONTHS),
        "longitude_e6": round(sent.longitude * MILLIONTHS),
        "located_at": turn.now,
    }
    await stored.change(turn.db, visit.id, **place)
    await record.note(turn, "visit_located", payer_id=visit.payer_id, visit=visit.id)
    await visit_facts.redraw(turn, visit.id)


async def note_photo(turn: Turn, visit: Visit, photo_id: int) -> None:
    """This function will keep the photo that shows the visit."""
    await stored.change(turn.db, visit.id, photo_id=photo_id)
    await record.note(turn, "visit_photographed", payer_id=visit.payer_id, visit=visit.id, photo=photo_id)
    await visit_facts.redraw(turn, visit.id)


async def follow_due(desk: Desk) -> int:
    """This function will call off visits to who has paid, bring each field card on its day, and report at the end."""
    done = 0
    for visit in await stored.planned(desk.db):
        if not await invoices.open_of(desk.db, visit.payer_id):
            await visits.call_off(desk, visit.id, reason="paid")
            done += 1
        else:
            done += await _bring(desk, visit)
    return done + await _report(desk)


async def _bring(desk: Desk, visit: Visit) -> int:
    """On its day at the digest's hour; on every working morning after it, while nobody said what became of it."""
    goes = await people.get(desk.db, visit.person_id)
    local = desk.local(goes.zone)
    is_time = local.time() >= desk.policy.desk.digest_at and desk.calendar.is_open(local.date())
    if visit.planned_on > local.date() or not is_time:
        return 0
    slot = f"{visit.id}:{goes.id}:{local.date().isoformat()}"
    if not await marks.claim_run(desk.db, job=CARD, slot=slot, now=desk.now):
        return 0
    await notices.tell(desk, goes, visit_screen(await visit_facts.facts_of(desk, visit)), Post(urgency=URGENT))
    return 1


async def _report(desk: Desk) -> int:
    today = desk.day_in(None)
    if desk.local(None).time() < desk.policy.reports.team_at:
        return 0
    todays = await stored.of_day(desk.db, today, since=desk.day_start(None))
    if not todays or not await marks.claim_run(desk.db, job=REPORT, slot=today.isoformat(), now=desk.now):
        return 0
    lines = [await _line(desk, one, today=today) for one in todays[:MOST_LISTED]]
    told = screen(
        "manager/visit_report",
        on=today,
        visits=lines,
        others=len(todays) - len(lines),
        met=sum(one.state is VisitState.MET for one in todays),
        not_met=sum(one.state is VisitState.NOT_MET for one in todays),
        unreported=sum(one.state is VisitState.PLANNED for one in todays),
    )
    await notices.tell_managers(desk, told, Post(key=f"{REPORT}:{today.isoformat()}"))
    return 1


async def _line(desk: Desk, visit: Visit, *, today: date) -> dict[str, Any]:
    facts = await visit_facts.facts_of(desk, visit)
    return {
        "payer": facts.case.name,
        "officer": facts.officer,
        "state": visit.state,
        "outcome": facts.outcome,
        "reason": visit.note if visit.state is VisitState.NOT_MET else None,
        "photo": visit.photo_id is not None,
        "place": visit.has_place,
        "on": visit.planned_on,
        "is_late": is_unreported(visit, today=today),
    }


async def shown(desk: Desk, visit: Visit) -> Screen:
    """This function will draw the field card as it is now."""
    return visit_screen(await visit_facts.facts_of(desk, visit))
