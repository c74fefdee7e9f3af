"""What a message shows, by the first word of its subject: how to draw it as it is now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.handlers import (
    by_hand,
    day,
    deductions,
    deposits,
    dispute_answers,
    errands,
    escalations,
    finance,
    imports,
    letters,
    placing,
    sales_help,
    visits,
)
from bot.reply import Reply
from bot.turn import Turn

REDRAWS: Mapping[str, Callable[[int, Turn], Awaitable[Reply]]] = {
    "follow_up": day.redraw_card,
    "digest": day.redraw_digest,
    "to_send": by_hand.redraw_to_send,
    "escalation": escalations.redraw_escalation,
    "escalations": escalations.redraw_list,
    "sales_note": sales_help.redraw_note,
    "upload": imports.redraw_upload,
    "letter": letters.redraw_letter,
    "visit": visits.redraw_visit,
    "visit_order": visits.redraw_order,
    "letter_hand": letters.redraw_hand,
    "claim": finance.redraw_claim,
    "cash": deposits.redraw_cash,
    "giro": deposits.redraw_giro,
    "dispute": dispute_answers.redraw_dispute,
    "errand": errands.redraw_errand,
    "posted": finance.redraw_posted,
    "deduction": deductions.redraw_deduction,
    "payment": placing.redraw_placing,
    "credit": placing.redraw_credit,
}
