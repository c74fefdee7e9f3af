"""Money that came in: posted once, and whoever has paid is left alone from that moment (section 8, 004)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.casework import cases, placing, record
from bot.casework.placing import payables_of
from bot.casework.thanks import Transfer
from bot.turn import Desk
from sop.allocation import Allocated, AskWhich, allocate, oldest_first
from sop.case import Case
from sop.money import Money
from sop.payment import PaymentSource
from storage import payments
from storage.payments import NewPayment

__all__ = ["AskWhich", "Posted", "Received", "payables_of", "post"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A transfer. `reference` is the sender's own number: the same one counts once. `invoice_ids`: those it names.

    `oldest_first`: a person confirmed that what the named invoices do not take pays the oldest others.
    """

    payer_id: int
    amount: Money
    paid_on: date
    source: PaymentSource
    reference: str | None = None
    posted_by_id: int | None = None
    invoice_ids: tuple[int, ...] = ()
    oldest_first: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A payment on the books; `credit` stands on no invoice. `is_new` False: its reference was booked before."""

    payment_id: int | None
    allocated: Allocated
    is_new: bool


async def post(desk: Desk, received: Received) -> Posted | AskWhich:
    """This function will book a transfer and draw every consequence, or say that it must be asked what it pays.

    Raises NothingPaid and UnknownInvoice.
    """
    await payments.lock(desk.db, received.payer_id)
    before = await cases.load(desk, received.payer_id)
    found = allocated(received, before)
    if isinstance(found, AskWhich):
        return found
    new = NewPayment(
        payer_id=received.payer_id,
        amount=received.amount,
        paid_on=received.paid_on,
        source=received.source,
        reference=received.reference,
        posted_by_id=received.posted_by_id,
    )
    shares = {part.invoice_id: part.amount for part in found.parts}
    payment_id = await payments.post(desk.db, new, shares, now=desk.now)
    if payment_id is None:
        return Posted(payment_id=None, allocated=found, is_new=False)
    details = {"amount": received.amount, "paid_on": received.paid_on, "source": received.source, "shares": shares}
    await record.note(desk, "payment_posted", payer_id=received.payer_id, payment=payment_id, **details)
    transfer = Transfer(
        payment_id=payment_id,
        payer_id=received.payer_id,
        amount=received.amount,
        paid_on=received.paid_on,
        shares=shares,
        credit=found.credit,
    )
    await placing.placed(desk, transfer)
    return Posted(payment_id=payment_id, allocated=found, is_new=True)


def allocated(received: Received, case: Case) -> Allocated | AskWhich:
    """This function will find what a transfer pays; certain or asked, never guessed."""
    payables = payables_of(case)
    found = allocate(received.amount, payables, named=received.invoice_ids)
    if isinstance(found, AskWhich):
        return found.proposed if received.oldest_first else found
    others = [one for one in payables if one.invoice_id not in received.invoice_ids]
    if not (received.oldest_first and found.credit and others):
        return found
    rest = oldest_first(found.credit, others)
    return Allocated(way=rest.way, parts=(*found.parts, *rest.parts), credit=rest.credit)
