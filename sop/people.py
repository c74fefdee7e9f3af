"""Who takes part: the staff's roles, and what we know of a customer's contact person (section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Role(Enum):
    ADMIN = "admin"
    MANAGER = "manager"
    FINANCE = "finance"
    COLLECTOR = "collector"
    SALES = "sales"


class PersonState(Enum):
    INVITED = "invited"  # known by name from an invitation or a list; has not opened the link yet
    ACTIVE = "active"
    REVOKED = "revoked"


class ContactState(Enum):
    LISTED = "listed"  # stands in the company's own list: counts as verified until someone says otherwise
    VERIFIED = "verified"
    WRONG = "wrong"


class ConsentState(Enum):
    UNKNOWN = "unknown"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"  # only the customer himself can give it again


DECIDERS = frozenset({Role.MANAGER, Role.ADMIN})
CONFIRMERS = frozenset({Role.FINANCE, Role.MANAGER, Role.ADMIN})  # without a finance person managers do it
WORKERS = frozenset({Role.COLLECTOR, Role.SALES})


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A member of staff; `telegram_id` is none until the invitation was opened."""

    id: int
    name: str
    role: Role
    state: PersonState
    language: str
    zone: str
    telegram_id: int | None
    unreachable_at: datetime | None
    card_cap: int | None = None  # cards he can work in a day, where a manager set it; none: the policy's (3)


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactPerson:
    """Somebody at the customer's whom we may write to or call."""

    id: int
    customer_id: int
    name: str | None
    salutation: str | None
    address: str
    on_whatsapp: bool
    state: ContactState
    consent: ConsentState


def may_be_written_to(contact: ContactPerson) -> bool:
    """This function will say whether WhatsApp may carry anything at all to this contact (7)."""
    may_reach = contact.on_whatsapp and contact.state is not ContactState.WRONG
    return may_reach and contact.consent is not ConsentState.WITHDRAWN
