"""What a payment leaves on an invoice, and why: a discount earned, or a tax deduction to be proved (section 8; 002)."""

from __future__ import annotations

from bot.casework.thanks import Transfer
from bot.turn import Desk


async def explain(desk: Desk, transfer: Transfer) -> None:
    """This function will look at what a payment left open, before its consequences are drawn."""
