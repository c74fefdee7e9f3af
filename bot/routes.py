"""A route: the handler of one kind of event, and the roles it is for; and what a typed answer or a file brings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.events import ByPerson, Typed
from bot.reply import Reply
from bot.turn import Turn
from sop.people import CONFIRMERS, WORKERS, Role
from storage.questions import OpenQuestion

Handler: TypeAlias = Callable[[Any, Turn], Awaitable[Reply]]

ANYBODY = frozenset(Role)
CARD_WORKERS = WORKERS | CONFIRMERS


@dataclass(frozen=True, slots=True)
class Route:
    """Who may, and what happens; the object itself is authorised when it is loaded."""

    handler: Handler
    roles: frozenset[Role] = CARD_WORKERS
    in_group: bool | None = None

    @property
    def is_for_groups(self) -> bool:
        """Whether it may be done in the managers' group: unless said, only what no collector does."""
        return self.roles <= CONFIRMERS if self.in_group is None else self.in_group


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What was typed or sent, the question it answers (none: nobody asked), and a file's content."""

    event: ByPerson
    asked: OpenQuestion | None
    content: bytes = b""

    @property
    def text(self) -> str:
        """What was typed; empty for a file or a place."""
        return self.event.text if isinstance(self.event, Typed) else ""
