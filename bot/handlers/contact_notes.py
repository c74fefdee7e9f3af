"""Outcomes about whom we may reach, and how: wrong number, stop or consent for WhatsApp, deceased (G6, G7, G18)."""

from __future__ import annotations

from bot.buttons import AskNumber, ChooseOutcome
from bot.casework import cards, contacts, outcomes
from bot.casework.escalations import Asked, open_escalation
from bot.casework.outcomes import Work
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.turn import Turn
from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.outcomes import Outcome
from storage import holds, outbox, questions
from storage.holds import NewHold


async def record_wrong_number(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Salah nomor`: the number is disabled at once, with an apology and without a word of the bill (G7).

    Nobody was reached: the card stays open as the task to find the right number, behind the others.
    """
    work = await outcomes.begin(turn, pressed.follow_up_id)
    contact = contacts.reachable(work.case)
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.WRONG_NUMBER, address=contact.address)
    await contacts.disable(turn, work.case, contact, outcome_id=outcome_id)
    return await _next(turn, outcome_id)


async def record_stop(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Minta stop WA`: nothing more by WhatsApp but one confirmation; calls go on."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    contact = contacts.reachable(work.case)
    before = contact.consent
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.STOP_WHATSAPP, address=contact.address, consent=before)
    await contacts.opt_out(turn, work.case, contact, how="collector", outcome_id=outcome_id)
    return await _same(turn, work)


async def record_consent(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Catat persetujuan WA`: from now on the machine may remind; never after the customer himself said stop."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    contact = contacts.reachable(work.case)
    await contacts.opt_in(turn, contact)
    details = {"address": contact.address, "consent": contact.consent}
    await outcomes.note_outcome(turn, work, Outcome.CONSENT_WHATSAPP, **details)
    return await _same(turn, work)


async def record_deceased(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Meninggal`: everything rests, and the managers decide how to go on with dignity."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.DECEASED)
    await outcomes.finish(turn, work, Outcome.DECEASED)
    new = NewHold(payer_id=work.card.payer_id, kind=HoldKind.DECEASED, outcome_id=outcome_id)
    await holds.place(turn.db, new, now=turn.now)
    await outbox.cancel_chase(turn.db, work.card.payer_id, reason="held_deceased")
    invoice_ids = tuple(one.id for one in work.case.invoices)
    reason = EscalationReason.OBSTACLE
    asked = Asked(reason=reason, payer_id=work.card.payer_id, invoice_ids=invoice_ids, outcome_id=outcome_id)
    await open_escalation(turn, asked)
    return await _next(turn, outcome_id)


async def record_customer_called(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Pelanggan menghubungi`: he called us; what he said is an outcome of its own."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    await outcomes.note_outcome(turn, work, Outcome.CUSTOMER_CALLED)
    return await _same(turn, work)


async def ask_new_number(pressed: AskNumber, turn: Turn) -> Reply:
    """The right number is typed in answer to a question."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    ask = Ask(kind="new_number", subject_id=work.card.id)
    return Reply(screen=screen("collector/new_number_asked", payer=work.case.name), anew=True, ask=ask)


async def record_new_number(answered: Answered, turn: Turn) -> Reply:
    """A number somebody found: it counts as verified, and the card can be worked again."""
    question = answered.asked
    if question is None or question.subject_id is None:
        raise outcomes.CardClosed(state="gone")
    work = await outcomes.begin(turn, question.subject_id)
    await contacts.add_number(turn, work.case, answered.text)
    await questions.close(turn.db, question.id, now=turn.now)
    shown = await cards.shown(turn, work.card, zone=turn.actor.zone)
    return Reply(screen=screen("collector/new_number_recorded"), then=(shown,))


async def _next(turn: Turn, outcome_id: int) -> Reply:
    return Reply(screen=await cards.next_card(turn, undo=outcome_id), toast="collector/recorded_toast")


async def _same(turn: Turn, work: Work) -> Reply:
    shown = await cards.shown(turn, work.card, zone=turn.actor.zone)
    return Reply(screen=shown, toast="collector/recorded_toast")
