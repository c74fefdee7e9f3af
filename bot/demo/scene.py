"""What everybody in a rehearsal shares: the program, the time, the bank, and the diary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.app import App
from bot.demo.cast import Customer
from bot.demo.clockwork import Clockwork
from bot.demo.diary import Diary
from bot.demo.phones import Phone, Presses
from bot.settings import Settings
from bot.turn import Desk
from simulator.client import SimClient
from sop.calendar import WorkCalendar
from sop.money import Money
from storage import Database


@dataclass(kw_only=True)
class Transfer:
    """Money a customer has sent for one invoice; the company sees it when finance looks into the bank."""

    customer: Customer
    number: str
    amount: Money
    on: date
    posted: bool = False


@dataclass(kw_only=True)
class Scene:
    """The stage of a rehearsal."""

    sim: SimClient
    app: App
    clockwork: Clockwork
    diary: Diary
    seed: int
    zone: ZoneInfo
    settings: Settings
    presses: Presses = field(default_factory=Presses)
    customers: list[Customer] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    sent_count: Callable[[], int] = lambda: 0
    staff: dict[str, Phone] = field(default_factory=dict)
    group_id: int | None = None
    stuck: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.clockwork.now

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def calendar(self) -> WorkCalendar:
        return self.app.world.calendar

    def chances(self, name: str) -> Random:
        """This function will give somebody his own chances: the same seed, the same life."""
        return Random(f"{self.seed}:{name}")  # noqa: S311 - repeatable numbers are wanted

    def at(self, on: date, clock: str) -> datetime:
        """This function will give the instant of a local time, such as "08:15"."""
        return datetime.combine(on, time.fromisoformat(clock), tzinfo=self.zone)

    def next_open(self, clock: str) -> datetime:
        """This function will give the next time of this hour on a day the company works."""
        on = self.today
        while not self.calendar.is_open(on) or self.at(on, clock) <= self.now:
            on += timedelta(days=1)
        return self.at(on, clock)

    def next_daily(self, clock: str) -> datetime:
        """This function will give the next time of this hour, closed days included."""
        at = self.at(self.today, clock)
        return at if at > self.now else at + timedelta(days=1)

    def desk(self, db: Database) -> Desk:
        """This function will give what the program's own functions work with, for reading."""
        return self.app.world.desk(db, now=self.now)

    def customer_in(self, text: str) -> Customer | None:
        """This function will find of whom a text speaks: the longest name in it."""
        named = [one for one in self.customers if one.name in text]
        return max(named, key=lambda one: len(one.name), default=None)

    def note(self, who: str, kind: str, **values: object) -> None:
        """This function will write a line about now into the diary."""
        self.diary.add(self.now, who, kind, **values)

    def unposted(self, customer: Customer) -> Sequence[Transfer]:
        """This function will list what a customer has sent and finance has not booked yet."""
        return [one for one in self.transfers if one.customer is customer and not one.posted]
