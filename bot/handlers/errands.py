"""`Tugas lain`: work beside the calls, opened, done with what its kind asks for (section 3)."""

from __future__ import annotations

from bot.buttons import FinishErrand, ListErrands, OpenErrand
from bot.casework import errand_results, errands, papers
from bot.events import FileSent
from bot.reply import Ask, Reply, screen
from bot.routes import Answered
from bot.turn import Turn
from sop.errand import Errand, Result, finished
from storage import errands as stored
from storage import questions

TEXT, PAPER = "errand_text", "errand_paper"
MOST_LETTERS = 300


async def list_errands(pressed: ListErrands, turn: Turn) -> Reply:
    """`Tugas lain`: all of one's own, or what is to be done for the payer of a card."""
    return Reply(screen=await errands.shown_list(turn, follow_up_id=pressed.follow_up_id))


async def open_errand(pressed: OpenErrand, turn: Turn) -> Reply:
    errand = await stored.visible(turn.db, pressed.errand_id, actor=turn.actor)
    return Reply(screen=await errands.shown(turn, errand))


async def redraw_errand(errand_id: int, turn: Turn) -> Reply:
    return await open_errand(OpenErrand(errand_id), turn)


async def finish_errand(pressed: FinishErrand, turn: Turn) -> Reply:
    """`Selesai`: at once, or after the text, the paper or the outcome that its kind asks for."""
    errand = await stored.visible(turn.db, pressed.errand_id, actor=turn.actor)
    finished(errand)
    needs = errand.rule.result
    if needs is Result.NOTHING:
        return await _done(turn, await errands.finish(turn, errand.id))
    if needs is Result.OUTCOME:
        return Reply(screen=await errand_results.outcome_asked(turn, errand))
    kind = TEXT if needs is Result.TEXT else PAPER
    shown = screen(f"collector/{kind}_asked", kind=errand.kind, payer=await errands.payer_name(turn, errand))
    return Reply(screen=shown, anew=True, ask=Ask(kind=kind, subject_id=errand.id))


async def take_text(answered: Answered, turn: Turn) -> Reply:
    """What was typed is the result, such as the number of the postal receipt."""
    errand = await _asked(answered, turn)
    said = " ".join(answered.text.split())[:MOST_LETTERS]
    if errand is None or not said:
        return Reply(screen=screen("question_over"))
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    return await _done(turn, await errands.finish(turn, errand.id, result=said))


async def take_paper(answered: Answered, turn: Turn) -> Reply:
    """A photo or a PDF is the result; a text is none, and it is asked again."""
    errand = await _asked(answered, turn)
    if errand is None:
        return Reply(screen=screen("question_over"))
    if not isinstance(answered.event, FileSent) or not papers.is_paper(answered.event):
        shown = screen("collector/errand_paper_asked", kind=errand.kind, payer=await errands.payer_name(turn, errand))
        return Reply(screen=shown, ask=Ask(kind=PAPER, subject_id=errand.id))
    await questions.close_all(turn.db, person_id=turn.actor.id, chat_id=turn.chat_id, now=turn.now)
    kept = await errand_results.keep_paper(turn, errand, answered.event, answered.content)
    return await _done(turn, await errands.finish(turn, errand.id, paper_id=kept))


async def _asked(answered: Answered, turn: Turn) -> Errand | None:
    if answered.asked is None or answered.asked.subject_id is None:
        return None
    return await stored.visible(turn.db, answered.asked.subject_id, actor=turn.actor)


async def _done(turn: Turn, errand: Errand) -> Reply:
    await errand_results.draw(turn, errand)
    return Reply(screen=await errands.shown(turn, errand), toast="collector/errand_done_toast")
