"""Why chasing was stopped, and the way back from it (section 5)."""

from __future__ import annotations

from bot.buttons import ExplainStop, ResumeChase
from bot.casework import escalation_facts, stopping
from bot.reply import Ask, Reply, Screen, screen
from bot.routes import Answered
from bot.turn import Turn
from storage import escalations, questions

REASON = "stop_reason"
MOST_LETTERS = 500


async def ask_reason(pressed: ExplainStop, turn: Turn) -> Reply:
    """`Tulis alasan`: the words are asked of who pressed, in a group too."""
    return Reply(
        then=(await _asks(turn, pressed.escalation_id),), ask=Ask(kind=REASON, subject_id=pressed.escalation_id)
    )


async def take_reason(answered: Answered, turn: Turn) -> Reply:
    """The reason stands beside the decision and on the record from now on."""
    asked = answered.asked
    if asked is None or asked.subject_id is None:
        return Reply()
    words = " ".join(answered.text.split())[:MOST_LETTERS]
    if not words:
        return Reply(then=(await _asks(turn, asked.subject_id),), ask=Ask(kind=REASON, subject_id=asked.subject_id))
    await questions.close(turn.db, asked.id, now=turn.now)
    one = await stopping.explain(turn, asked.subject_id, words)
    facts = await escalation_facts.facts_of(turn, one)
    return Reply(screen=screen("manager/reason_taken", payer=facts.case.name if facts.case else ""))


async def resume(pressed: ResumeChase, turn: Turn) -> Reply:
    """`Lanjutkan penagihan`: the stop is lifted; the message that was pressed shows it."""
    await stopping.resume(turn, pressed.payer_id)
    shown = await escalation_facts.as_pressed(turn)
    return Reply(screen=shown, toast="manager/resumed_toast")


async def _asks(turn: Turn, escalation_id: int) -> Screen:
    facts = await escalation_facts.facts_of(turn, await escalations.get(turn.db, escalation_id))
    return screen(
        "manager/reason_asked",
        name=turn.actor.name,
        telegram_id=turn.actor.telegram_id,
        payer=facts.case.name if facts.case else "",
    )
