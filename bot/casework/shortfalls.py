"""What a payment leaves on an invoice, and why: a discount earned, or a tax deduction to be proved (section 8; 002)."""

from __future__ import annotations

from bot.casework import cases, credits, deductions, discounts
from bot.casework.credits import NewCredit
from bot.casework.thanks import Transfer
from bot.turn import Desk
from sop.case import Case
from sop.credit import CreditKind
from sop.discount import is_earned
from sop.ledger import Invoice


async def explain(desk: Desk, transfer: Transfer) -> None:
    """This function will look at what a payment left open, before its consequences are drawn."""
    case = await cases.load(desk, transfer.payer_id)
    for invoice in case.invoices:
        if invoice.id in transfer.shares and not await _discounted(desk, case, invoice, transfer):
            await deductions.ask_if_fits(desk, invoice, transfer)


async def _discounted(desk: Desk, case: Case, invoice: Invoice, transfer: Transfer) -> bool:
    """Paid short by exactly the discount, in time: nothing is left of the invoice, and nobody asks about it."""
    offer = discounts.offer_for(desk, case, invoice)
    if offer is None or not is_earned(offer, left=invoice.balance, paid_on=transfer.paid_on):
        return False
    new = NewCredit(
        payer_id=transfer.payer_id,
        kind=CreditKind.DISCOUNT,
        shares={invoice.id: offer.amount},
        payment_id=transfer.payment_id,
    )
    await credits.book(desk, new)
    return True
