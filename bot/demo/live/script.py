"""What a scenario is written in: invented people press what is written on the buttons, time passes, eyes are led."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.demo import office
from bot.demo.live.company import Company
from bot.demo.live.debtors import Debtor, bring_debtor
from bot.demo.live.words import spoken
from bot.demo.phones import Phone, labelled
from bot.demo.tapping import label
from simulator.shown import ChatMessage, CustomerMessage

SETTLE_SECONDS = 20.0
TRAVEL_SECONDS = 60.0
MOST_DAYS = 14


class LostThreadError(Exception):
    """The story cannot go on: what somebody wanted to press or to see is not there."""


@dataclass(kw_only=True)
class Script:
    """One performance; `look_seconds` pass between two deeds, so that the eye can follow."""

    company: Company
    collector: Phone
    look_seconds: float
    debtor: Debtor | None = None
    _heard: int = field(default=0)

    @property
    def him(self) -> Debtor:
        """The customer; only after he came in."""
        if self.debtor is None:
            raise LostThreadError("customer")
        return self.debtor

    # Leading the eyes

    async def caption(self, key: str, **values: object) -> None:
        """Say what is happening, and show the people of the story."""
        facts = {} if self.debtor is None else {"phone": self.debtor.phone}
        await self.company.sim.spotlight(
            user_id=self.collector.user_id,
            group_id=self.company.group_id,
            manager_id=self.manager.user_id,
            caption=spoken(f"captions.{key}", **values),
            **facts,
        )
        await asyncio.sleep(self.look_seconds)

    # Time

    async def settled(self) -> None:
        """Wait until the program has done everything that it was told."""
        world = self.company.simulator.world
        await world.flush()
        await world.wait_idle(SETTLE_SECONDS)
        if not await world.stage.caught_up(world.clock.now(), world.journal.told, SETTLE_SECONDS):
            raise LostThreadError("program")

    async def pass_time(self, *, minutes: float = 0, to: tuple[date, str] | None = None) -> None:
        """Travel on, through everything that falls due on the way."""
        company = self.company
        target = company.now + timedelta(minutes=minutes) if to is None else company.at(*to)
        if target <= company.now:
            return
        journey = await company.sim.travel(target, wait=TRAVEL_SECONDS)
        if journey["state"] != "arrived":
            raise LostThreadError(str(journey["state"]))
        await self.settled()

    async def working_hours(self, *, until: str = "14:00") -> None:
        """Make sure that people are at work: otherwise the next open morning comes."""
        company, calendar = self.company, self.company.world.calendar
        today = company.today
        if not calendar.is_open(today) or company.now > company.at(today, until):
            await self.next_morning()
        elif company.now < company.at(today, "08:05"):
            await self.pass_time(to=(today, "08:05"))

    async def next_morning(self, clock: str = "08:35") -> None:
        """Travel to the next day the company works."""
        await self.pass_time(to=(self.company.world.calendar.next_open(self.company.today), clock))

    def days_before_due(self, days: int) -> date:
        """The open day of a step before the due date."""
        return self.company.world.calendar.open_on_or_before(self.him.due_on - timedelta(days=days))

    async def mornings_until(self, seen: Callable[[], Awaitable[bool]], clock: str = "09:35") -> None:
        """Let day after day begin until there is something to see."""
        company = self.company
        for _ in range(MOST_DAYS):
            if await seen():
                return
            if company.world.calendar.is_open(company.today) and company.now < company.at(company.today, clock):
                await self.pass_time(to=(company.today, clock))
            else:
                await self.next_morning(clock)
        raise LostThreadError("days")

    # People

    @property
    def manager(self) -> Phone:
        return self.company.staff[office.MANAGERS[0]]

    @property
    def finance(self) -> Phone:
        return self.company.staff[office.FINANCE]

    async def arrives(self, *, due_in_days: int, amount: int) -> Debtor:
        """A new customer comes in with a list, as every list does."""
        self.debtor = await bring_debtor(self.company, self.collector.name, due_in_days=due_in_days, amount=amount)
        return self.debtor

    async def press(self, who: Phone, *labels: str, chat_id: int | None = None) -> None:
        """Press one button after the other, each on the newest message that has it."""
        for name in labels:
            shown = await who.newest(labelled(name), chat_id)
            if shown is None or not await who.press(name, shown, chat_id):
                raise LostThreadError(name)
            await self.settled()
            await asyncio.sleep(self.look_seconds)

    async def press_first(self, who: Phone, *labels: str) -> None:
        """Press the first of these buttons that is there: on some days one of them is not offered."""
        shown = await who.newest(labelled(*labels))
        offered = [one for one in labels if shown is not None and one in shown.labels]
        if not offered:
            raise LostThreadError(" / ".join(labels))
        await self.press(who, offered[0])

    async def press_old(self, who: Phone, seen: ChatMessage, name: str) -> None:
        """Press a button as it was when somebody looked, though the message has changed since."""
        data = next((one.data for one in seen.buttons if one.label == name), None)
        await self.company.sim.press_data(who.user_id, seen.id, data or "")
        await self.settled()
        await asyncio.sleep(self.look_seconds)

    async def say(self, who: Phone, text: str, *, to: ChatMessage | None = None, chat_id: int | None = None) -> None:
        """Write to the program."""
        await who.say(text, to=to, chat_id=chat_id)
        await self.settled()
        await asyncio.sleep(self.look_seconds)

    async def open_card(self) -> None:
        """The collector looks the customer up and opens his card."""
        await self.say(self.collector, f"/cari {self.him.name}")
        await self.press(self.collector, label("open_card"))

    async def has_news(self) -> bool:
        """Whether the customer has got a message since the last look."""
        shown = [one for one in await self.letters() if not one.inbound]
        before, self._heard = self._heard, len(shown)
        return self._heard > before

    async def letters(self) -> list[CustomerMessage]:
        """The customer's chat with the company."""
        return [one for one in await self.company.sim.customer_messages(self.him.phone) if one.visible]
