"""`Untuk faktur mana?`: what a payment may pay, for finance to tick (section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.buttons import (
    KeepAsCredit,
    PlaceOldest,
    PlaceOn,
    PlaceTicked,
    ShowPlacing,
    TickInvoice,
)
from bot.reply import Rows, Screen, Tap, screen, tap
from sop.allocation import Allocated, Payable
from sop.ledger import Invoice
from sop.money import Money
from sop.payment import Payment
from sop.placing import Unplaced, digest_of

SUBJECT = "payment:"
ON_A_PAGE = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacingFacts:
    """A payment whose rest is to be placed; `is_asked` False: it is credit already, kept from an earlier day.

    `would` is what the ticked invoices would take of it; `suggested` are sets of invoices that add up exactly.
    """

    payment_id: int
    payer: str
    amount: Money
    rest: Money
    paid_on: date
    is_asked: bool
    invoices: tuple[Invoice, ...]
    chosen: tuple[int, ...]
    would: Allocated
    suggested: tuple[tuple[Payable, ...], ...]
    page: int = 0


def placing_screen(facts: PlacingFacts, *, reminds: bool = False) -> Screen:
    """This function will ask which invoices a payment pays."""
    numbers = {one.id: one.number for one in facts.invoices}
    return screen(
        "finance/which_asked",
        *_rows(facts, numbers),
        subject=f"{SUBJECT}{facts.payment_id}",
        payer=facts.payer,
        amount=facts.amount,
        rest=facts.rest,
        paid_on=facts.paid_on,
        is_asked=facts.is_asked,
        reminds=reminds,
        owed=Money.total(one.balance for one in facts.invoices),
        count=len(facts.invoices),
        parts=[{"number": numbers[one.invoice_id], "amount": one.amount} for one in facts.would.parts],
        left=facts.would.credit if facts.would.parts else Money.ZERO,
    )


def _rows(facts: PlacingFacts, numbers: Mapping[int, str]) -> Rows:
    together = [(_together(facts.payment_id, some, numbers),) for some in facts.suggested if len(some) > 1]
    shown = facts.invoices[facts.page * ON_A_PAGE : (facts.page + 1) * ON_A_PAGE]
    ticks = [(_tick(facts, one),) for one in shown]
    return (*together, *ticks, _pages(facts), *_endings(facts))


def _together(payment_id: int, some: tuple[Payable, ...], numbers: Mapping[int, str]) -> Tap:
    ids = ".".join(str(one.invoice_id) for one in some)
    return tap("place_together", PlaceOn(payment_id, ids), numbers=" + ".join(numbers[one.invoice_id] for one in some))


def _tick(facts: PlacingFacts, one: Invoice) -> Tap:
    label = "invoice_in" if one.id in facts.chosen else "invoice_out"
    return tap(label, TickInvoice(facts.payment_id, one.id, facts.page), number=one.number, amount=one.balance)


def _pages(facts: PlacingFacts) -> tuple[Tap, ...]:
    last = (len(facts.invoices) - 1) // ON_A_PAGE
    earlier = (tap("earlier", ShowPlacing(facts.payment_id, facts.page - 1)),) if facts.page > 0 else ()
    later = (tap("later_page", ShowPlacing(facts.payment_id, facts.page + 1)),) if facts.page < last else ()
    return (*earlier, *later)


def _endings(facts: PlacingFacts) -> Rows:
    keep = tap("keep_as_credit", KeepAsCredit(facts.payment_id))
    if facts.would.parts:
        return (tap("correct", PlaceTicked(facts.payment_id, digest_of(facts.chosen))),), (keep,)
    oldest = (tap("place_oldest", PlaceOldest(facts.payment_id)),) if facts.invoices else ()
    return (*oldest, keep), ()


def placed_screen(one: Unplaced, payer: str, parts: tuple[tuple[str, Money, Money], ...]) -> Screen:
    """This function will say where a payment went: number, amount and what is left of each invoice; and the credit."""
    return screen(
        "finance/which_answered",
        subject=f"{SUBJECT}{one.id}",
        payer=payer,
        amount=one.amount,
        paid_on=one.paid_on,
        parts=[{"number": number, "amount": amount, "left": left} for number, amount, left in parts],
        credit=one.rest,
    )


def reversed_screen(payment: Payment, payer: str) -> Screen:
    """This function will say that a payment was taken back, and why."""
    return screen(
        "finance/payment_reversed",
        subject=f"{SUBJECT}{payment.id}",
        payer=payer,
        amount=payment.amount,
        paid_on=payment.paid_on,
        reason=payment.reversal_reason,
    )
