"""More time asked before the due date: granted at once within authority, else asked of a manager. (000-IV.A.2)

From the due date on the same wish is a promise with a reason (000-IV.B.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import ClassVar

from sop.authority import Power
from sop.money import Money
from sop.policy import Policy
from sop.promise_dates import DateChoice, DateKey, Occasion, check_date
from sop.promise_dates import date_choices as promise_choices
from sop.refusal import Refused

DAY_BUTTONS = 6
"""How many open days after the due date stand on buttons: two rows of three."""


class ExtensionState(Enum):
    REQUESTED = "requested"  # the manager has not answered; the ladder goes on
    GRANTED = "granted"
    DECLINED = "declined"
    EXPIRED = "expired"  # nobody answered before it was too late
    WITHDRAWN = "withdrawn"  # undone, or a newer wish took its place
    ENDED = "ended"  # it was granted, and its date passed


TRANSITIONS: dict[ExtensionState, frozenset[ExtensionState]] = {
    ExtensionState.REQUESTED: frozenset(
        {ExtensionState.GRANTED, ExtensionState.DECLINED, ExtensionState.EXPIRED, ExtensionState.WITHDRAWN}
    ),
    ExtensionState.GRANTED: frozenset({ExtensionState.WITHDRAWN, ExtensionState.ENDED}),
    ExtensionState.DECLINED: frozenset(),
    ExtensionState.EXPIRED: frozenset(),
    ExtensionState.WITHDRAWN: frozenset(),
    ExtensionState.ENDED: frozenset(),
}
GIVEN = frozenset({ExtensionState.GRANTED, ExtensionState.ENDED})
"""These count when it is asked how often somebody was given more time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """More time for some invoices of a payer, until a day; `reason` is a PromiseReason code."""

    id: int
    payer_id: int
    until_on: date
    state: ExtensionState
    asked_at: datetime
    reason: str | None = None
    asked_by_id: int | None = None
    decided_by_id: int | None = None
    outcome_id: int | None = None


class AlreadyDue(Refused):
    """An invoice is due today or overdue: what is asked for now is a promise."""

    message: ClassVar[str] = "collector/refused_already_due"


class NotLater(Refused):
    """The date asked for is not after the due date: no more time is needed for it."""

    message: ClassVar[str] = "collector/refused_not_later"


class ExtensionMoved(Refused):
    """The request has been answered already, or has ended."""

    message: ClassVar[str] = "collector/refused_extension_moved"


def ask(until_on: date, amount: Money, *, power: Power, occasion: Occasion) -> ExtensionState:
    """This function will answer a wish for more time: GRANTED within the authority of who asks, else REQUESTED.

    Raises AlreadyDue from the due date on, NotLater, or what `check_date` raises.
    """
    check_later(until_on, occasion=occasion)
    check_date(until_on, occasion=occasion)
    beyond = power.limit(until_on, amount, occasion=occasion)
    return ExtensionState.GRANTED if beyond is None else ExtensionState.REQUESTED


def is_over(oldest_due_on: date, *, today: date, policy: Policy) -> bool:
    """This function will say whether a request nobody answered is too late: its due date has passed."""
    return today > oldest_due_on + timedelta(days=policy.extension.expires_days_after_due)


def check_later(until_on: date, *, occasion: Occasion) -> None:
    """This function will accept a wish for time beyond the due date. Raises AlreadyDue or NotLater."""
    if occasion.today >= occasion.oldest_due_on:
        raise AlreadyDue(due_on=occasion.oldest_due_on)
    if until_on <= occasion.oldest_due_on:
        raise NotLater(on=until_on, due_on=occasion.oldest_due_on)


def date_choices(amount: Money, *, power: Power, occasion: Occasion) -> tuple[DateChoice, ...]:
    """This function will list the dates for the buttons: the open days after the due date, pay days, end of month."""
    on = occasion.oldest_due_on
    choices: dict[date, DateChoice] = {}
    for _ in range(DAY_BUTTONS):
        on = occasion.calendar.next_open(on)
        choices[on] = DateChoice(key=DateKey.WEEKDAY, on=on, needs_approval=False)
    named = promise_choices(amount, occasion=occasion)
    choices |= {one.on: one for one in named if one.on > occasion.oldest_due_on}
    beyond = {on: power.limit(on, amount, occasion=occasion) is not None for on in choices}
    return tuple(replace(choices[on], needs_approval=beyond[on]) for on in sorted(choices))


def moved(extension: Extension, to: ExtensionState) -> Extension:
    """This function will give the extension in its next state. Raises ExtensionMoved when the table forbids it."""
    if to not in TRANSITIONS[extension.state]:
        raise ExtensionMoved(state=extension.state.value, wanted=to.value)
    return replace(extension, state=to)
