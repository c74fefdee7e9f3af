"""`Batalkan` for ten minutes; later a correction is offered (section 3)."""

from __future__ import annotations

from bot.buttons import CorrectOutcome, StartCards, Undo
from bot.casework import cards, undoing
from bot.reply import Reply, screen, tap
from bot.turn import Turn


async def undo_outcome(pressed: Undo, turn: Turn) -> Reply:
    """Within ten minutes everything the tap caused is taken back, and the card is there again."""
    row = await undoing.own(turn, pressed.outcome_id)
    if not undoing.may_undo(turn, row):
        taps = (tap("correct_outcome", CorrectOutcome(row.id)), tap("next_card", StartCards()))
        return Reply(screen=screen("collector/undo_too_late", taps, outcome=row.kind))
    card = await undoing.undo(turn, row)
    return Reply(screen=await cards.shown(turn, card, zone=turn.actor.zone), toast="collector/undone_toast")


async def correct_outcome(pressed: CorrectOutcome, turn: Turn) -> Reply:
    """`Koreksi`: the card is opened again; the first record stays, the right one is added."""
    row = await undoing.own(turn, pressed.outcome_id)
    card = await undoing.reopen(turn, row)
    return Reply(screen=await cards.shown(turn, card, zone=turn.actor.zone))
