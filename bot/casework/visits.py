"""Visits: ordered by a manager, told to the customer, reported with place and photo (section 9; 001, 003)."""

from __future__ import annotations

from datetime import date

from bot.turn import Turn
from sop.escalation import Escalation


async def order(turn: Turn, one: Escalation, *, on: date) -> None:
    """This function will plan a visit for a day, give it to the payer's collector and tell the customer politely."""
