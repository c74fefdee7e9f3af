"""What must hold between two numbers of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import reduce
from itertools import chain
from typing import Any

from sop.policy.document import Policy

# Zones lie two hours apart: a shorter window would leave a customer of unknown zone no hour at all.
LEAST_WINDOW_MINUTES = 180

# The first must lie below the second.
BELOW = (
    ("ladder.readiness_call_days_before", "ladder.first_reminder_days_before"),
    ("hours.working_from", "hours.working_saturday_until"),
    ("hours.machine_from", "hours.machine_saturday_until"),
    ("hours.friday_pause_from", "hours.friday_pause_until"),
    ("hours.quiet_from", "hours.quiet_until"),
    ("desk.digest_at", "desk.digest_unpressed_at"),
    ("inbound.nudge_minutes", "inbound.cover_minutes"),
    ("inbound.cover_minutes", "inbound.manager_minutes"),
    ("signs.low_from", "signs.medium_from"),
    ("signs.medium_from", "signs.high_from"),
)
# The first must not lie above the second.
NOT_ABOVE = (
    ("hours.legal_from", "hours.machine_from"),
    ("hours.machine_until", "hours.legal_until"),
    ("hours.machine_saturday_until", "hours.machine_until"),
    ("hours.working_saturday_until", "hours.working_until"),
    ("ladder.planned_at", "desk.digest_at"),
    ("caps.chase_per_day", "caps.chase_in_window"),
    ("plan.instalments_least", "plan.instalments_most"),
    ("reports.collector_at", "reports.team_at"),
)
WINDOWS = (
    ("hours.working_from", "hours.working_until"),
    ("hours.machine_from", "hours.machine_until"),
    ("hours.legal_from", "hours.legal_until"),
)
HUNDRED = (
    ("signs.overdue_points", "signs.exposure_points", "signs.behaviour_points"),
    ("signs.a_percent", "signs.b_percent", "signs.c_percent"),
)
WHOLE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Broken:
    """A relation that does not hold: the keys it binds and the reason in plain words."""

    keys: tuple[str, ...]
    reason: str


def broken_relation(policy: Policy) -> Broken | None:
    """The first relation the policy breaks; None when all hold."""
    return next(chain(_not_below(policy), _above(policy), _too_short(policy), _not_hundred(policy)), None)


def _not_below(policy: Policy) -> Iterator[Broken]:
    for low, high in BELOW:
        if not _value(policy, low) < _value(policy, high):
            yield Broken(keys=(low, high), reason=f"{_said(policy, low)} must be below {_said(policy, high)}")


def _above(policy: Policy) -> Iterator[Broken]:
    for low, high in NOT_ABOVE:
        if _value(policy, low) > _value(policy, high):
            yield Broken(keys=(low, high), reason=f"{_said(policy, low)} must not be above {_said(policy, high)}")


def _too_short(policy: Policy) -> Iterator[Broken]:
    for start, end in WINDOWS:
        if _minutes(_value(policy, end)) - _minutes(_value(policy, start)) < LEAST_WINDOW_MINUTES:
            reason = f"{_said(policy, start)} to {_said(policy, end)} must last {LEAST_WINDOW_MINUTES} minutes or more"
            yield Broken(keys=(start, end), reason=reason)


def _not_hundred(policy: Policy) -> Iterator[Broken]:
    for keys in HUNDRED:
        if sum(_value(policy, key) for key in keys) != WHOLE:
            yield Broken(keys=keys, reason=f"{', '.join(_said(policy, key) for key in keys)} must add up to {WHOLE}")


def _value(policy: Policy, key: str) -> Any:
    return reduce(getattr, key.split("."), policy)


def _said(policy: Policy, key: str) -> str:
    value = _value(policy, key)
    return f"{key} ({value:%H:%M})" if isinstance(value, time) else f"{key} ({value})"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
