"""`Sudah bayar` and `Bayar sebagian`: recorded at once, and nobody is chased until finance has looked (6; 004)."""

from __future__ import annotations

from bot.buttons import AttachSlip, ChooseOutcome, ConfirmPart, OpenCard
from bot.casework import cards, choosing, disputes, objections, outcomes, papers, plan_standing
from bot.casework import claims as claim_facts
from bot.casework.objections import Paid
from bot.casework.outcomes import Work, undo_ends_at
from bot.casework.papers import is_paper
from bot.events import FileSent
from bot.reply import Ask, Reply, screen, tap
from bot.routes import Answered
from bot.screens.card import subject_of
from bot.turn import Turn
from sop.attachment import AttachmentKind
from sop.claim import HOLDING, Claim, ClaimAnswered
from sop.coverage import check_part, covered, total_of
from sop.money import Money
from sop.outcomes import Outcome
from sop.typed_amounts import ExactAmount, parse_amount
from storage import NotFound, customers, questions
from storage import objections as stored_objections
from storage import outcomes as stored_outcomes

SLIP, LATER_SLIP, TYPED_PART, PART = "slip", "later_slip", "paid_part", "paid_part"
CLAIMS = frozenset({Outcome.PAID, Outcome.PAID_PART})
TAKEN = {Outcome.CASH_TAKEN: AttachmentKind.CASH_RECEIPT, Outcome.GIRO_TAKEN: AttachmentKind.GIRO}


async def record_paid(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Sudah bayar`: this tap saves; the second claim of the same invoices needs its slip first."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    return await _claim(turn, work, part=None)


async def ask_part(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """`Bayar sebagian`: how much?"""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    shown = screen("collector/claim_part_asked", payer=work.case.name, total=total_of(covered(work.case)))
    return Reply(screen=shown, anew=True, ask=Ask(kind=TYPED_PART, subject_id=work.card.id))


async def read_part(answered: Answered, turn: Turn) -> Reply:
    """The part is said back before it is saved."""
    card_id = await choosing.card_of(turn, answered.asked)
    if answered.asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    work = await outcomes.begin(turn, card_id)
    total = total_of(covered(work.case))
    typed = parse_amount(answered.text, outstanding=total)
    if not isinstance(typed, ExactAmount):
        again = Ask(kind=TYPED_PART, subject_id=work.card.id)
        return Reply(screen=screen("collector/claim_part_unclear", choices=typed.choices), ask=again)
    check_part(typed.amount, total=total)
    draft = {PART: typed.amount.sen}
    who = {"follow_up_id": work.card.id, "person_id": turn.actor.id}
    await questions.keep_choices(turn.db, draft, **who, now=turn.now)
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    row = (tap("correct", ConfirmPart(work.card.id)), tap("change", ChooseOutcome(work.card.id, Outcome.PAID_PART)))
    values = {"payer": work.case.name, "amount": typed.amount, "rest": total - typed.amount}
    back = (tap("back", OpenCard(work.card.id)),)
    return Reply(screen=screen("collector/claim_part_echo", row, back, subject=subject_of(work.card.id), **values))


async def confirm_part(pressed: ConfirmPart, turn: Turn) -> Reply:
    """`Benar`: the part rests, the rest goes on."""
    work = await outcomes.begin(turn, pressed.follow_up_id)
    draft = await questions.choices(turn.db, follow_up_id=work.card.id, person_id=turn.actor.id)
    if PART not in draft:
        return await ask_part(ChooseOutcome(work.card.id, Outcome.PAID_PART), turn)
    return await _claim(turn, work, part=Money(draft[PART]))


async def record_with_slip(answered: Answered, turn: Turn) -> Reply:
    """The photo of the slip that a second claim needs; a text is no slip and is asked again."""
    card_id = await choosing.card_of(turn, answered.asked)
    if answered.asked is None or card_id is None:
        return Reply(screen=screen("collector/dates_late"))
    work = await outcomes.begin(turn, card_id)
    part = Money(answered.asked.details["part"]) if answered.asked.details["part"] else None
    slip_id = None
    if is_paper(answered.event):
        slip_id = await papers.keep(turn, answered.event, AttachmentKind.SLIP, payer_id=work.card.payer_id)
    return await _claim(turn, work, part=part, slip_id=slip_id)


async def attach_photo(answered: Answered, turn: Turn) -> Reply:
    """A photo without a question belongs to what was claimed or disputed within the last minutes."""
    row, sent = await stored_outcomes.last_by(turn.db, turn.actor.id), answered.event
    if row is None or not isinstance(sent, FileSent) or turn.now > undo_ends_at(row, turn):
        return Reply(screen=screen("collector/claim_photo_unasked"))
    if row.kind in CLAIMS and await objections.attach_slip(turn, row.id, sent):
        return Reply(screen=screen("collector/claim_slip_attached"))
    if row.kind is Outcome.DISPUTED and await disputes.add_photo(turn, row.id, sent):
        return Reply(screen=screen("collector/dispute_photo_attached"))
    if row.kind in TAKEN:  # the back of a giro, or an album of two
        await papers.keep(turn, sent, TAKEN[row.kind], payer_id=row.payer_id)
        return Reply(screen=screen("collector/taking_photo_added"))
    return Reply(screen=screen("collector/claim_photo_unasked"))


async def ask_slip(pressed: AttachSlip, turn: Turn) -> Reply:
    """`Lampirkan bukti`: the customer sends his slip hours later, when no card of his is open any more."""
    claim = await _visible(turn, pressed.claim_id)
    his = await customers.of_payer(turn.db, claim.payer_id)
    ask = Ask(kind=LATER_SLIP, subject_id=claim.id)
    return Reply(screen=screen("collector/claim_later_slip_asked", payer=his[0].name), anew=True, ask=ask)


async def take_later_slip(answered: Answered, turn: Turn) -> Reply:
    """The photo for a claim that waits; a text is no slip, and an answered claim takes none any more."""
    if answered.asked is None or answered.asked.subject_id is None:
        return Reply(screen=screen("collector/claim_photo_unasked"))
    claim = await _visible(turn, answered.asked.subject_id)
    if not is_paper(answered.event):
        return await ask_slip(AttachSlip(claim.id), turn)
    await questions.close(turn.db, answered.asked.id, now=turn.now)
    slip_id = await papers.keep(turn, answered.event, AttachmentKind.SLIP, payer_id=claim.payer_id)
    await claim_facts.add_slip(turn, claim, slip_id)
    return Reply(screen=screen("collector/claim_slip_attached"))


async def _visible(turn: Turn, claim_id: int) -> Claim:
    """A claim that waits, of a payer this person may see. Raises NotFound and ClaimAnswered."""
    claim = await stored_objections.get_claim(turn.db, claim_id)
    if not await customers.visible_payer(turn.db, claim.payer_id, actor=turn.actor):
        raise NotFound("claim")
    if claim.state not in HOLDING:
        raise ClaimAnswered(state=claim.state.value, wanted="")
    return claim


async def _claim(turn: Turn, work: Work, *, part: Money | None, slip_id: int | None = None) -> Reply:
    reached = covered(work.case)
    if part is None:
        part = await plan_standing.claimable(turn, work.case, [one.invoice.id for one in reached])
    if part is not None:
        check_part(part, total=total_of(reached))
    paid = Paid(covered=reached, amount=part, slip_id=slip_id)
    if slip_id is None and await objections.is_slip_needed(turn, work.card.payer_id, paid.invoice_ids):
        details = {"part": 0 if part is None else part.sen}
        ask = Ask(kind=SLIP, subject_id=work.card.id, details=details)
        return Reply(screen=screen("collector/claim_slip_asked", payer=work.case.name), anew=True, ask=ask)
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    outcome_id = await objections.record_claim(turn, work, paid)
    await outcomes.finish(turn, work, Outcome.PAID if part is None else Outcome.PAID_PART)
    shown = await cards.next_card(turn, undo=outcome_id)
    return Reply(screen=shown, toast="collector/claim_recorded_toast")
