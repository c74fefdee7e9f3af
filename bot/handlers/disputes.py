"""`Sanggah`: why, and how much of it; only that part pauses (sections 3, 6; 004)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from bot.buttons import ChooseOutcome, DisputeCauseChosen, DisputeInvoice, DisputePart, OpenCard
from bot.casework import cards, choosing, disputes, outcomes
from bot.casework.disputes import Disputed
from bot.casework.outcomes import Work, undo_ends_at
from bot.reply import Ask, Reply, Tap, screen, tap
from bot.routes import Answered
from bot.screens.card import subject_of
from bot.screens.dispute import cause_screen
from bot.turn import Turn
from sop.coverage import check_part, covered, part_of, total_of
from sop.dispute import DisputeCause
from sop.money import Money
from sop.outcomes import Outcome
from sop.payer import Reached
from sop.refusal import Refused
from sop.typed_amounts import ExactAmount, parse_amount
from storage import outcomes as stored_outcomes
from storage import questions

TYPED_AMOUNT, TYPED_NOTE, AMOUNT = "dispute_amount", "dispute_note", "disputed"
MOST_BUTTONS = 30
MOST_LETTERS = 500


class InvoiceGone(Refused):
    """The invoice is paid or held meanwhile."""

    message: ClassVar[str] = "collector/refused_invoice_gone"


async def ask_cause(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Sanggah`: what is wrong?"""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    await choosing.start_anew(turn, work.card.id)
    return Reply(screen=cause_screen(work.card.id, payer=work.case.name))


async def ask_what(pressed: DisputeCauseChosen, turn: Turn) -> Reply:
    """How much: `Semua`, one invoice, or a typed amount."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    reached = covered(work.case)
    every = (tap("everything", DisputeInvoice(work.card.id, pressed.cause, None)),)
    rows = [(_invoice_tap(one, DisputeInvoice(work.card.id, pressed.cause, one.invoice.id)),) for one in reached]
    back = (tap("back", ChooseOutcome(work.card.id, Outcome.DISPUTED)),)
    values = {"payer": work.case.name, "cause": pressed.cause, "total": total_of(reached)}
    shown = screen(
        "collector/dispute_what_asked", every, *rows[:MOST_BUTTONS], back, subject=subject_of(work.card.id), **values
    )
    ask = Ask(kind=TYPED_AMOUNT, subject_id=work.card.id, details={"cause": pressed.cause.value}, forced=False)
    return Reply(screen=shown, ask=ask)


async def read_amount(answered: Answered, turn: Turn) -> Reply:
    """A part was typed: of which invoice? The answer saves."""
    card_id = await choosing.card_of(turn, answered.asked)
    if answered.asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    work = await outcomes.begin(turn, card_id)
    cause = DisputeCause(answered.asked.details["cause"])
    reached = covered(work.case)
    typed = parse_amount(answered.text, outstanding=total_of(reached))
    again = Ask(kind=TYPED_AMOUNT, subject_id=work.card.id, details={"cause": cause.value}, forced=False)
    if not isinstance(typed, ExactAmount):
        return Reply(screen=screen("collector/dispute_amount_unclear", choices=typed.choices), ask=again)
    fitting = [one for one in reached if one.chaseable >= typed.amount]
    check_part(typed.amount, total=max(one.chaseable for one in reached))
    who = {"follow_up_id": work.card.id, "person_id": turn.actor.id}
    await questions.keep_choices(turn.db, {AMOUNT: typed.amount.sen}, **who, now=turn.now)
    rows = [(_invoice_tap(one, DisputePart(work.card.id, cause, one.invoice.id)),) for one in fitting[:MOST_BUTTONS]]
    back = (tap("back", OpenCard(work.card.id)),)
    values = {"payer": work.case.name, "cause": cause, "amount": typed.amount}
    shown = screen("collector/dispute_part_asked", *rows, back, subject=subject_of(work.card.id), **values)
    return Reply(screen=shown, ask=again)


async def record_whole(pressed: DisputeInvoice, turn: Turn) -> Reply:
    """`Semua`, or one whole invoice: this tap saves."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    reached = covered(work.case)
    parts = reached if pressed.invoice_id is None else (_of(reached, pressed.invoice_id),)
    return await _dispute(turn, work, Disputed(cause=pressed.cause, parts=parts))


async def record_part(pressed: DisputePart, turn: Turn) -> Reply:
    """The typed amount of this invoice: this tap saves."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    draft = await questions.choices(turn.db, follow_up_id=work.card.id, person_id=turn.actor.id)
    if AMOUNT not in draft:
        return await ask_what(DisputeCauseChosen(work.card.id, pressed.cause), turn)
    part = part_of(_of(covered(work.case), pressed.invoice_id), Money(draft[AMOUNT]))
    return await _dispute(turn, work, Disputed(cause=pressed.cause, parts=(part,)))


async def add_note(answered: Answered, turn: Turn) -> Reply:
    """What the customer said, typed right after a dispute was recorded."""
    if answered.asked is None or answered.asked.subject_id is None:
        return Reply(screen=screen("collector/dispute_note_late"))
    await questions.close(turn.db, answered.asked.id, now=turn.now)
    row = await stored_outcomes.get(turn.db, answered.asked.subject_id)
    is_late = turn.now > undo_ends_at(row, turn) or row.undone_at is not None
    note = answered.text.strip()[:MOST_LETTERS]
    if is_late or not await disputes.add_note(turn, row.id, note):
        return Reply(screen=screen("collector/dispute_note_late"))
    return Reply(screen=screen("collector/dispute_note_saved", note=note))


async def _dispute(turn: Turn, work: Work, disputed: Disputed) -> Reply:
    outcome_id = await disputes.record_dispute(turn, work, disputed)
    await outcomes.finish(turn, work, Outcome.DISPUTED)
    shown = await cards.next_card(turn, undo=outcome_id)
    ask = Ask(kind=TYPED_NOTE, subject_id=outcome_id, forced=False)
    is_returned = disputed.cause is DisputeCause.RETURNED
    toast = "collector/dispute_returned_toast" if is_returned else "collector/dispute_recorded_toast"
    return Reply(screen=shown, toast=toast, ask=ask)


def _of(reached: Sequence[Reached], invoice_id: int) -> Reached:
    found = [one for one in reached if one.invoice.id == invoice_id]
    if not found:
        raise InvoiceGone()
    return found[0]


def _invoice_tap(one: Reached, button: DisputeInvoice | DisputePart) -> Tap:
    return tap("invoice_row", button, number=one.invoice.number, amount=one.chaseable)
