"""Warning letters: drafted from the books, approved by a manager, sent and posted (section 9, G13; 001)."""

from __future__ import annotations

from bot.turn import Turn
from sop.escalation import Escalation


async def propose(turn: Turn, one: Escalation) -> None:
    """This function will draft the payer's next letter and hand it to the manager in private, to be approved.

    Raises a LetterRefused where no letter may be drafted now; then the decision is not made either.
    """
