"""What finance is offered when a payment may pay more than one set of invoices. (sop 8)"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sop.allocation import Allocated, Part, Payable, Way, combinations, oldest_first
from sop.calendar import WorkCalendar
from sop.money import Money

MOST_TOGETHER = 4
"""Combinations of more invoices are ticked one by one; their numbers would not fit a button."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unplaced:
    """A standing payment with what is left of it.

    `is_asked`: finance has not said yet what it pays. `chosen`: the invoices ticked so far; none: nobody is choosing.
    """

    id: int
    payer_id: int
    amount: Money
    rest: Money
    paid_on: date
    asked_at: datetime | None
    answered_at: datetime | None
    told_on: date | None
    chosen: tuple[int, ...] | None

    @property
    def is_asked(self) -> bool:
        return self.asked_at is not None and self.answered_at is None

    @property
    def is_open(self) -> bool:
        """Whether finance may say now what it pays: it was asked, or takes the payer's credit into use."""
        return bool(self.rest) and (self.is_asked or self.chosen is not None)


def suggestions(amount: Money, payables: Sequence[Payable]) -> tuple[tuple[Payable, ...], ...]:
    """This function will name the sets of invoices that add up exactly, single ones first; few, or none."""
    still_open = [one for one in payables if one.balance > Money.ZERO]
    alone = [(one,) for one in still_open if one.balance == amount]
    together = combinations(amount, still_open) or []
    found = [*alone, *(some for some in together if 1 < len(some) <= MOST_TOGETHER)]
    return tuple(tuple(sorted(some, key=lambda one: (one.due_on, one.invoice_id))) for some in found)


def on_these(amount: Money, payables: Iterable[Payable], chosen: Sequence[int]) -> Allocated:
    """This function will put money on the chosen invoices, the oldest first; what they do not take is credit."""
    parts, rest = [], amount
    for one in sorted(payables, key=lambda each: (each.due_on, each.invoice_id)):
        part = min(rest, one.balance) if one.invoice_id in chosen else Money.ZERO
        if part > Money.ZERO:
            parts.append(Part(invoice_id=one.invoice_id, amount=part))
            rest -= part
    return Allocated(way=Way.NAMED, parts=tuple(parts), credit=rest)


def on_oldest(amount: Money, payables: Iterable[Payable]) -> Allocated:
    """This function will put money on the oldest invoices first, as a person confirmed."""
    return oldest_first(amount, payables)


def digest_of(chosen: Iterable[int]) -> int:
    """This function will give a short number for a set of invoices: a button signs only what its reader saw."""
    return zlib.crc32(".".join(str(one) for one in sorted(chosen)).encode())


def is_to_be_reminded(asked_on: date, told_on: date | None, *, today: date, calendar: WorkCalendar) -> bool:
    """This function will say whether the question is asked again today: from the next working day on, once a day."""
    return calendar.is_open(today) and today > max(asked_on, told_on or asked_on)


def goes_to_managers(asked_on: date, *, today: date, calendar: WorkCalendar) -> bool:
    """This function will say whether the managers are told too: finance was reminded on the working day before."""
    return today > calendar.next_open(asked_on)


__all__ = [
    "MOST_TOGETHER",
    "Unplaced",
    "digest_of",
    "goes_to_managers",
    "is_to_be_reminded",
    "on_oldest",
    "on_these",
    "suggestions",
]
