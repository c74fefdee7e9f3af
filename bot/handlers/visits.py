"""Visits: the collector reports them with photo and place, the manager moves and assigns them (section 9)."""

from __future__ import annotations

from bot.buttons import AskVisitProof, AssignVisit, CallOffVisit, OpenVisit, VisitMet, VisitNotMet, VisitOn
from bot.casework import papers, visit_facts, visit_reports, visits
from bot.events import LocationSent
from bot.reply import Ask, Reply, Screen, screen
from bot.routes import Answered
from bot.screens.visit import days_screen, ordered_screen, people_screen, reasons_screen, subject_of, visit_screen
from bot.turn import Turn
from sop.attachment import AttachmentKind
from sop.people import DECIDERS
from sop.visit import Visit, VisitState, moved
from storage import screens
from storage import visits as stored

PROOF = "visit_proof"


async def open_visit(pressed: OpenVisit, turn: Turn) -> Reply:
    return Reply(screen=await _as_it_is(turn, pressed.visit_id))


async def redraw_visit(visit_id: int, turn: Turn) -> Reply:
    visit = await stored.visible(turn.db, visit_id, actor=turn.actor)
    return Reply(screen=visit_screen(await visit_facts.facts_of(turn, visit)))


async def redraw_order(visit_id: int, turn: Turn) -> Reply:
    visit = await stored.visible(turn.db, visit_id, actor=turn.actor)
    return Reply(screen=ordered_screen(await visit_facts.facts_of(turn, visit)))


async def record_met(pressed: VisitMet, turn: Turn) -> Reply:
    """`Bertemu`: the field card asks for photo and place, the payer's card for what came of it."""
    card = await visit_reports.note_met(turn, pressed.visit_id)
    ask = Ask(kind=PROOF, subject_id=pressed.visit_id, forced=False)
    return Reply(screen=await _field_card(turn, pressed.visit_id), then=(card,), ask=ask)


async def record_not_met(pressed: VisitNotMet, turn: Turn) -> Reply:
    """`Tidak bertemu`: the reason saves."""
    visit = await stored.visible(turn.db, pressed.visit_id, actor=turn.actor)
    if pressed.reason is None:
        return Reply(screen=reasons_screen(await visit_facts.facts_of(turn, visit)))
    await visit_reports.note_not_met(turn, visit.id, pressed.reason)
    ask = Ask(kind=PROOF, subject_id=visit.id, forced=False)
    return Reply(screen=await _field_card(turn, visit.id), ask=ask)


async def choose_day(pressed: VisitOn, turn: Turn) -> Reply:
    """`Ubah tanggal`: by the customer's wish or the collector's; the customer hears the new day."""
    visit = await stored.visible(turn.db, pressed.visit_id, actor=turn.actor)
    if pressed.on is not None:
        fresh = await visits.move(turn, visit.id, pressed.on)
        return Reply(screen=await _as_it_is(turn, fresh.id), toast="collector/visit_moved_toast")
    moved(visit, VisitState.PLANNED)
    facts = await visit_facts.facts_of(turn, visit)
    return Reply(screen=days_screen(facts, visits.days_for(turn), subject=await _subject(turn, visit)))


async def choose_person(pressed: AssignVisit, turn: Turn) -> Reply:
    """`Ganti petugas`: who goes instead."""
    if pressed.person_id is None:
        facts = await visit_facts.facts_of(turn, await stored.get(turn.db, pressed.visit_id))
        return Reply(screen=people_screen(facts, await visits.workers(turn)))
    await visits.assign(turn, pressed.visit_id, pressed.person_id)
    return await redraw_order(pressed.visit_id, turn)


async def call_off(pressed: CallOffVisit, turn: Turn) -> Reply:
    """`Batalkan kunjungan`: the customer hears of it if he was told of the visit."""
    await visits.call_off(turn, pressed.visit_id, reason="by_manager")
    return await redraw_order(pressed.visit_id, turn)


async def ask_proof(pressed: AskVisitProof, turn: Turn) -> Reply:
    visit = await stored.visible(turn.db, pressed.visit_id, actor=turn.actor)
    return await _asked_for_proof(turn, visit)


async def take_proof(answered: Answered, turn: Turn) -> Reply:
    """A photo or a place, one after the other; a text is neither, and both are asked for again."""
    if answered.asked is None or answered.asked.subject_id is None:
        return Reply(screen=screen("question_over"))
    visit = await stored.visible(turn.db, answered.asked.subject_id, actor=turn.actor, for_update=True)
    event = answered.event
    if isinstance(event, LocationSent):
        await visit_reports.note_place(turn, visit, event)
    elif papers.is_paper(event):
        kept = await papers.keep(turn, event, AttachmentKind.VISIT_PHOTO, payer_id=visit.payer_id)
        await visit_reports.note_photo(turn, visit, kept)
    return await _asked_for_proof(turn, await stored.get(turn.db, visit.id))


async def _asked_for_proof(turn: Turn, visit: Visit) -> Reply:
    """Still open: what is missing is said; complete: the thanks for it."""
    facts = await visit_facts.facts_of(turn, visit)
    shown = screen(
        "collector/visit_proof", payer=facts.case.name, photo=visit.photo_id is not None, place=visit.has_place
    )
    if visit.photo_id is not None and visit.has_place:
        return Reply(screen=shown, anew=True)
    return Reply(screen=shown, anew=True, ask=Ask(kind=PROOF, subject_id=visit.id, forced=False))


async def _field_card(turn: Turn, visit_id: int) -> Screen:
    visit = await stored.visible(turn.db, visit_id, actor=turn.actor)
    return visit_screen(await visit_facts.facts_of(turn, visit))


async def _as_it_is(turn: Turn, visit_id: int) -> Screen:
    """The manager's view where the pressed message shows it, else the field card."""
    visit = await stored.visible(turn.db, visit_id, actor=turn.actor)
    facts = await visit_facts.facts_of(turn, visit)
    return ordered_screen(facts) if (await _subject(turn, visit)).startswith("visit_order:") else visit_screen(facts)


async def _subject(turn: Turn, visit: Visit) -> str:
    here = None
    if turn.message_id is not None:
        here = await screens.subject_of(turn.db, chat_id=turn.chat_id, message_id=turn.message_id)
    is_managers = turn.actor.role in DECIDERS and turn.actor.id != visit.person_id
    return here or (f"visit_order:{visit.id}" if is_managers else subject_of(visit.id))
