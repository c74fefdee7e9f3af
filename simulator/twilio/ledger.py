"""Customers, messages and templates as Twilio keeps them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulator.clock import SimClock
from simulator.config import SimConfig
from simulator.faults import FaultBook
from simulator.journal import Journal
from simulator.outgoing import Outgoing
from simulator.signals import Signal
from simulator.timeline import Timeline
from simulator.wire import Json

WINDOW = timedelta(hours=24)
PHONE_ADDRESS = re.compile(r"whatsapp:\+[1-9]\d{6,14}")
USER_ADDRESS = re.compile(r"whatsapp:[A-Z]{2}\.[A-Za-z0-9]{1,128}")
RANK = {"accepted": 0, "queued": 0, "sending": 1, "sent": 2, "delivered": 3, "read": 4}
"""Statuses only move forward; what is not listed is final."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """One attached file."""

    sid: str
    content_type: str
    content: bytes
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ByHand:
    """A message somebody of the company wrote to a customer from his own WhatsApp; Twilio knows nothing of it."""

    sid: str
    name: str
    body: str
    at: datetime


@dataclass
class Customer:
    """A person with WhatsApp. With `user_id` his number is hidden and he appears as a business-scoped id."""

    phone: str
    name: str
    user_id: str | None = None
    on_whatsapp: bool = True
    reads: bool = True
    blocked: bool = False
    last_inbound_at: dict[str, datetime] = field(default_factory=dict)
    by_hand: list[ByHand] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The channel address the business sees."""
        return f"whatsapp:{self.user_id or self.phone}"


@dataclass
class Message:
    """One message of the Messages API, in either direction."""

    sid: str
    direction: str
    sender: str
    to: str
    body: str
    created_at: datetime
    status: str
    updated_at: datetime
    sent_at: datetime | None = None
    service_sid: str | None = None
    content_sid: str | None = None
    callback_url: str | None = None
    error_code: int | None = None
    media: list[Media] = field(default_factory=list)
    media_urls: list[str] = field(default_factory=list)
    buttons: list[Json] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    def advance(self, status: str, at: datetime) -> bool:
        """Move to a later status; False when that would be a step back or after the end."""
        if self.status not in RANK or RANK.get(status, 9) <= RANK[self.status]:
            return False
        self.status, self.updated_at = status, at
        if self.sent_at is None and status in ("sent", "delivered", "read", "undelivered", "failed"):
            self.sent_at = at
        return True


class Ledger:
    """All state of the played Twilio. Sids come from counters."""

    def __init__(self, clock: SimClock, journal: Journal, config: SimConfig, outgoing: Outgoing) -> None:
        self.clock, self.journal, self.config, self.outgoing = clock, journal, config, outgoing
        self.timeline = Timeline(clock)
        self.faults = FaultBook()
        self.changed = Signal()
        self.base_url = ""
        self._count = itertools.count(1)
        self.forget()

    def forget(self) -> None:
        """Start with nobody and nothing; sids go on counting."""
        self.customers: dict[str, Customer] = {}
        self.messages: dict[str, Message] = {}
        self.contents: dict[str, Json] = {}
        self.approvals: dict[str, Json] = {}
        self.timeline.clear()

    def sid(self, prefix: str) -> str:
        """A new sid: two letters and 32 hex digits."""
        return f"{prefix}{next(self._count):032x}"

    def customer(self, address: str) -> Customer:
        """The customer behind a channel address; an unknown number is a person on WhatsApp nobody configured."""
        for customer in self.customers.values():
            if address in (f"whatsapp:{customer.phone}", f"whatsapp:{customer.user_id}"):
                return customer
        name = address.removeprefix("whatsapp:")
        return self.customers.setdefault(name, Customer(phone=name, name=name))

    def window_until(self, customer: Customer, sender: str) -> datetime | None:
        """End of the 24 hours after his last message to this sender; None when he never wrote."""
        at = customer.last_inbound_at.get(sender)
        return at + WINDOW if at else None

    def in_window(self, customer: Customer, sender: str) -> bool:
        """True while free-form messages may be sent to him."""
        until = self.window_until(customer, sender)
        return until is not None and self.clock.now() < until

    def account_path(self) -> str:
        """Path of the account in the Messages API."""
        return f"/2010-04-01/Accounts/{self.config.account_sid}"


def is_recipient(address: str) -> bool:
    """True for a WhatsApp address with a phone number or a business-scoped user id."""
    return bool(PHONE_ADDRESS.fullmatch(address) or USER_ADDRESS.fullmatch(address))
