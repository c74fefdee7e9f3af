"""A letter at the moment its message leaves: does it still say what is true, and is it its turn (sections 6, 9)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.casework import letter_papers, record
from bot.casework.guarding import Drop, Wait
from bot.turn import Desk
from sop.case import Case
from sop.letter import Letter, LetterState, is_in_order, says_what_is_true
from storage import letters
from storage.outbox import Waiting

MESSAGE = "customer/T08"
"""The message that carries a letter."""
CHANGED = "letter_changed"
BY_MACHINE, BY_HAND, BY_POST = "whatsapp", "whatsapp_by_hand", "post"
"""The ways a letter leaves, as its row says it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What stands in the way of the letter's message, if anything, and whether its turn has come (G13)."""

    stop: Wait | Drop | None
    is_in_order: bool


NO_LETTER = Checked(stop=None, is_in_order=True)


async def check(desk: Desk, case: Case, letter: Letter | None) -> Checked:
    """This function will look at a letter anew, as its message is about to leave; a letter that is gone is dropped."""
    if letter is None or letter.state not in (LetterState.APPROVED, LetterState.SENT):
        return Checked(stop=Drop(reason="withdrawn", rule="9"), is_in_order=False)
    sent = [one for one in await letter_papers.living_series(desk, case) if one.id != letter.id]
    in_order = is_in_order(letter, sent)
    owed = letter_papers.owed(case, today=desk.day_in(None))
    if owed and not says_what_is_true(letter, owed):
        return Checked(stop=Wait(reason=CHANGED, rule="9"), is_in_order=in_order)
    return Checked(stop=None, is_in_order=in_order)


async def of_message(desk: Desk, case: Case, one: Waiting) -> Checked:
    """This function will do the same for a queued message, which carries the letter's paper."""
    return await check(desk, case, await letters.find_by_paper(desk.db, one.attachment_id))


async def note_left(desk: Desk, one: Waiting, *, how: str) -> None:
    """This function will record that a letter left with a message, the machine's or one sent by hand."""
    letter = await letters.find_by_paper(desk.db, one.attachment_id)
    if letter is not None and await letters.note_sent(desk.db, letter.id, how=how, at=desk.now):
        await record.note(desk, "letter_sent", payer_id=letter.payer_id, letter=letter.id, how=how)
