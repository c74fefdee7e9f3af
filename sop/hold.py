"""Holds: why a payer, or a part of what he owes, is left alone. Asked again at the moment of sending. (sop 6)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from sop.money import Money


class HoldKind(Enum):
    """What holds, the firmest reason first: where several apply, the first one is named."""

    PAID = "paid"
    DECEASED = "deceased"
    INSOLVENCY = "insolvency"  # PKPU or bankruptcy (UU 37/2004)
    MANAGER_STOP = "manager_stop"
    LEGAL = "legal"  # these invoices are with legal, by a manager's decision
    CLAIM = "claim"
    CASH_IN_HAND = "cash_in_hand"  # he paid our own man, who has not deposited it yet
    PAYMENT_UNASSIGNED = "payment_unassigned"
    CREDIT = "credit"
    DEDUCTION = "deduction"  # a part kept back for tax: its document is asked for
    GIRO = "giro"
    PLAN = "plan"
    PROMISE = "promise"
    EXTENSION = "extension"
    DISPUTE = "dispute"
    CHECKING = "checking"  # the check before chasing found a doubt about the invoice
    NOT_EXCHANGED = "not_exchanged"  # tukar faktur comes first
    WRONG_NUMBER = "wrong_number"
    OPTED_OUT = "opted_out"
    CUSTOMER_WROTE = "customer_wrote"
    FINANCE_NOT_POSTED = "finance_not_posted"
    STALE_LEDGER = "stale_ledger"


class Use(Enum):
    """What is about to happen to the customer."""

    MESSAGE = "message"
    CALL = "call"


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldRule:
    """One row of the table.

    `stops_call` False: the card is still shown, with the hold as a flag.
    `has_part`: it may cover a part amount of one invoice; otherwise named invoices or the whole payer.
    `ends_by_itself`: over once `until` has passed; otherwise an event ends it and `until` only informs.
    `reason` names the line that tells the collector why.
    """

    kind: HoldKind
    clause: str
    stops_message: bool = True
    stops_call: bool = True
    has_part: bool = False
    ends_by_itself: bool = False

    @property
    def reason(self) -> str:
        """The key of the reason line, such as "held_claim"."""
        return f"held_{self.kind.value}"


_RULES = (
    HoldRule(kind=HoldKind.PAID, clause="004"),
    HoldRule(kind=HoldKind.DECEASED, clause="000-VI.1"),
    HoldRule(kind=HoldKind.INSOLVENCY, clause="G14"),
    HoldRule(kind=HoldKind.MANAGER_STOP, clause="000-IV.C.2"),
    HoldRule(kind=HoldKind.LEGAL, clause="004"),
    HoldRule(kind=HoldKind.CLAIM, clause="004", has_part=True),  # a part claim (`Bayar sebagian`): the rest goes on
    HoldRule(kind=HoldKind.CASH_IN_HAND, clause="sop 3", has_part=True),
    HoldRule(kind=HoldKind.PAYMENT_UNASSIGNED, clause="004"),
    HoldRule(kind=HoldKind.CREDIT, clause="004"),
    HoldRule(kind=HoldKind.DEDUCTION, clause="sop 8", has_part=True),
    HoldRule(kind=HoldKind.GIRO, clause="sop 3", has_part=True),  # until the bank's answer, however late it comes
    HoldRule(kind=HoldKind.PLAN, clause="002"),
    # Its verdict ends it, in the plan run after the grace day; the date alone does not.
    HoldRule(kind=HoldKind.PROMISE, clause="004"),
    HoldRule(kind=HoldKind.EXTENSION, clause="000-IV.A.2", ends_by_itself=True),
    HoldRule(kind=HoldKind.DISPUTE, clause="004", has_part=True),
    HoldRule(kind=HoldKind.CHECKING, clause="002"),
    HoldRule(kind=HoldKind.NOT_EXCHANGED, clause="sop 3", stops_call=False, ends_by_itself=True),
    HoldRule(kind=HoldKind.WRONG_NUMBER, clause="G7", stops_call=False),  # the card asks for the right number
    HoldRule(kind=HoldKind.OPTED_OUT, clause="G18", stops_call=False),
    HoldRule(kind=HoldKind.CUSTOMER_WROTE, clause="G5", stops_call=False, ends_by_itself=True),
    HoldRule(kind=HoldKind.FINANCE_NOT_POSTED, clause="004", stops_call=False),  # "cek dulu ke finance"
    HoldRule(kind=HoldKind.STALE_LEDGER, clause="002", stops_call=False),
)
HOLDS: dict[HoldKind, HoldRule] = {rule.kind: rule for rule in _RULES}


@dataclass(frozen=True, kw_only=True, slots=True)
class ActiveHold:
    """One hold that has not been ended. `invoice_id` None: the whole payer; `amount` None: all of what it covers.

    `until_on` is the last local day it holds, `until_at` the instant it ends; both None: until an event.
    """

    kind: HoldKind
    invoice_id: int | None = None
    amount: Money | None = None
    until_on: date | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """The open balance of one invoice."""

    invoice_id: int
    balance: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """One moment, and which local day it is there."""

    now: datetime
    today: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What may be asked for. `chaseable` follows the order of the invoices; `blocked` is set when it is nothing."""

    chaseable: tuple[Owed, ...]
    blocked: ActiveHold | None
    flags: tuple[ActiveHold, ...]  # holds that do not stop this use, or only a part; the card shows them

    @property
    def amount(self) -> Money:
        """Everything that may be asked for now."""
        return Money.total(owed.balance for owed in self.chaseable)


def is_active(hold: ActiveHold, *, at: Moment) -> bool:
    """This function will say whether the hold still stands: most end by an event, some by their own date."""
    if not HOLDS[hold.kind].ends_by_itself:
        return True
    if hold.until_at is not None:
        return at.now < hold.until_at
    return hold.until_on is None or at.today <= hold.until_on


def stops(kind: HoldKind, use: Use) -> bool:
    """This function will say whether a hold of this kind stops a chase message, or a call."""
    rule = HOLDS[kind]
    return rule.stops_message if use is Use.MESSAGE else rule.stops_call


def holds_on(owed: Sequence[Owed], holds: Iterable[ActiveHold], *, use: Use, at: Moment) -> Standing:
    """This function will say how much of each invoice may be chased, and by what all of it is held. (2.1, 6)"""
    open_balances = [one for one in owed if one.balance > Money.ZERO]
    if not open_balances:
        return Standing(chaseable=(), blocked=ActiveHold(kind=HoldKind.PAID), flags=())
    active = sorted((hold for hold in holds if is_active(hold, at=at)), key=_firmness)
    stopping = [hold for hold in active if stops(hold.kind, use) and _is_enough(hold, open_balances)]
    left = _rests(open_balances, stopping)
    if left:
        return Standing(chaseable=left, blocked=None, flags=tuple(active))
    blocking = stopping[0]
    return Standing(chaseable=(), blocked=blocking, flags=tuple(hold for hold in active if hold is not blocking))


_FIRMNESS = {kind: place for place, kind in enumerate(HoldKind)}


def _firmness(hold: ActiveHold) -> int:
    return _FIRMNESS[hold.kind]


def _is_enough(hold: ActiveHold, owed: Sequence[Owed]) -> bool:
    """Unapplied credit holds only when it covers the whole balance; less of it is no reason to stop. (6)"""
    if hold.kind is not HoldKind.CREDIT or hold.amount is None:
        return True
    return hold.amount >= Money.total(one.balance for one in owed)


def _rests(owed: Sequence[Owed], stopping: Sequence[ActiveHold]) -> tuple[Owed, ...]:
    """What is left of each balance; a part that names no invoice is taken from the first ones."""
    left = {one.invoice_id: one.balance for one in owed}
    for hold in stopping:
        covered = [one for one in left if hold.invoice_id in (None, one)]
        part = hold.amount if HOLDS[hold.kind].has_part else None
        for invoice_id in covered:
            taken = left[invoice_id] if part is None else min(part, left[invoice_id])
            left[invoice_id] -= taken
            part = None if part is None else part - taken
    return tuple(Owed(invoice_id=one, balance=balance) for one, balance in left.items() if balance)


def waits_for_posting(*, is_overdue_chase: bool, has_finance: bool, posted_today: bool) -> bool:
    """This function will say whether a message waits until finance has posted yesterday's bank statement. (2.6; 004)

    Only H+1 and later messages and broken-promise messages wait, and only where a finance person exists.
    """
    return is_overdue_chase and has_finance and not posted_today


def is_stale(*, ledger_at: datetime | None, now: datetime, hours: int) -> bool:
    """This function will say whether the fed ledger is too old to chase by; None: there is no feed, so it is not."""
    return ledger_at is not None and now - ledger_at > timedelta(hours=hours)
