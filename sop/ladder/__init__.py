"""The ladder of the procedure: which step an invoice reaches on which day, and what the step asks for. (000-IV, sop 2)

Everything section 2 says about steps and days stands here and nowhere else: `rungs` is the table, `days` the dates.
"""

from sop.ladder.days import (
    Fate,
    Reach,
    current_step,
    day_of,
    escalation_threshold,
    latest_due_at,
    next_step,
    no_reply_dates,
    no_reply_on,
    reached,
    repeat_on,
)
from sop.ladder.rungs import DATED, RUNGS, Asks, Channels, Count, Rung, Step, channels, rung_of, rungs

__all__ = [
    "DATED",
    "RUNGS",
    "Asks",
    "Channels",
    "Count",
    "Fate",
    "Reach",
    "Rung",
    "Step",
    "channels",
    "current_step",
    "day_of",
    "escalation_threshold",
    "latest_due_at",
    "next_step",
    "no_reply_dates",
    "no_reply_on",
    "reached",
    "repeat_on",
    "rung_of",
    "rungs",
]
