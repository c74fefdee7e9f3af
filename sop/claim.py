"""A claim: the customer says he has paid. He is left alone until finance has looked. (sop 6; 004)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.calendar import WorkCalendar
from sop.money import Money
from sop.people import CONFIRMERS, Role
from sop.policy import Policy
from sop.refusal import Refused


class ClaimState(Enum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"  # finance saw the money
    NOT_FOUND = "not_found"  # the only answer that ends the hold while the invoice stays open
    OTHER_ACCOUNT = "other_account"  # paid, to a wrong account of ours or another: the hold stays
    WITHDRAWN = "withdrawn"  # the collector's slip of the finger, undone


TRANSITIONS: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.WAITING: frozenset(
        {ClaimState.CONFIRMED, ClaimState.NOT_FOUND, ClaimState.OTHER_ACCOUNT, ClaimState.WITHDRAWN}
    ),
    ClaimState.OTHER_ACCOUNT: frozenset({ClaimState.CONFIRMED, ClaimState.NOT_FOUND}),
    ClaimState.NOT_FOUND: frozenset({ClaimState.CONFIRMED}),  # found after all
    ClaimState.CONFIRMED: frozenset(),
    ClaimState.WITHDRAWN: frozenset(),
}
HOLDING = frozenset({ClaimState.WAITING, ClaimState.OTHER_ACCOUNT})
BY_FINANCE = frozenset({ClaimState.CONFIRMED, ClaimState.NOT_FOUND, ClaimState.OTHER_ACCOUNT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One "already paid"; `amount` None means everything that was open on its invoices."""

    id: int
    payer_id: int
    state: ClaimState
    made_at: datetime
    made_by_id: int | None = None  # None: the customer himself
    amount: Money | None = None
    slip_id: int | None = None
    told_on: date | None = None
    closed_by_id: int | None = None
    closed_at: datetime | None = None
    outcome_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answerer:
    """Who wants to answer; `has_finance`: there is a finance person besides the one who reported the money."""

    person_id: int
    role: Role
    has_finance: bool


class ClaimAnswered(Refused):
    """The claim has been answered already, or cannot go that way."""

    message: ClassVar[str] = "finance/refused_claim_answered"


class OnlyFinance(Refused):
    """Only finance ends a claim; without a finance person a manager does."""

    message: ClassVar[str] = "finance/refused_only_finance"


class OwnMoney(Refused):
    """Nobody confirms money he reported himself."""

    message: ClassVar[str] = "finance/refused_own_money"


class SlipNeeded(Refused):
    """A second claim of the same invoice needs the photo of the transfer slip."""

    message: ClassVar[str] = "collector/refused_slip_needed"


def answered(claim: Claim, to: ClaimState, by: Answerer) -> Claim:
    """This function will give the claim as answered. Raises OnlyFinance, OwnMoney or ClaimAnswered.

    Withdrawing (undo) is the collector's; everything else is finance's alone, or a manager's where there is no
    finance person. (6, 1)
    """
    if to in BY_FINANCE:
        check_answerer(by, reported_by_id=claim.made_by_id)
    if to not in TRANSITIONS[claim.state]:
        raise ClaimAnswered(state=claim.state.value, wanted=to.value)
    return replace(claim, state=to)


def check_answerer(by: Answerer, *, reported_by_id: int | None) -> None:
    """This function will accept who says whether money is there. Raises OnlyFinance or OwnMoney. (1, 3)"""
    if by.role not in CONFIRMERS or (by.has_finance and by.role is not Role.FINANCE):
        raise OnlyFinance(role=by.role.value)
    if reported_by_id == by.person_id:
        raise OwnMoney()


def needs_slip(invoice_ids: Iterable[int], *, claimed_before: Iterable[int], policy: Policy) -> bool:
    """This function will say whether the slip photo is mandatory: a second claim of one of the invoices.

    `claimed_before` names the invoices of earlier claims, once for each claim; withdrawn ones do not count. (3)
    """
    earlier = Counter(claimed_before)
    return any(earlier[invoice_id] + 1 >= policy.payments.slip_required_from_claim for invoice_id in invoice_ids)


def check_slip(invoice_ids: Iterable[int], *, claimed_before: Iterable[int], has_slip: bool, policy: Policy) -> None:
    """This function will accept a claim's slip, or its absence. Raises SlipNeeded."""
    if not has_slip and needs_slip(invoice_ids, claimed_before=claimed_before, policy=policy):
        raise SlipNeeded()


def goes_to_manager(claim: Claim, *, made_on: date, today: date, calendar: WorkCalendar, policy: Policy) -> bool:
    """This function will say whether the managers hear of the claim today: after 2 working days, once each open day.

    `made_on` is the local day of `made_at`. (6)
    """
    waited = policy.payments.claim_to_manager_after_working_days
    is_late = claim.state in HOLDING and today >= calendar.add_open_days(made_on, waited)
    return is_late and calendar.is_open(today) and (claim.told_on is None or claim.told_on < today)
