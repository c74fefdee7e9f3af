"""Money that came in: posted once, and whoever has paid is left alone from that moment (section 8, 004)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.casework import cases, placing, record, unassigned
from bot.casework.placing import payables_of
from bot.casework.thanks import Transfer
from bot.turn import Desk
from sop.allocation import Allocated, AskWhich, Way, allocate, oldest_first
from sop.case import Case
from sop.money import Money
from sop.payment import PaymentSource
from storage import payments
from storage.payments import NewPayment

__all__ = ["Posted", "Received", "post"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """A transfer. `reference` is the sender's own number: the same one counts once. `invoice_ids`: those it names.

    `oldest_first`: a person confirmed that what the named invoices do not take pays the oldest others. `among`: it is
    about these invoices, without saying how much of each. `asks`: finance wants to choose the invoices afterwards.
    """

    payer_id: int
    amount: Money
    paid_on: date
    source: PaymentSource
    reference: str | None = None
    posted_by_id: int | None = None
    invoice_ids: tuple[int, ...] = ()
    oldest_first: bool = False
    among: tuple[int, ...] = ()
    captured_at: datetime | None = None  # when we learned of it, if not now
    asks: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A payment on the books; `credit` stands on no invoice. `is_new` False: its reference was booked before.

    `is_asked`: it is stored, and finance is asked `Untuk faktur mana?`; until then nobody is chased.
    """

    payment_id: int | None
    allocated: Allocated
    is_new: bool
    is_asked: bool = False


async def post(desk: Desk, received: Received) -> Posted:
    """This function will book a transfer and draw every consequence, or ask finance what it pays; it is never lost.

    Raises NothingPaid and UnknownInvoice.
    """
    await payments.lock(desk.db, received.payer_id)
    found = allocated(received, await cases.load(desk, received.payer_id))
    is_asked = isinstance(found, AskWhich)
    nothing = Allocated(way=Way.CREDIT, parts=(), credit=received.amount)
    sure = nothing if isinstance(found, AskWhich) else found
    payment_id = await _book(desk, received, sure)
    if payment_id is None:
        return Posted(payment_id=None, allocated=sure, is_new=False)
    if is_asked:
        typed_by = received.posted_by_id if received.source is PaymentSource.COMMAND else None
        await unassigned.ask(desk, payment_id, chosen=received.invoice_ids, but=typed_by)
    else:
        await placing.placed(desk, _transfer(payment_id, received, sure))
    return Posted(payment_id=payment_id, allocated=sure, is_new=True, is_asked=is_asked)


async def _book(desk: Desk, received: Received, sure: Allocated) -> int | None:
    new = NewPayment(
        payer_id=received.payer_id,
        amount=received.amount,
        paid_on=received.paid_on,
        source=received.source,
        reference=received.reference,
        posted_by_id=received.posted_by_id,
        captured_at=received.captured_at,
    )
    shares = _shares(sure)
    payment_id = await payments.post(desk.db, new, shares, now=desk.now)
    if payment_id is not None:
        details = {"amount": received.amount, "paid_on": received.paid_on, "source": received.source, "shares": shares}
        await record.note(desk, "payment_posted", payer_id=received.payer_id, payment=payment_id, **details)
    return payment_id


def _transfer(payment_id: int, received: Received, sure: Allocated) -> Transfer:
    return Transfer(
        payment_id=payment_id,
        payer_id=received.payer_id,
        amount=received.amount,
        paid_on=received.paid_on,
        shares=_shares(sure),
        credit=sure.credit,
    )


def _shares(found: Allocated) -> dict[int, Money]:
    return {part.invoice_id: part.amount for part in found.parts}


def allocated(received: Received, case: Case) -> Allocated | AskWhich:
    """This function will find what a transfer pays; certain or asked, never guessed."""
    payables = payables_of(case)
    if received.among:
        payables = tuple(one for one in payables if one.invoice_id in received.among)
    found = allocate(received.amount, payables, named=received.invoice_ids)
    if received.asks and case.invoices:
        return AskWhich(proposed=found.proposed if isinstance(found, AskWhich) else found)
    if isinstance(found, AskWhich):
        return found.proposed if received.oldest_first else found
    others = [one for one in payables if one.invoice_id not in received.invoice_ids]
    if not (received.oldest_first and found.credit and others):
        return found
    rest = oldest_first(found.credit, others)
    return Allocated(way=rest.way, parts=(*found.parts, *rest.parts), credit=rest.credit)
