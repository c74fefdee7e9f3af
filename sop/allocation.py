"""Which invoices a payment pays. Certain or asked, never guessed. (sop 8)

Named invoices, else the one invoice of that exact balance, else the one combination that adds up exactly, else a
question. Oldest first only when a person confirms it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import ClassVar, TypeAlias

from sop.money import Money
from sop.refusal import Refused

MOST_STEPS = 20_000
"""How far the search for a combination goes before it asks instead: a few milliseconds."""
AMBIGUOUS = 2
"""So many combinations that fit are a question."""


class Way(Enum):
    """How the invoices were found."""

    NAMED = "named"
    EXACT_INVOICE = "exact_invoice"
    EXACT_COMBINATION = "exact_combination"
    EVERYTHING = "everything"  # all that is open, the rest is credit
    OLDEST_FIRST = "oldest_first"
    CREDIT = "credit"  # nothing is open


@dataclass(frozen=True, kw_only=True, slots=True)
class Payable:
    """An open invoice. `set_aside`: disputed, or waiting for a giro or a plan, so never paid by oldest-first."""

    invoice_id: int
    due_on: date
    balance: Money
    set_aside: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    invoice_id: int
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Allocated:
    """The parts of a payment; `credit` is what no invoice takes (unapplied credit). They add up to the payment."""

    way: Way
    parts: tuple[Part, ...]
    credit: Money = Money.ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class AskWhich:
    """`Untuk faktur mana?`: several answers fit, or none. `proposed` is oldest-first, to be confirmed."""

    proposed: Allocated


Answer: TypeAlias = "Allocated | AskWhich"


class NothingPaid(Refused):
    """A payment is more than nothing."""

    message: ClassVar[str] = "finance/refused_nothing_paid"


class UnknownInvoice(Refused):
    """A named invoice is not an open invoice of this payer."""

    message: ClassVar[str] = "finance/refused_unknown_invoice"


def allocate(amount: Money, payables: Iterable[Payable], *, named: Sequence[int] = ()) -> Answer:
    """This function will find what a payment pays. `named`: invoices the payer or finance named.

    Raises NothingPaid and UnknownInvoice.
    """
    _check(amount)
    still_open = _oldest(payables)
    if named:
        return _named(amount, still_open, named)
    if not still_open:
        return Allocated(way=Way.CREDIT, parts=(), credit=amount)
    if amount > Money.total(one.balance for one in still_open) and not any(one.set_aside for one in still_open):
        return _spread(amount, still_open, Way.EVERYTHING)
    return _exact(amount, still_open) or AskWhich(proposed=oldest_first(amount, still_open))


def oldest_first(amount: Money, payables: Iterable[Payable]) -> Allocated:
    """This function will pay the oldest invoices first, as a person confirmed; invoices set aside are skipped.

    Raises NothingPaid.
    """
    _check(amount)
    return _spread(amount, [one for one in _oldest(payables) if not one.set_aside], Way.OLDEST_FIRST)


def _check(amount: Money) -> None:
    if amount <= Money.ZERO:
        raise NothingPaid(amount=amount)


def _oldest(payables: Iterable[Payable]) -> list[Payable]:
    still_open = [one for one in payables if one.balance > Money.ZERO]
    return sorted(still_open, key=lambda one: (one.due_on, one.invoice_id))


def _named(amount: Money, still_open: Sequence[Payable], named: Sequence[int]) -> Allocated:
    known = {one.invoice_id for one in still_open}
    for invoice_id in named:
        if invoice_id not in known:
            raise UnknownInvoice(invoice_id=invoice_id)
    return _spread(amount, [one for one in still_open if one.invoice_id in named], Way.NAMED)


def _spread(amount: Money, payables: Iterable[Payable], way: Way) -> Allocated:
    parts = []
    for one in payables:
        paid = min(amount, one.balance)
        if paid:
            parts.append(Part(invoice_id=one.invoice_id, amount=paid))
        amount -= paid
    return Allocated(way=way, parts=tuple(parts), credit=amount)


def _exact(amount: Money, still_open: Sequence[Payable]) -> Allocated | None:
    """The one invoice, else the one combination, of exactly this amount; None when there is none or more than one."""
    alone = [one for one in still_open if one.balance == amount]
    if len(alone) == 1:
        return _spread(amount, alone, Way.EXACT_INVOICE)
    found = [] if alone else combinations(amount, still_open)
    if found is None or len(found) != 1:
        return None
    return _spread(amount, _oldest(found[0]), Way.EXACT_COMBINATION)


def combinations(amount: Money, payables: Sequence[Payable]) -> list[tuple[Payable, ...]] | None:
    """This function will find the sets of invoices that add up exactly; it stops at the second.

    None: there are too many invoices to be sure within MOST_STEPS.
    """
    largest_first = sorted(payables, key=lambda one: -one.balance.sen)
    rest_after = [Money.total(one.balance for one in largest_first[place:]) for place in range(len(largest_first) + 1)]
    found: list[tuple[Payable, ...]] = []
    waiting: list[tuple[int, Money, tuple[Payable, ...]]] = [(0, amount, ())]
    steps = 0
    while waiting and len(found) < AMBIGUOUS:
        steps += 1
        if steps > MOST_STEPS:
            return None
        place, missing, chosen = waiting.pop()
        if not missing:
            found.append(chosen)
        elif place < len(largest_first) and missing <= rest_after[place]:
            one = largest_first[place]
            waiting.append((place + 1, missing, chosen))
            if one.balance <= missing:
                waiting.append((place + 1, missing - one.balance, (*chosen, one)))
    return found
