"""More time asked before the due date: granted at once within authority, else asked of a manager. (000-IV.A.2)

From the due date on the same wish is a promise with a reason (000-IV.B.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.money import Money
from sop.promise_dates import DateChoice, DateKey, Occasion, check_date, needs_approval
from sop.promise_dates import date_choices as promise_choices
from sop.refusal import Refused

DAY_BUTTONS = 6
"""How many open days after the due date stand on buttons: two rows of three."""


class ExtensionState(Enum):
    REQUESTED = "requested"  # the manager has not answered; the ladder goes on
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # undone
    ENDED = "ended"  # its date passed, or the invoices were paid


TRANSITIONS: dict[ExtensionState, frozenset[ExtensionState]] = {
    ExtensionState.REQUESTED: frozenset(
        {ExtensionState.GRANTED, ExtensionState.DECLINED, ExtensionState.WITHDRAWN, ExtensionState.ENDED}
    ),
    ExtensionState.GRANTED: frozenset({ExtensionState.WITHDRAWN, ExtensionState.ENDED}),
    ExtensionState.DECLINED: frozenset(),
    ExtensionState.WITHDRAWN: frozenset(),
    ExtensionState.ENDED: frozenset(),
}


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


def ask(until_on: date, amount: Money, *, occasion: Occasion) -> ExtensionState:
    """This function will answer a wish for more time: GRANTED within the collector's authority, else REQUESTED.

    Raises AlreadyDue from the due date on, NotLater, or what `check_date` raises.
    """
    check_later(until_on, occasion=occasion)
    check_date(until_on, occasion=occasion)
    beyond = needs_approval(until_on, amount, occasion=occasion)
    return ExtensionState.REQUESTED if beyond else ExtensionState.GRANTED


def check_later(until_on: date, *, occasion: Occasion) -> None:
    """This function will accept a wish for time beyond the due date. Raises AlreadyDue or NotLater."""
    if occasion.today >= occasion.oldest_due_on:
        raise AlreadyDue(due_on=occasion.oldest_due_on)
    if until_on <= occasion.oldest_due_on:
        raise NotLater(on=until_on, due_on=occasion.oldest_due_on)


def date_choices(amount: Money, *, occasion: Occasion) -> tuple[DateChoice, ...]:
    """This function will list the dates for the buttons: the open days after the due date, pay days, end of month."""
    on = occasion.oldest_due_on
    choices: dict[date, DateChoice] = {}
    for _ in range(DAY_BUTTONS):
        on = occasion.calendar.next_open(on)
        beyond = needs_approval(on, amount, occasion=occasion)
        choices[on] = DateChoice(key=DateKey.WEEKDAY, on=on, needs_approval=beyond)
    named = promise_choices(amount, occasion=occasion)
    later = {one.on: one for one in named if one.on > occasion.oldest_due_on}
    return tuple((choices | later)[on] for on in sorted(choices | later))


def moved(extension: Extension, to: ExtensionState) -> Extension:
    """This function will give the extension in its next state. Raises ExtensionMoved when the table forbids it."""
    if to not in TRANSITIONS[extension.state]:
        raise ExtensionMoved(state=extension.state.value, wanted=to.value)
    return replace(extension, state=to)
