"""Requests beyond a collector's authority, approved many at once (section 5)."""

from __future__ import annotations

from bot.buttons import ApproveTogether
from bot.casework import decisions, escalation_facts
from bot.casework.decisions import Wish
from bot.reply import Reply
from bot.turn import Turn
from sop.escalation import Decision, EscalationState
from sop.refusal import Refused
from storage import Conflict, NotFound
from storage.attempts import attempt


async def approve_together(pressed: ApproveTogether, turn: Turn) -> Reply:
    """`Setujui semua <= Rp ...`: which requests that covers is asked of the database at this very moment.

    One that cannot be approved any more, since its promise moved meanwhile, stays in the list and stops no other.
    """
    covered = await escalation_facts.approvable(turn)
    done = sum([await _approved(turn, escalation_id) for escalation_id in covered])
    shown = await escalation_facts.listed(turn, 0)
    values = {"count": done, "left": len(covered) - done}
    return Reply(screen=shown, toast="manager/approved_toast", toast_values=values)


async def _approved(turn: Turn, escalation_id: int) -> bool:
    try:
        async with attempt(turn.db):
            made = await decisions.make(turn, escalation_id, Wish(decision=Decision.APPROVE))
    except (Refused, NotFound, Conflict):
        return False
    return made.state is EscalationState.DECIDED
