"""The collectors of a rehearsal: they open the morning's message and work one card after the other, by its labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.demo.cast import Customer
from bot.demo.clockwork import Acts
from bot.demo.phones import Phone, labelled
from bot.demo.scene import Scene
from bot.demo.tapping import BACK, OTHERS, UNDO, Finger, Press, Wish, is_card, label, wish_for
from bot.demo.words import words_of
from simulator.shown import ChatMessage
from sop.outcomes import NoAnswerReason, Outcome
from storage import invoices

START = label("start")
SENT = label("sent")
SKIP = label("skip")
NOT_REPLIED = label("not_replied")
SEND = label("send_by_hand")
NEW_NUMBER = label("new_number")
SESSIONS = ("08:10", "11:40", "13:30", "15:20", "16:20")
MOST_CARDS = 60
MOST_TAPS = 9
MOST_SKIPS = 4
STUCK_TAPS = (BACK, label(Outcome.NO_ANSWER.value), label(NoAnswerReason.BUSY.value))


@dataclass(kw_only=True)
class Collector:
    """One collector; `taps` counts the buttons pressed for each finished outcome."""

    scene: Scene
    phone: Phone
    chances: Random
    taps: list[int] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _sent: set[str] = field(default_factory=set)

    async def work(self) -> Acts:
        """His days, session by session."""
        while True:
            starts = [self.scene.next_open(clock) for clock in SESSIONS]
            yield min(starts) + timedelta(minutes=self.chances.randint(0, 12))
            async for at in self._session():
                yield at

    async def _session(self) -> Acts:
        async for at in self._answers():
            yield at
        if not await self._begins():
            return
        self._seen.clear()
        self._sent.clear()
        for _ in range(MOST_CARDS):
            yield self._soon()
            card = await self._next()
            if card is None:
                return
            async for at in self._card(card):
                yield at

    async def _next(self) -> ChatMessage | None:
        """The card that stands there; one that he has worked in this session is put behind the others first."""
        for _ in range(MOST_SKIPS):
            card = await self.phone.newest(lambda one: bool(one.labels))
            if card is None or not (is_card(card) or SENT in card.labels):
                return None
            customer = self.scene.customer_in(_head(card))
            name = customer.name if customer else ""
            if name not in self._seen or self._may_send(card, name):
                self._seen.add(name)
                return card
            await self.phone.press(SKIP, card)
            await self.scene.clockwork.settle()
        return None

    def _may_send(self, card: ChatMessage, name: str) -> bool:
        """A message waits to be sent by hand, and he has not tried it in this session."""
        return not {SENT, NOT_REPLIED}.isdisjoint(card.labels) and name not in self._sent

    async def _answers(self) -> Acts:
        """What customers wrote meanwhile is answered first."""
        nobody: tuple[datetime, ...] = ()
        for at in nobody:
            yield at

    async def _begins(self) -> bool:
        newest = await self.phone.newest(lambda one: START in one.labels)
        if newest is not None and await self.phone.press(START, newest):
            return True
        await self.phone.say("/tugas")
        return False

    async def _card(self, card: ChatMessage) -> Acts:
        customer = self.scene.customer_in(_head(card))
        if customer is None:
            self.scene.stuck.append(f"{self.phone.name}: ?")
            return
        if self._may_send(card, customer.name):
            self._sent.add(customer.name)
            if NOT_REPLIED in card.labels:
                await self.phone.press(NOT_REPLIED, card)
                yield self._soon()
            await self.phone.press(SEND, card)
            yield self._soon()
            await self.phone.press(SENT, card)
            self.scene.note(self.phone.name, "by_hand", payer=customer.name)
            yield self._soon()
            return
        if NEW_NUMBER in card.labels and not customer.moved_on:
            customer.moved_on = True
        yield self.scene.now + timedelta(seconds=self.chances.randint(50, 240))  # the call
        async for at in self._outcome(card, customer):
            yield at

    async def _outcome(self, card: ChatMessage, customer: Customer) -> Acts:
        wish = await self._wish(customer)
        finger, before = Finger(wish=wish, chances=self.chances), self.scene.presses.count
        if wish.opener not in card.labels:
            await self.phone.press(OTHERS, card)
            yield self._soon()
            if not await self.phone.newest(labelled(wish.opener)):
                await self.phone.press(BACK, card)
                wish = finger.wish = self._plain_wish()
                yield self._soon()
        finger.path.append(wish.opener)
        await self.phone.press(wish.opener, card)
        yield self._soon()
        for _ in range(MOST_TAPS):
            following = await self._current(card)
            if following is None or _is_over(following) or not await self._tap(finger, following):
                break
            yield self._soon()
        self._told(finger, customer, card, before)
        async for at in self._unstick(card, finger, customer):
            yield at

    async def _wish(self, customer: Customer) -> Wish:
        async with self.scene.app.store.transaction() as db:
            open_now = await invoices.open_of(db, customer.payer_id)
        from_due = any(one.due_on <= self.scene.today for one in open_now)
        outcome = customer.says(from_due=from_due, has_paid=bool(self.scene.unposted(customer)))
        amount = sum(one.balance.sen for one in open_now[:1]) // 200
        return wish_for(outcome, words_of("collector", self.scene.diary.language), self.chances, amount)

    def _plain_wish(self) -> Wish:
        """What he taps where the button he looked for is not there (yet)."""
        return wish_for(Outcome.NO_ANSWER, words_of("collector", self.scene.diary.language), self.chances, 0)

    async def _current(self, card: ChatMessage) -> ChatMessage | None:
        """Where the way goes on: a newer question that wants typing, a newer card, or the message that was pressed."""
        for one in await self.phone.messages():
            if one.id == card.id or (one.id > card.id and (self.phone.asks(one) or is_card(one))):
                return one
        return None

    async def _tap(self, finger: Finger, message: ChatMessage) -> bool:
        deed = finger.next_deed(message)
        if isinstance(deed, Press):
            finger.path.append(deed.label)
            return await self.phone.press(deed.label, message)
        if deed is None:
            return False
        finger.path.append("[foto]" if deed.photo else f"“{deed.text}”")
        if deed.photo:
            await self.phone.send_photo(to=message)
        else:
            await self.phone.say(deed.text, to=message)
        return True

    def _told(self, finger: Finger, customer: Customer, card: ChatMessage, before: int) -> None:
        self.taps.append(self.scene.presses.count - before)
        place = _head(card).partition(" ")[0]
        self.scene.note(self.phone.name, "card", place=place, payer=customer.name, path=finger.path)

    async def _unstick(self, card: ChatMessage, finger: Finger, customer: Customer) -> Acts:
        """A way that leads nowhere is noted, and the card put away as busy so that the day goes on."""
        now = await self._current(card)
        if now is None or _is_over(now):
            return
        self.scene.stuck.append(f"{self.phone.name}: {customer.name}: {' > '.join(finger.path)}: {now.labels}")
        for one in STUCK_TAPS:
            await self.phone.press(one, now)
            yield self._soon()

    def _soon(self) -> datetime:
        return self.scene.now + timedelta(seconds=self.chances.randint(4, 14))


def _head(card: ChatMessage) -> str:
    return card.text.partition("\n")[0]


def _is_over(shown: ChatMessage) -> bool:
    return is_card(shown) or UNDO in shown.labels or not (shown.labels or shown.force_reply)
