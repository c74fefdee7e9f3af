"""`/bahasa`: each person reads in his own language."""

from __future__ import annotations

from bot.buttons import ChooseLanguage, UnknownButton
from bot.events import CommandGiven
from bot.reply import Reply, screen, tap
from bot.turn import Turn
from storage import people

LANGUAGES = ("id", "en")


async def ask_language(given: CommandGiven, turn: Turn) -> Reply:
    """Both languages as buttons, each by its own name."""
    row = tuple(tap(f"language_{one}", ChooseLanguage(one)) for one in LANGUAGES)
    return Reply(screen=screen("language_asked", row))


async def choose_language(pressed: ChooseLanguage, turn: Turn) -> Reply:
    """From now on everything to him is in this language, this answer first."""
    if pressed.language not in LANGUAGES:
        raise UnknownButton(pressed.verb)
    await people.set_language(turn.db, turn.actor.id, pressed.language)
    return Reply(screen=screen("language_chosen"), anew=True, language=pressed.language)
