"""The sales person's answer about a customer of his who is late (section 2; 004)."""

from __future__ import annotations

from bot.buttons import OpenSalesNote, SalesSpoke
from bot.casework import sales_help
from bot.reply import Ask, Reply, Screen, screen
from bot.routes import Answered
from bot.turn import Turn
from storage import payers, questions

WORDS = "sales_words"
MOST_LETTERS = 500


async def open_note(pressed: OpenSalesNote, turn: Turn) -> Reply:
    """One customer of the list, as a message of its own."""
    await sales_help.check(turn, pressed.payer_id)
    return Reply(screen=await sales_help.shown(turn, pressed.payer_id), anew=True)


async def redraw_note(payer_id: int, turn: Turn) -> Reply:
    await sales_help.check(turn, payer_id)
    return Reply(screen=await sales_help.shown(turn, payer_id))


async def ask_words(pressed: SalesSpoke, turn: Turn) -> Reply:
    """`Sudah dibicarakan`: what came of it, in a few words."""
    await sales_help.check(turn, pressed.payer_id)
    return Reply(then=(await _asks(turn, pressed.payer_id),), ask=Ask(kind=WORDS, subject_id=pressed.payer_id))


async def take_words(answered: Answered, turn: Turn) -> Reply:
    """His words go to the collector and to the managers."""
    asked = answered.asked
    if asked is None or asked.subject_id is None:
        return Reply()
    words = " ".join(answered.text.split())[:MOST_LETTERS]
    if not words:
        return Reply(then=(await _asks(turn, asked.subject_id),), ask=Ask(kind=WORDS, subject_id=asked.subject_id))
    await questions.close(turn.db, asked.id, now=turn.now)
    await sales_help.take_word(turn, asked.subject_id, words)
    return Reply(screen=screen("sales/thanks"))


async def _asks(turn: Turn, payer_id: int) -> Screen:
    names = await payers.names(turn.db, [payer_id])
    return screen("sales/words_asked", payer=names[payer_id])
