"""Where Telegram shows a menu of commands: everywhere, in a kind of chat, or in one, whose menu hides the others."""

from __future__ import annotations

from typing import Literal, TypeAlias

from telegram import (
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)

Place: TypeAlias = Literal["everywhere", "private", "groups"]


def scope_of(place: Place | int) -> BotCommandScope:
    """This function will give Telegram's name of a place; a number is one chat."""
    if isinstance(place, int):
        return BotCommandScopeChat(place)
    scopes: dict[Place, BotCommandScope] = {
        "everywhere": BotCommandScopeDefault(),
        "private": BotCommandScopeAllPrivateChats(),
        "groups": BotCommandScopeAllGroupChats(),
    }
    return scopes[place]
