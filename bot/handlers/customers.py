"""What customers write to us on WhatsApp."""

from __future__ import annotations

from bot.casework import inbound
from bot.events import CustomerWrote
from bot.turn import Desk


async def take_message(letter: CustomerWrote, desk: Desk) -> None:
    """The inbox has let it in once; its effect is one transaction."""
    await inbound.take(desk, letter)
