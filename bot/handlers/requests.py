"""Requests beyond a collector's authority, approved many at once (section 5)."""

from __future__ import annotations

from bot.buttons import ApproveTogether
from bot.casework import decisions, escalation_facts
from bot.casework.decisions import Wish
from bot.reply import Reply
from bot.turn import Turn
from sop.escalation import Decision


async def approve_together(pressed: ApproveTogether, turn: Turn) -> Reply:
    """`Setujui semua <= Rp ...`: which requests that covers is asked of the database at this very moment."""
    covered = await escalation_facts.approvable(turn)
    for escalation_id in covered:
        await decisions.make(turn, escalation_id, Wish(decision=Decision.APPROVE))
    shown = await escalation_facts.listed(turn, 0)
    return Reply(screen=shown, toast="manager/approved_toast", toast_values={"count": len(covered)})
