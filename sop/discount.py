"""Something off for who pays early: how much, until when, and when it was earned. Told by people only. (002; sop 8)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sop.ledger import Invoice
from sop.money import Money
from sop.policy import Policy

WHOLE = 10_000  # basis points
RUPIAH = 100  # sen: nobody transfers less than a rupiah


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What may be left out of an invoice, and the last day to pay the rest."""

    invoice_id: int
    amount: Money
    last_on: date


def offer_of(invoice: Invoice, *, policy: Policy) -> Offer | None:
    """This function will give an invoice's offer; none where the policy (of its segment) offers nothing.

    It is counted, rounded down to the rupiah, on what the invoice asks for after credit notes. Its last day lies so
    many days after the invoice's own day, or before the due date where that is unknown or not wished.
    """
    terms = policy.discount
    amount = Money((invoice.amount - invoice.credited).sen * terms.basis_points // WHOLE // RUPIAH * RUPIAH)
    if not terms.basis_points or amount <= Money.ZERO:
        return None
    last_on = invoice.due_on - timedelta(days=terms.days_before_due)
    if terms.days_after_issue and invoice.issued_on is not None:
        last_on = min(invoice.due_on, invoice.issued_on + timedelta(days=terms.days_after_issue))
    return Offer(invoice_id=invoice.id, amount=amount, last_on=last_on)


def is_offered(offer: Offer, invoice: Invoice, *, today: date) -> bool:
    """This function will say whether the collector may still name it: in time, and more is open than the discount."""
    return today <= offer.last_on and invoice.balance > offer.amount


def is_earned(offer: Offer, *, left: Money, paid_on: date) -> bool:
    """This function will say whether what a payment left open is exactly the discount, paid on its last day or before.

    Less paid, or later, is owed like anything else.
    """
    return left == offer.amount and paid_on <= offer.last_on
