"""What a handler or a job stands on: the moment, the open transaction, the procedure, the company."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.typeset import Stationery
from sop.calendar import WorkCalendar
from sop.people import Person
from sop.policy import Policy
from storage import Database


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """What the company's messages say about itself; from the settings alone, never typed in a chat (G15)."""

    name: str
    phone: str
    payment_instructions: str
    language: str
    zone: str
    whatsapp_mode: str  # link, twilio or off
    has_whatsapp_webhook: bool = False
    stationery: Stationery = field(default_factory=Stationery)
    media_url: str | None = None  # where a provider fetches papers from; none: they are handed on by people


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """One moment of work inside one transaction."""

    db: Database
    now: datetime
    policy: Policy
    calendar: WorkCalendar
    company: Company

    def day_in(self, zone: str | None) -> date:
        """This function will say which day it is there; an unknown zone counts as the company's."""
        return self.now.astimezone(ZoneInfo(zone or self.company.zone)).date()

    def day_start(self, zone: str | None) -> datetime:
        """This function will give the instant at which the day there began."""
        return self.local(zone).replace(hour=0, minute=0, second=0, microsecond=0)

    def local(self, zone: str | None) -> datetime:
        return self.now.astimezone(ZoneInfo(zone or self.company.zone))


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn(Desk):
    """One event of one person, and the place it came from."""

    actor: Person
    chat_id: int
    message_id: int | None = None
    in_group: bool = False

    @property
    def today(self) -> date:
        return self.day_in(self.actor.zone)

    def at_place(self, at: datetime) -> datetime:
        """This function will give an instant as the person's own clock shows it."""
        return at.astimezone(ZoneInfo(self.actor.zone))


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """What stays the same from one event to the next: the procedure, the calendar, the company."""

    policy: Policy
    calendar: WorkCalendar
    company: Company

    def desk(self, db: Database, *, now: datetime) -> Desk:
        """This function will set up the work of one moment in one transaction."""
        return Desk(db=db, now=now, policy=self.policy, calendar=self.calendar, company=self.company)
