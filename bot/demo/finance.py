"""The finance person of a rehearsal: books what the bank shows, answers claims, and says when the bank is posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.demo.clockwork import Acts
from bot.demo.phones import Phone
from bot.demo.scene import Scene
from bot.demo.tapping import CORRECT, label
from simulator.shown import ChatMessage
from sop.claim import ClaimState

POSTED = label("bank_posted")
NOT_IN = label(f"claim_{ClaimState.NOT_FOUND.value}")
IN = label(f"claim_{ClaimState.CONFIRMED.value}")
LATE_OF_A_HUNDRED = 20
MOST_ANSWERS = 40


@dataclass(kw_only=True)
class Finance:
    """Posts every working morning, some mornings late."""

    scene: Scene
    phone: Phone
    chances: Random

    async def post(self) -> Acts:
        """The morning: what customers sent until yesterday, one `/bayar` each, then the button."""
        while True:
            yield self._morning()
            for sent in [one for one in self.scene.transfers if not one.posted and one.on < self.scene.today]:
                await self.phone.say(f"/bayar {sent.number} {sent.amount.rupiah_exact} {sent.on:%d/%m/%Y}")
                yield self._soon()
                sent.posted = True
                if await self.phone.press(CORRECT):
                    self.scene.note(self.phone.name, "posted", number=sent.number, amount=sent.amount)
                    yield self._soon()
            if await self.phone.press(POSTED):
                self.scene.note(self.phone.name, "bank_posted")

    async def answer(self) -> Acts:
        """Three times a day: is the claimed money there?"""
        while True:
            starts = [self.scene.next_open(clock) for clock in ("10:15", "14:10", "16:00")]
            yield min(starts) + timedelta(minutes=self.chances.randint(0, 9))
            for _ in range(MOST_ANSWERS):
                claim = await self.phone.newest(lambda one: NOT_IN in one.labels)
                if claim is None:
                    break
                await self._answers(claim)
                yield self._soon()

    async def _answers(self, claim: ChatMessage) -> None:
        customer = self.scene.customer_in(claim.text)
        sent = [] if customer is None else list(self.scene.unposted(customer))
        answer = IN if sent else NOT_IN
        await self.phone.press(answer, claim)
        for one in sent:
            one.posted = True
        self.scene.note(self.phone.name, "claim", payer=customer.name if customer else "?", label=answer)

    def _morning(self) -> datetime:
        is_late = self.chances.randrange(100) < LATE_OF_A_HUNDRED
        clock = "10:40" if is_late else "08:35"
        return self.scene.next_open(clock) + timedelta(minutes=self.chances.randint(0, 10))

    def _soon(self) -> datetime:
        return self.scene.now + timedelta(seconds=self.chances.randint(6, 20))
