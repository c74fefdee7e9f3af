"""The routing tables: which button, command, typed answer or file goes to which handler, and who may.

The role is checked by these tables; the object by its loading, since a card, a payer or a claim that somebody may not
see is not found. Handlers do not know each other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot import buttons
from bot.handlers import day
from bot.reply import Reply
from bot.routes import Route
from bot.turn import Turn
from sop.outcomes import Outcome

PRESSES: Mapping[type[buttons.Button], Route] = {
    buttons.StartCards: Route(day.start_cards),
    buttons.ListCards: Route(day.list_cards),
    buttons.OpenCard: Route(day.open_card),
    buttons.ShowOthers: Route(day.show_others),
    buttons.SkipCard: Route(day.skip_card),
}

# What a tap on an outcome does first: some record at once, some ask on.
OPENERS: Mapping[Outcome, Route] = {}

COMMANDS: Mapping[str, Route] = {
    "tugas": Route(day.show_tasks),
    "tasks": Route(day.show_tasks),
}

# What a typed text, a place or a file answers: by the kind of the question that is open.
ANSWERS: Mapping[str, Route] = {}

# What a file is without a question, by its kind ("document" or "photo").
FILES: Mapping[str, Route] = {}

# What a message shows, by the first word of its subject: how to draw it as it is now.
REDRAWS: Mapping[str, Callable[[int, Turn], Awaitable[Reply]]] = {
    "follow_up": day.redraw_card,
}
