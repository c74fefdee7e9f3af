"""What reached the customers today and what was held, in few lines: so many of each kind, with two examples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.demo.diary import first_words
from bot.demo.scene import Scene
from bot.render import label_named
from sop.guard import MessageKind
from sop.outbox import OutboxState
from storage import rehearsal
from storage.rehearsal import Letter, has_left

EXAMPLES = 2
NEWS_OF_A_PERSON = 4
RESTS = (OutboxState.HELD, OutboxState.CANCELLED, OutboxState.FAILED)


@dataclass(kw_only=True)
class Bulletin:
    """Remembers what was told already."""

    scene: Scene
    _told: set[tuple[int, str]] = field(default_factory=set)

    async def of_day(self) -> dict[str, Any]:
        """This function will give what the day's template shows beside the people's own lines."""
        async with self.scene.app.store.transaction() as db:
            letters = await rehearsal.letters(db)
        today = self.scene.today
        sent = [one for one in letters if has_left(one.state) and self._on(one) == today]
        held = [one for one in letters if one.state in RESTS and self._is_news(one)]
        return {"sent": self._sent(sent), "held": self._held(held), "news": await self._news()}

    def _sent(self, letters: Iterable[Letter]) -> list[dict[str, Any]]:
        groups: defaultdict[str, list[Letter]] = defaultdict(list)
        for one in letters:
            groups[one.message].append(one)
        return [
            {
                "name": message.removeprefix("customer/"),
                "count": len(group),
                "read": sum(one.state is OutboxState.READ for one in group),
                "delivered": sum(one.state is OutboxState.DELIVERED for one in group),
                "payers": [one.payer for one in group[:EXAMPLES]],
                "examples": self._examples(group),
            }
            for message, group in sorted(groups.items())
        ]

    def _examples(self, group: Sequence[Letter]) -> list[dict[str, Any]]:
        """The words of two reminders; what answers a deed is told by its name."""
        chosen = [one for one in group if one.kind is MessageKind.CHASE][:EXAMPLES]
        return [{"payer": one.payer, "body": first_words(one.body or "")} for one in chosen]

    def _held(self, letters: Iterable[Letter]) -> list[dict[str, Any]]:
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for one in letters:
            groups[one.hold_reason or one.state.value].append(one.payer or "?")
        language = self.scene.diary.language
        return [
            {"reason": reason_in(reason, language), "count": len(payers), "payers": payers[:EXAMPLES]}
            for reason, payers in sorted(groups.items())
        ]

    async def _news(self) -> list[dict[str, Any]]:
        """What the program told the staff of its own accord: the first lines, the many as a number."""
        found = []
        places = [(phone, name, None) for name, phone in self.scene.staff.items()]
        group = next(iter(self.scene.staff.values()))
        for phone, name, chat in [*places, (group, "group", self.scene.group_id)]:
            fresh = await phone.news(chat)
            heads = Counter(first_words(one.text.strip().partition("\n")[0], 70) for one in fresh if one.text.strip())
            told = [{"text": text, "count": count} for text, count in heads.most_common(NEWS_OF_A_PERSON)]
            if told:
                found.append({"who": name, "told": told, "others": max(0, len(heads) - len(told))})
        return found

    def _on(self, letter: Letter) -> date | None:
        return None if letter.sent_at is None else letter.sent_at.astimezone(self.scene.zone).date()

    def _is_news(self, letter: Letter) -> bool:
        mark = (letter.id, letter.hold_reason or letter.state.value)
        is_new = mark not in self._told
        self._told.add(mark)
        return is_new


def reason_in(reason: str, language: str) -> str:
    """This function will give the words for a reason, or its name where nobody has worded it."""
    for name in (reason, f"held_{reason}"):
        try:
            return label_named(name, language, {})
        except KeyError:
            continue
    return reason
