"""The order of a collector's cards, with the reason of each in one line, and what does not fit in his day. (sop 3)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from sop.ladder import Step
from sop.money import Money
from sop.policy import Policy
from sop.refusal import Value
from sop.signs import Abc


class Urgency(Enum):
    """The groups of the digest, the most urgent first."""

    BROKEN_PROMISE = "broken_promise"  # broken, or only partly kept: on top (004)
    PROMISE_TODAY = "promise_today"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    BEFORE_DUE = "before_due"

    @property
    def rank(self) -> int:
        return list(Urgency).index(self)


class PromiseKind(Enum):
    """What a promise asks of today's card."""

    BROKEN = "broken"
    PARTIAL = "partial"
    DUE = "due"
    INSTALMENT_DUE = "instalment_due"
    INSTALMENT_MISSED = "instalment_missed"
    PLAN_BROKEN = "plan_broken"


OF_PLANS = frozenset({PromiseKind.INSTALMENT_DUE, PromiseKind.INSTALMENT_MISSED, PromiseKind.PLAN_BROKEN})
"""An instalment is a promise with a day of its own: the same urgency, in its own words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseToday:
    """The promise behind a card: what became of it and the day it named."""

    kind: PromiseKind
    promised_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A payer who needs something today. `amount` is what may be chased, `days_late` the oldest invoice's."""

    payer_id: int
    step: Step
    amount: Money
    days_late: int = 0
    abc: Abc = Abc.C
    score: int = 0  # 0 to 100: how likely he pays late
    promise: PromiseToday | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A card in its place, 1 first. `reason` names the line that says why it is there, `values` its variables."""

    place: int
    payer_id: int
    urgency: Urgency
    reason: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """One line of the digest."""

    urgency: Urgency
    payers: int
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A collector's day: his cards, what goes to the pool, and small C customers who only get messages."""

    cards: tuple[Placed, ...]
    to_pool: tuple[int, ...]
    messages_only: tuple[int, ...]


_BY_PROMISE = {
    PromiseKind.BROKEN: Urgency.BROKEN_PROMISE,
    PromiseKind.PARTIAL: Urgency.BROKEN_PROMISE,
    PromiseKind.DUE: Urgency.PROMISE_TODAY,
    PromiseKind.INSTALMENT_DUE: Urgency.PROMISE_TODAY,
    PromiseKind.INSTALMENT_MISSED: Urgency.BROKEN_PROMISE,
    PromiseKind.PLAN_BROKEN: Urgency.BROKEN_PROMISE,
}


def urgency_of(candidate: Candidate) -> Urgency:
    """This function will give the group a payer belongs to today."""
    if candidate.promise is not None:
        return _BY_PROMISE[candidate.promise.kind]
    if candidate.step is Step.H_0:
        return Urgency.DUE_TODAY
    return Urgency.OVERDUE if candidate.step.is_overdue else Urgency.BEFORE_DUE


def in_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """This function will order the day: by urgency, A customers first, then amount at risk times days late.

    Where nothing is late yet, or the risk is equal, the higher score comes first.
    """
    return tuple(sorted(candidates, key=_place))


def _place(one: Candidate) -> tuple[int, int, int, int, int, int]:
    risk = one.amount.sen * one.days_late
    return urgency_of(one).rank, one.abc.rank, -risk, -one.score, -one.amount.sen, one.payer_id


def plan_day(candidates: Iterable[Candidate], *, policy: Policy, taken: int = 0, own_cap: int | None = None) -> Day:
    """This function will place the cards a collector can work and say what becomes of the others. (3)

    Beyond the cap small C customers stay with messages, everybody else goes to the pool; managers see both. `taken`
    is how many cards he has today already, when more come later; `own_cap` is his own daily cap, where one was set.
    """
    ordered = in_order(candidates)
    cap = max(0, (policy.desk.card_cap if own_cap is None else own_cap) - taken)
    rest = ordered[cap:]
    small = tuple(one.payer_id for one in rest if _may_do_without_a_call(one, policy))
    return Day(
        cards=tuple(_placed(place, one) for place, one in enumerate(ordered[:cap], start=taken + 1)),
        to_pool=tuple(one.payer_id for one in rest if one.payer_id not in small),
        messages_only=small,
    )


def _may_do_without_a_call(one: Candidate, policy: Policy) -> bool:
    is_small = one.abc is Abc.C and one.amount < policy.escalation.small_payer_below
    return is_small and one.promise is None


def _placed(place: int, one: Candidate) -> Placed:
    reason, values = _why(one)
    return Placed(place=place, payer_id=one.payer_id, urgency=urgency_of(one), reason=reason, values=values)


def _why(one: Candidate) -> tuple[str, dict[str, Value]]:
    if one.promise is not None and one.promise.kind in OF_PLANS:
        return f"why_{one.promise.kind.value}", {"amount": one.amount, "promised_on": one.promise.promised_on}
    if one.promise is not None:
        return f"why_promise_{one.promise.kind.value}", {"amount": one.amount, "promised_on": one.promise.promised_on}
    if one.step.is_overdue:
        return "why_overdue", {"amount": one.amount, "days": one.days_late, "step": one.step.value}
    return _WHY_BY_STEP[one.step], {"amount": one.amount}


_WHY_BY_STEP = {
    Step.H_MINUS_7: "why_reminder",
    Step.NO_REPLY: "why_no_reply",
    Step.H_MINUS_3: "why_ready_to_pay",
    Step.H_0: "why_due_today",
}


def groups_of(candidates: Iterable[Candidate]) -> tuple[Group, ...]:
    """This function will sum the day for the digest, by urgency; groups without anybody are left out."""
    found: dict[Urgency, list[Candidate]] = {}
    for one in candidates:
        found.setdefault(urgency_of(one), []).append(one)
    return tuple(
        Group(urgency=urgency, payers=len(found[urgency]), amount=Money.total(one.amount for one in found[urgency]))
        for urgency in Urgency
        if urgency in found
    )
