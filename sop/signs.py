"""Early-warning signs of a payer, his score with its reasons, and the ABC classes. (sop 11; 002, 004)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sop.money import Money
from sop.policy import Policy

WHOLE = 100


class Abc(Enum):
    """Class by cumulated balance: A are the few who owe most."""

    A = "a"
    B = "b"
    C = "c"

    @property
    def rank(self) -> int:
        """0 for A; cards of A come first."""
        return list(Abc).index(self)


class Sign(Enum):
    IGNORES = "ignores"  # reminders read, no reply
    SHORT_OF_MONEY = "short_of_money"  # the collector's tap
    ASKS_NEW_TERMS = "asks_new_terms"
    SILENT = "silent"  # calls not answered, days in a row
    LATER_THAN_USUAL = "later_than_usual"
    BROKE_PROMISE = "broke_promise"


class Heat(Enum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, kw_only=True, slots=True)
class Behaviour:
    """What we know of a payer. `late_percent`: paid invoices that were late; `usual_days_late` None: no history."""

    balance: Money
    days_late: int
    credit_limit: Money | None = None
    broken_promises: int = 0
    late_percent: int = 0
    usual_days_late: int | None = None
    reminders_ignored: int = 0
    days_silent: int = 0
    is_short_of_money: bool = False
    asks_new_terms: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A sign and the number behind it."""

    sign: Sign
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """0 to 100, the parts it is made of, and the level; a screen shows the parts as the reasons."""

    overdue: int
    exposure: int
    behaviour: int
    heat: Heat

    @property
    def points(self) -> int:
        return self.overdue + self.exposure + self.behaviour


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What was made of a payer in the night: his class, his score, the signs with their evidence."""

    payer_id: int
    counted_on: date
    balance: Money
    abc: Abc
    score: Score
    signs: tuple[Evidence, ...]


def standings_of(known: Mapping[int, Behaviour], *, today: date, policy: Policy) -> tuple[Standing, ...]:
    """This function will class and score everybody who owes (by payer)."""
    classes = abc_of({payer_id: one.balance for payer_id, one in known.items()}, policy=policy)
    return tuple(
        Standing(
            payer_id=payer_id,
            counted_on=today,
            balance=one.balance,
            abc=classes[payer_id],
            score=score_of(one, policy=policy),
            signs=signs_of(one, policy=policy),
        )
        for payer_id, one in known.items()
    )


def signs_of(known: Behaviour, *, policy: Policy) -> tuple[Evidence, ...]:
    """This function will list the signs of a payer with their evidence."""
    usual = known.usual_days_late
    found = (
        (Sign.BROKE_PROMISE, known.broken_promises, known.broken_promises > 0),
        (Sign.SILENT, known.days_silent, known.days_silent >= policy.signs.unreachable_days),
        (Sign.IGNORES, known.reminders_ignored, known.reminders_ignored >= policy.signs.ignored_reminders),
        (Sign.SHORT_OF_MONEY, 1, known.is_short_of_money),
        (Sign.ASKS_NEW_TERMS, 1, known.asks_new_terms),
        (Sign.LATER_THAN_USUAL, known.days_late - (usual or 0), usual is not None and known.days_late > usual),
    )
    return tuple(Evidence(sign=sign, count=count) for sign, count, is_there in found if is_there)


def score_of(known: Behaviour, *, policy: Policy) -> Score:
    """This function will score a payer: days late, exposure against his limit, behaviour."""
    terms = policy.signs
    overdue = terms.overdue_points * min(known.days_late, terms.overdue_full_days) // terms.overdue_full_days
    broken = min(terms.broken_promise_points * known.broken_promises, terms.broken_promises_most)
    behaviour = min(broken + terms.late_ratio_points * known.late_percent // WHOLE, terms.behaviour_points)
    exposure = _exposure_points(known, policy)
    return Score(
        overdue=overdue,
        exposure=exposure,
        behaviour=behaviour,
        heat=_heat(overdue + exposure + behaviour, policy),
    )


def _exposure_points(known: Behaviour, policy: Policy) -> int:
    """Linear up to so many credit limits; without a known limit nothing is claimed."""
    if known.credit_limit is None or known.credit_limit <= Money.ZERO:
        return 0
    full = known.credit_limit * policy.signs.exposure_full_limits
    return policy.signs.exposure_points * min(known.balance.positive(), full).sen // full.sen


def _heat(points: int, policy: Policy) -> Heat:
    for border, heat in (
        (policy.signs.high_from, Heat.HIGH),
        (policy.signs.medium_from, Heat.MEDIUM),
        (policy.signs.low_from, Heat.LOW),
    ):
        if points >= border:
            return heat
    return Heat.NONE


def abc_of(balances: Mapping[int, Money], *, policy: Policy) -> dict[int, Abc]:
    """This function will class payers (by id) by cumulated balance: the first 80 % are A, the next 15 % B, the rest C.

    The payer who crosses a border still belongs to the class before it; whoever owes nothing is C.
    """
    total = Money.total(balance.positive() for balance in balances.values()).sen
    classes: dict[int, Abc] = {}
    before = 0
    for payer_id, balance in sorted(balances.items(), key=lambda one: (-one[1].sen, one[0])):
        classes[payer_id] = _class_at(before, total, policy) if balance > Money.ZERO else Abc.C
        before += balance.positive().sen
    return classes


def _class_at(before: int, total: int, policy: Policy) -> Abc:
    if before * WHOLE < total * policy.signs.a_percent:
        return Abc.A
    return Abc.B if before * WHOLE < total * (policy.signs.a_percent + policy.signs.b_percent) else Abc.C
