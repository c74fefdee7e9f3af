"""What the guard is asked about: the kinds of messages and the facts of one. (sop 6, 7)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sop.calendar import WorkCalendar
from sop.hours import local_day
from sop.policy import Policy
from sop.zones import WIB


class MessageKind(Enum):
    """What a message is for. (sop 6)"""

    CHASE = "chase"  # ladder, promise broken, letters: every rule
    SERVICE = "service"  # confirmation, thanks, receipt, answer: hours, contact, identity, words
    LAST_WORD = "last_word"  # the one final apology or opt-out confirmation
    STAFF = "staff"  # to our own people
    CALL = "call"  # no message: a call attempt


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageFacts:
    """Everything the rules look at. `text` is what a person typed or changed; templates leave it empty."""

    kind: MessageKind
    zone: str | None  # the customer's; None: not known
    by_machine: bool = False
    text: str = ""
    payment_instructions: str = ""  # from the settings: the only accounts that may be named
    is_verified: bool = True  # on the company's own list, and nobody said "wrong number"
    is_wrong_number: bool = False
    has_opted_out: bool = False
    has_consent: bool = False
    is_group: bool = False
    is_approved_group: bool = False  # one company's own finance staff, with consent and approval
    names_sender: bool = True
    states_consequence: bool = False
    has_consequence_clause: bool = False
    is_letter_in_order: bool = True
    agreed_other_hours: bool = False  # the customer's own recorded wish (POJK 22/2023 art. 62(3))
    chase_sent_at: tuple[datetime, ...] = ()  # to this payer, within the cap's window
    calls_today: int = 0
    customer_wrote_at: datetime | None = None
    last_words_sent: int = 0
    is_approved: bool = False  # by a manager, with a reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """The facts at one moment under one procedure."""

    facts: MessageFacts
    now: datetime
    policy: Policy
    calendar: WorkCalendar

    @property
    def zone(self) -> str:
        """The zone that counts days; an unknown one counts in the west."""
        return self.facts.zone or WIB

    @property
    def today(self) -> date:
        return local_day(self.now, zone=self.zone)
