"""Old keyboards go: of the cards in a person's chat only the newest can be pressed (section 3)."""

from __future__ import annotations

from bot.casework.cards import DAY_SUBJECT
from bot.reply import Reply
from bot.screens.card import CARD_SUBJECT
from bot.turn import Turn
from storage import Database, screens

PRESSED_ONE_AT_A_TIME = (CARD_SUBJECT, DAY_SUBJECT)
"""What the collector's running message shows: a card, or that the day is done."""


async def put_away(turn: Turn, reply: Reply, *, edited: int | None) -> tuple[int, ...]:
    """This function will retire the older cards when a reply shows one; gives the messages to take the buttons off."""
    if not any(takes_over(one.subject) for one in (reply.screen, *reply.then) if one is not None):
        return ()
    return await put_away_others(turn.db, turn.chat_id, keep=edited)


async def put_away_others(db: Database, chat_id: int, *, keep: int | None) -> tuple[int, ...]:
    """This function will retire every card of a chat but one."""
    return await screens.put_away(db, chat_id, prefixes=PRESSED_ONE_AT_A_TIME, keep=keep)


def takes_over(subject: str | None) -> bool:
    """This function will say whether a message becomes the one that is worked with."""
    return subject is not None and subject.startswith(PRESSED_ONE_AT_A_TIME)
