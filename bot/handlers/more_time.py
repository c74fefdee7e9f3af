"""`Minta waktu`: before the due date a wish for more time, from then on a promise with its reason (000-IV.A.2, B.2)."""

from __future__ import annotations

from bot.buttons import ChooseOutcome, DatePurpose
from bot.casework import choosing
from bot.reply import Ask, Reply
from bot.screens.dates import dates_screen
from bot.turn import Turn

TYPED_DATE = "date"


async def ask_more_time(pressed: ChooseOutcome, turn: Turn) -> Reply:
    """Until when does he ask for time?"""
    await choosing.start_anew(turn, pressed.follow_up_id)
    choice = await choosing.load(turn, pressed.follow_up_id, DatePurpose.MORE_TIME)
    details = {"purpose": choice.facts.purpose.value}
    ask = Ask(kind=TYPED_DATE, subject_id=pressed.follow_up_id, details=details, forced=False)
    return Reply(screen=dates_screen(choice.facts), ask=ask)
