"""A subject's new face, wherever it is shown: on every phone, and in messages that still wait to leave."""

from __future__ import annotations

from bot.casework import notices
from bot.reply import Screen
from bot.turn import Desk
from storage import outbox_screens


async def everywhere(desk: Desk, subject: str, drawn: Screen) -> None:
    """This function will give every message about a subject its new face; nobody keeps a button that is over."""
    content = outbox_screens.Content(
        message=drawn.message, values=dict(drawn.values), taps=notices.taps_as_plain(drawn.taps)
    )
    await outbox_screens.refresh_waiting(desk.db, subject, content)
    await notices.redraw(desk, subject, drawn)
