"""The menu of commands in each chat of the staff: what his role may use, in his language. (sop 1)

What was set is remembered in this process only: after a restart every menu is set once more, which changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import structlog

from bot.app import App
from bot.channels.faults import ChannelFault
from bot.render import command_menu
from bot.routing import commands_of
from sop.people import Person, Role
from storage import people

log = structlog.get_logger()


@dataclass(kw_only=True)
class Menus:
    """Keeps the menus true: who comes in, changes his language or his role gets his own at the next look."""

    app: App
    _set: dict[int, tuple[Role, str]] = field(default_factory=dict)

    async def follow(self) -> int:
        """This function will set the menus that are not as they should be; gives how many."""
        async with self.app.store.transaction() as db:
            staff = await people.with_roles(db, *Role)
        changed = 0
        for person in staff:
            if person.telegram_id is not None and self._set.get(person.telegram_id) != (person.role, person.language):
                changed += await self._show(person, person.telegram_id)
        return changed

    async def _show(self, person: Person, chat_id: int) -> int:
        known = commands_of(person.role)
        menu = {name: what for name, what in command_menu(person.language, "private").items() if name in known}
        try:
            await self.app.telegram.set_commands(menu, place=chat_id)
        except ChannelFault:  # a menu is a convenience: tried again at the next look
            log.warning("menu_not_set", action="menu_not_set", person=person.id)
            return 0
        self._set[chat_id] = (person.role, person.language)
        return 1
