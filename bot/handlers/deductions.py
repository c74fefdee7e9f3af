"""`Bukti potong diterima` and `Bukan potongan`: a part kept back is proved, or owed after all (section 8)."""

from __future__ import annotations

from bot.buttons import DocumentReceived, RejectDeduction
from bot.casework import deductions, kept_back, papers
from bot.events import FileSent
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.turn import Turn
from sop.attachment import AttachmentKind
from sop.deductions import DeductionState, closed
from storage import questions

QUESTION = "tax_document"
MOST_LETTERS = 60


async def ask_document(pressed: DocumentReceived, turn: Turn) -> Reply:
    """Its number is typed, or its photo or PDF sent."""
    kept = await deductions.visible(turn, pressed.deduction_id)
    closed(kept, DeductionState.DOCUMENTED)
    shown = screen("finance/document_asked", amount=kept.amount)
    return Reply(screen=shown, anew=True, ask=Ask(kind=QUESTION, subject_id=kept.id))


async def take_document(answered: Answered, turn: Turn) -> Reply:
    """The number or the paper closes the question with a credit note."""
    if answered.asked is None or answered.asked.subject_id is None:
        return Reply(screen=screen("question_over"))
    kept = await deductions.visible(turn, answered.asked.subject_id)
    paper_id, number = None, " ".join(answered.text.split())[:MOST_LETTERS] or None
    if isinstance(answered.event, FileSent):
        kind = AttachmentKind.TAX_DOCUMENT
        paper_id = await papers.keep(turn, answered.event, kind, payer_id=kept.payer_id)
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    await deductions.prove(turn, kept.id, number=number, paper_id=paper_id)
    return Reply(screen=await kept_back.shown(turn, kept.id), toast="finance/placed_toast")


async def reject_deduction(pressed: RejectDeduction, turn: Turn) -> Reply:
    """`Bukan potongan`: the rest is asked for again."""
    kept = await deductions.visible(turn, pressed.deduction_id)
    await deductions.reject(turn, kept.id)
    return Reply(screen=await kept_back.shown(turn, kept.id), toast="finance/placed_toast")


async def redraw_deduction(deduction_id: int, turn: Turn) -> Reply:
    return Reply(screen=await kept_back.shown(turn, (await deductions.visible(turn, deduction_id)).id))
