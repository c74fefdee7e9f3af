"""Why the machine's message of a card does not leave now, told to the collector before he calls (section 6)."""

from __future__ import annotations

from bot.casework import reminders
from bot.casework.guarding import Wait
from bot.casework.reminders import Words
from bot.screens.card import ByHand
from bot.turn import Desk
from sop.case import Case
from sop.follow_up import ChannelState, FollowUp

MACHINE_HOURS = "2.5"  # the guard's rule of the hours in which the machine writes: no hold, only not yet


async def of_machine(desk: Desk, case: Case, card: FollowUp) -> ByHand | None:
    """This function will say why the card's message is held and when it may go; none: it leaves by itself today."""
    if card.message is not ChannelState.DUE or card.message_step is None:
        return None
    answer = await reminders.of_card(desk, case, card, by_machine=True)
    if isinstance(answer, Words):
        return None
    until = answer.until.astimezone(desk.local(case.zone).tzinfo) if isinstance(answer, Wait) and answer.until else None
    if answer.rule == MACHINE_HOURS and until is not None and until.date() == case.today:
        return None
    return ByHand(link=None, held=answer.reason, until=None if until is None else until.isoformat())
