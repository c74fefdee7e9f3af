"""Warning letters: a manager reads and approves the paper, the collector hands it on (section 9)."""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import ApproveLetter, ChooseDeadline, LetterHanded, OpenLetter, WithdrawLetter
from bot.casework import letter_sending, notices, warning_letters
from bot.casework.notices import Post
from bot.reply import Reply, toast
from bot.screens.letter import days_screen
from bot.turn import Turn
from sop.letter import Letter, LetterState
from storage.outbox import ANSWER


async def open_letter(pressed: OpenLetter, turn: Turn) -> Reply:
    """The paper holds an address: from a group it is sent to the private chat of who asks for it."""
    shown = await warning_letters.shown(turn, pressed.letter_id)
    if turn.in_group:
        await notices.tell(turn, turn.actor, shown, Post(urgency=ANSWER, attachment_id=shown.attachment_id))
        return toast("manager/letter_sent_toast")
    return Reply(screen=shown, anew=not await warning_letters.is_shown(turn, shown))


async def redraw_letter(letter_id: int, turn: Turn) -> Reply:
    return Reply(screen=await warning_letters.shown(turn, letter_id))


async def approve_letter(pressed: ApproveLetter, turn: Turn) -> Reply:
    """`Setujui`: it goes off as it was read; where the books have changed, the new paper has to be read first."""
    letter = await warning_letters.approve(turn, pressed.letter_id, pressed.paper_id)
    if letter.state is LetterState.PROPOSED:
        return await _anew(turn, letter, is_changed=True)
    shown = await warning_letters.shown(turn, letter.id)
    return Reply(screen=replace(shown, taps=()), then=(shown,), toast="manager/letter_approved_toast")


async def choose_deadline(pressed: ChooseDeadline, turn: Turn) -> Reply:
    """`Ubah`: the days are offered; the chosen one makes a new draft."""
    if pressed.on is None:
        facts = await warning_letters.facts_of(turn, pressed.letter_id)
        return Reply(screen=days_screen(facts, warning_letters.days_for(turn, facts.letter)))
    return await _anew(turn, await warning_letters.set_deadline(turn, pressed.letter_id, pressed.on))


async def withdraw_letter(pressed: WithdrawLetter, turn: Turn) -> Reply:
    """`Batal`: it does not leave; its number stays on record."""
    letter = await warning_letters.withdraw(turn, pressed.letter_id)
    return Reply(screen=await warning_letters.shown(turn, letter.id))


async def note_handed(pressed: LetterHanded, turn: Turn) -> Reply:
    """`Sudah dikirim`: guard and holds are asked again, then it counts as sent."""
    letter = await letter_sending.note_handed(turn, pressed.letter_id)
    return Reply(screen=await letter_sending.shown_to_hand(turn, letter.id), toast="collector/sent_toast")


async def redraw_hand(letter_id: int, turn: Turn) -> Reply:
    return Reply(screen=await letter_sending.shown_to_hand(turn, letter_id))


async def _anew(turn: Turn, letter: Letter, *, is_changed: bool = False) -> Reply:
    """A new paper is a new message; the old one keeps its words and loses its buttons."""
    shown = await warning_letters.shown(turn, letter.id, is_changed=is_changed)
    return Reply(screen=replace(shown, taps=()), then=(shown,))
