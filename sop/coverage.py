"""Which invoices an agreement with the payer is about, and how its sum is spread over them. (sop 4, 6)"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from sop.case import Case
from sop.hold import HoldKind, Owed, Use, holds_on
from sop.money import Money
from sop.payer import Reached
from sop.refusal import Refused

RENEWED = frozenset({HoldKind.PROMISE, HoldKind.EXTENSION})
"""A newer word of the customer takes the place of these; every other hold stays."""
PASSED_THROUGH = RENEWED | {HoldKind.PLAN}
"""What a payment, a claim or a dispute may be about although it rests: instalments are paid and doubted, too."""


class NothingToAgree(Refused):
    """Nothing of the payer moves: all is paid or held; `reason` names the firmest hold's line."""

    message: ClassVar[str] = "collector/refused_nothing_to_agree"


class AmountNotOpen(Refused):
    """The amount is more than what is open, or nothing at all."""

    message: ClassVar[str] = "collector/refused_amount_not_open"


class LastInvoice(Refused):
    """An agreement is about one invoice at least."""

    message: ClassVar[str] = "collector/refused_last_invoice"


def agreeable(case: Case) -> tuple[Reached, ...]:
    """This function will list what something new can be agreed about, the oldest due first: no plan's invoices.

    Those that reached a step; where none did (a card made by hand) all that move. Raises NothingToAgree.
    """
    return _meant(case, RENEWED)


def covered(case: Case) -> tuple[Reached, ...]:
    """This function will list what a payment, claim or dispute is about; where nothing else moves, a plan's invoices.

    Those that reached a step; where none did (a card made by hand) all that move. Raises NothingToAgree.
    """
    try:
        return agreeable(case)
    except NothingToAgree:
        return _meant(case, PASSED_THROUGH)


def payable(case: Case) -> tuple[Reached, ...]:
    """This function will list all that money given by hand may pay: what the card is about first, then the rest.

    Raises NothingToAgree.
    """
    first = covered(case)
    known = {one.invoice.id for one in first}
    return (*first, *(one for one in _moving(case, PASSED_THROUGH) if one.invoice.id not in known))


def _meant(case: Case, passed: Collection[HoldKind]) -> tuple[Reached, ...]:
    moving = _moving(case, passed)
    return tuple(one for one in moving if one.step is not None) or moving


def _moving(case: Case, passed: Collection[HoldKind]) -> tuple[Reached, ...]:
    holds = [hold for hold in case.holds if hold.kind not in passed]
    owed = [Owed(invoice_id=one.id, balance=one.balance) for one in case.invoices]
    standing = holds_on(owed, holds, use=Use.CALL, at=case.moment)
    if standing.blocked is not None:
        raise NothingToAgree(reason=f"held_{standing.blocked.kind.value}")
    left = {one.invoice_id: one.balance for one in standing.chaseable}
    return tuple(
        Reached(invoice=one, chaseable=left[one.id], step=case.steps.get(one.id))
        for one in case.invoices
        if one.id in left
    )


def without(reached: Sequence[Reached], left_out: Collection[int]) -> tuple[Reached, ...]:
    """This function will leave out the invoices that were deselected; all of them cannot be, then none is."""
    return tuple(one for one in reached if one.invoice.id not in left_out) or tuple(reached)


def toggled(reached: Sequence[Reached], left_out: Collection[int], invoice_id: int) -> list[int]:
    """This function will take an invoice out of an agreement, or back into it. Raises LastInvoice."""
    known = {one.invoice.id for one in reached}
    out = (set(left_out) ^ {invoice_id}) & known
    if out == known:
        raise LastInvoice()
    return sorted(out)


def total_of(reached: Sequence[Reached]) -> Money:
    return Money.total(one.chaseable for one in reached)


def check_part(amount: Money, *, total: Money) -> None:
    """This function will accept a part of what is open, or all of it. Raises AmountNotOpen."""
    if not Money.ZERO < amount <= total:
        raise AmountNotOpen(amount=amount, total=total)


def spread(reached: Sequence[Reached], amount: Money) -> dict[int, Money]:
    """This function will spread an amount over the invoices, the oldest first; one that gets nothing stands at zero."""
    shares: dict[int, Money] = {}
    for one in reached:
        shares[one.invoice.id] = min(amount, one.chaseable)
        amount -= shares[one.invoice.id]
    return shares


def part_of(one: Reached, amount: Money) -> Reached:
    """This function will cut an invoice to a part of what moves of it. Raises AmountNotOpen."""
    check_part(amount, total=one.chaseable)
    return replace(one, chaseable=amount)


def moving_of(case: Case, invoice_ids: Collection[int]) -> Money:
    """This function will say how much of these invoices could be asked for if no promise or extension held them."""
    holds = [hold for hold in case.holds if hold.kind not in RENEWED]
    owed = [Owed(invoice_id=one.id, balance=one.balance) for one in case.invoices if one.id in invoice_ids]
    return holds_on(owed, holds, use=Use.CALL, at=case.moment).amount


def undisputed_of(case: Case, invoice_ids: Collection[int]) -> Money:
    """This function will say how much of these invoices is open, neither disputed nor kept back for tax."""
    holds = [hold for hold in case.holds if hold.kind in (HoldKind.DISPUTE, HoldKind.DEDUCTION)]
    owed = [Owed(invoice_id=one.id, balance=one.balance) for one in case.invoices if one.id in invoice_ids]
    return holds_on(owed, holds, use=Use.CALL, at=case.moment).amount
