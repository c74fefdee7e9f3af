"""What a payer may leave out when he pays early: told by people, in the invoice's letter, never by machine. (002)"""

from __future__ import annotations

from bot.turn import Desk
from sop.case import Case
from sop.discount import Offer, is_offered, offer_of
from sop.ledger import Invoice


def offer_for(desk: Desk, case: Case, invoice: Invoice) -> Offer | None:
    """This function will give an invoice's offer under the policy of its segment, or its customer's (2.7)."""
    segment = next((one.segment for one in case.customers if one.id == invoice.customer_id), None)
    return offer_of(invoice, policy=desk.policy.for_segment(invoice.segment, segment))


def offered(desk: Desk, case: Case) -> dict[int, Offer]:
    """This function will give the offers that still hold today, by invoice: for the card, the call and a letter."""
    found = {}
    for invoice in case.invoices:
        offer = offer_for(desk, case, invoice)
        if offer is not None and is_offered(offer, invoice, today=case.today):
            found[invoice.id] = offer
    return found
