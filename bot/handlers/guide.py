"""`/bantuan`: what there is for each role, in a few lines."""

from __future__ import annotations

from bot.buttons import ShowHelp
from bot.events import CommandGiven
from bot.reply import Reply, Screen, screen
from bot.turn import Turn


async def show_help(given: CommandGiven, turn: Turn) -> Reply:
    return Reply(screen=_help(turn))


async def open_help(pressed: ShowHelp, turn: Turn) -> Reply:
    """`Bantuan` under the welcome, which stays."""
    return Reply(screen=_help(turn), anew=True)


def _help(turn: Turn) -> Screen:
    return screen("help_group" if turn.in_group else f"help_{turn.actor.role.value}")
