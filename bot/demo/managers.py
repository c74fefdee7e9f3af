"""The managers of a rehearsal: they look at the group and decide; sometimes two press at the same moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.demo.clockwork import Acts
from bot.demo.phones import Phone
from bot.demo.scene import Scene
from bot.demo.tapping import CORRECT, Finger, Press, Type, Wish, label
from bot.demo.words import words_of
from simulator.shown import ChatMessage
from sop.escalation import MEASURES, Decision
from sop.outcomes import Outcome

LOOKS = ("09:20", "11:35", "14:20", "16:10")
BOTH_OF_A_HUNDRED = 12
MOST_DECISIONS = 30
MOST_TAPS = 4
MOST_ROWS = 4
ROW = " · "

_ODDS = (
    (Decision.APPROVE, 12),
    (Decision.GRANT_TIME, 6),
    (Decision.VISIT, 4),
    (Decision.WARNING_LETTER, 2),
    (Decision.RETURN, 4),
    (Decision.TAKE, 3),
    (Decision.DECLINE, 3),
    (Decision.INVOLVE_SALES, 1),
    (Decision.HOLD_DELIVERY, 1),
    (Decision.REASSIGN_TODAY, 1),
)
_LABELS = {label(one.value): one for one in Decision}


@dataclass(kw_only=True)
class Manager:
    """One manager; `other` is the colleague who sometimes presses at the same moment."""

    scene: Scene
    phone: Phone
    chances: Random
    looks: tuple[str, ...] = LOOKS
    other: Phone | None = None
    decided: dict[int, str] = field(default_factory=dict)
    _opened: int = 0

    async def decide(self) -> Acts:
        """His looks at the group, each working through what is open."""
        while True:
            starts = [self.scene.next_open(clock) for clock in self.looks]
            yield min(starts) + timedelta(minutes=self.chances.randint(0, 8))
            for _ in range(MOST_DECISIONS):
                question = await self.phone.newest(self._is_open, self.scene.group_id)
                if question is None and await self._opens_list():
                    yield self._soon()
                    continue
                if question is None:
                    break
                async for at in self._answers(question):
                    yield at

    def _is_open(self, message: ChatMessage) -> bool:
        """A question he has not answered as it stands now; one that changed is looked at again."""
        if self.decided.get(message.id) == message.text:
            return False
        return any(one in _LABELS and _LABELS[one] not in MEASURES for one in message.labels)

    async def _opens_list(self) -> bool:
        """Where many wait, they stand in one list: a row opens its question, one button approves the small ones."""
        listed = await self.phone.newest(lambda one: self._row(one) is not None, self.scene.group_id)
        row = None if listed is None else self._row(listed)
        if row is None or self._opened >= MOST_ROWS:
            self._opened = 0
            return False
        self._opened += 1
        return await self.phone.press(row, listed, self.scene.group_id)

    def _row(self, message: ChatMessage) -> str | None:
        rows = [one for one in message.labels if ROW in one and self.scene.customer_in(one) is not None]
        return next(iter(rows), None)

    async def _answers(self, question: ChatMessage) -> Acts:
        self.decided[question.id] = question.text
        label_chosen = self._choice(question)
        both = self.other is not None and self.chances.randrange(100) < BOTH_OF_A_HUNDRED
        await self.phone.press(label_chosen, question, self.scene.group_id)
        if both and self.other is not None:
            await self.other.press(self._choice(question), question, self.scene.group_id)
        self.scene.note(self.phone.name, "decision", payer=self._about(question), path=[label_chosen], both=both)
        yield self._soon()
        async for at in self._goes_on(question, label_chosen):
            yield at

    async def _goes_on(self, question: ChatMessage, first: str) -> Acts:
        """Some decisions ask on: for a day, or an instruction."""
        typed = self.chances.choice(words_of("collector", self.scene.diary.language)["instruction"])
        wish = Wish(outcome=Outcome.NOTED, opener=first, labels=(CORRECT,), typed=typed)
        finger = Finger(wish=wish, chances=self.chances, path=[first])
        for _ in range(MOST_TAPS):
            now = await self._asked(question)
            deed = None if now is None else finger.next_deed(now)
            if now is None or deed is None:
                break
            await self._do(finger, deed, now)
            yield self._soon()
        last = await self.phone.message(question.id, self.scene.group_id)
        self.decided[question.id] = last.text if last else ""

    async def _asked(self, question: ChatMessage) -> ChatMessage | None:
        for one in await self.phone.messages(self.scene.group_id):
            if one.id == question.id:
                return None if any(name in _LABELS for name in one.labels) else one
            if self.phone.asks(one) and one.id > question.id:
                return one
        return None

    async def _do(self, finger: Finger, deed: object, shown: ChatMessage) -> None:
        if isinstance(deed, Press):
            finger.path.append(deed.label)
            await self.phone.press(deed.label, shown, self.scene.group_id)
        elif isinstance(deed, Type):
            await self.phone.say(deed.text, to=shown, chat_id=self.scene.group_id)

    def _choice(self, question: ChatMessage) -> str:
        offered = [(one, _LABELS[one]) for one in question.labels if one in _LABELS]
        odds = dict(_ODDS)
        weights = [odds.get(decision, 0) + 0.01 for _, decision in offered]
        return self.chances.choices([one for one, _ in offered], weights=weights)[0]

    def _about(self, question: ChatMessage) -> str:
        customer = self.scene.customer_in(question.text)
        return customer.name if customer else ""

    def _soon(self) -> datetime:
        return self.scene.now + timedelta(seconds=self.chances.randint(5, 25))
