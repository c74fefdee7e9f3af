"""The books as the rules see them: a customer and what one invoice still asks for (section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sop.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """Who owes; `zone` is none while nobody knows where he is."""

    id: int
    payer_id: int
    code: str | None
    name: str
    zone: str | None
    segment: str | None
    consequence_clause: str | None
    collector_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Invoice:
    """One invoice; `balance` is amount - paid - credited, and `due_on` is never rewritten by a rule."""

    id: int
    customer_id: int
    payer_id: int
    number: str
    issued_on: date | None
    due_on: date
    amount: Money
    paid: Money
    credited: Money
    balance: Money
    segment: str | None = None  # its own policy, before the customer's (2.7)


def days_past_due(invoice: Invoice, *, today: date) -> int:
    """This function will count calendar days after the due date, never below zero."""
    return max(0, (today - invoice.due_on).days)
