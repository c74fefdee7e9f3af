"""Who finds out answers a dispute: `Diterima` with an amount, `Ditolak` with a reason (section 6; 004)."""

from __future__ import annotations

from bot.buttons import AcceptDispute, AcceptPart, AnswerDispute, OpenDispute, PostCredit, ShowCauses
from bot.casework import dispute_answers, dispute_causes, disputes
from bot.events import CommandGiven
from bot.reply import Ask, Reply, screen, tap
from bot.routes import Answered
from bot.screens.dispute import credit_screen, subject_of
from bot.turn import Turn
from sop.dispute import Dispute, check_amount, check_judge
from sop.money import Money
from sop.typed_amounts import ExactAmount, parse_amount
from storage import disputes as stored
from storage import questions
from storage.questions import NewQuestion

TYPED_CREDIT, TYPED_WHY, ECHO = "dispute_credit", "dispute_why", "dispute_credit_echo"
DONE = "finance/dispute_answered_toast"


async def open_dispute(pressed: OpenDispute, turn: Turn) -> Reply:
    """A dispute as it is now; whatever was being asked is let go of."""
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    dispute = await stored.visible(turn.db, pressed.dispute_id, actor=turn.actor)
    return Reply(screen=await disputes.shown(turn, dispute))


async def redraw_dispute(dispute_id: int, turn: Turn) -> Reply:
    return Reply(screen=await disputes.shown(turn, await stored.visible(turn.db, dispute_id, actor=turn.actor)))


async def answer_dispute(pressed: AnswerDispute, turn: Turn) -> Reply:
    """`Diterima` asks for the amount, `Ditolak` for the words the customer will read."""
    dispute = await _open(turn, pressed.dispute_id)
    facts = await disputes.facts_of(turn, dispute)
    if pressed.is_accepted:
        ask = Ask(kind=TYPED_CREDIT, subject_id=dispute.id, forced=False)
        return Reply(screen=credit_screen(facts), ask=ask)
    shown = screen("finance/dispute_why_asked", payer=facts.payer, invoice=facts.invoice.number)
    return Reply(screen=shown, anew=True, ask=Ask(kind=TYPED_WHY, subject_id=dispute.id))


async def accept_all(pressed: AcceptDispute, turn: Turn) -> Reply:
    """`Semua`: this tap saves."""
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    after = await dispute_answers.accept(turn, pressed.dispute_id, None)
    return Reply(screen=await disputes.shown(turn, after), toast=DONE)


async def read_credit(answered: Answered, turn: Turn) -> Reply:
    """A typed part is said back before it is saved."""
    if answered.asked is None or answered.asked.subject_id is None:
        return Reply(screen=screen("question_over"))
    dispute = await _open(turn, answered.asked.subject_id)
    facts = await disputes.facts_of(turn, dispute)
    part = dispute.part_of(facts.invoice.balance)
    typed = parse_amount(answered.text, outstanding=part)
    if not isinstance(typed, ExactAmount):
        again = Ask(kind=TYPED_CREDIT, subject_id=dispute.id, forced=False)
        return Reply(screen=screen("finance/dispute_credit_unclear", choices=typed.choices), ask=again)
    check_amount(typed.amount, balance=part)
    new = NewQuestion(
        person_id=turn.actor.id,
        chat_id=turn.chat_id,
        kind=ECHO,
        subject_id=dispute.id,
        details={"sen": typed.amount.sen},
    )
    question_id = await questions.ask(turn.db, new, now=turn.now)
    row = (tap("correct", AcceptPart(question_id)), tap("change", AnswerDispute(dispute.id, True)))
    values = {"payer": facts.payer, "amount": typed.amount, "rest": part - typed.amount}
    return Reply(screen=screen("finance/dispute_credit_echo", row, subject=subject_of(dispute.id), **values))


async def accept_part(pressed: AcceptPart, turn: Turn) -> Reply:
    """`Benar`: the typed part, once."""
    asked = await questions.open_by_id(turn.db, pressed.question_id, person_id=turn.actor.id)
    if asked is None or asked.kind != ECHO or asked.subject_id is None:
        return Reply(toast="refused_conflict")
    await questions.close(turn.db, asked.id, now=turn.now)
    after = await dispute_answers.accept(turn, asked.subject_id, Money(asked.details["sen"]))
    return Reply(screen=await disputes.shown(turn, after), toast=DONE)


async def take_why(answered: Answered, turn: Turn) -> Reply:
    """The explanation ends it: the customer reads exactly these words."""
    if answered.asked is None or answered.asked.subject_id is None or not answered.text.strip():
        return Reply(screen=screen("question_over"))
    after = await dispute_answers.reject(turn, answered.asked.subject_id, answered.text)
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    return Reply(screen=await disputes.shown(turn, after))


async def post_credit(pressed: PostCredit, turn: Turn) -> Reply:
    """Finance posts what was agreed."""
    after = await dispute_answers.post(turn, pressed.dispute_id)
    return Reply(screen=await disputes.shown(turn, after), toast=DONE)


async def show_disputes(given: CommandGiven, turn: Turn) -> Reply:
    """`/sanggahan`: this month's causes, and what still waits for an answer."""
    return Reply(screen=await dispute_causes.shown(turn, turn.day_in(None)))


async def show_causes(pressed: ShowCauses, turn: Turn) -> Reply:
    return Reply(screen=await dispute_causes.shown(turn, pressed.on))


async def _open(turn: Turn, dispute_id: int) -> Dispute:
    """Whoever may not answer hears it before he types."""
    dispute = await stored.visible(turn.db, dispute_id, actor=turn.actor)
    check_judge(dispute, await dispute_answers.judge(turn))
    return dispute
