"""More time asked before the due date: granted at once within authority, else asked of a manager. (000-IV.A.2)

From the due date on the same wish is a promise with a reason (000-IV.B.2).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.money import Money
from sop.promise_dates import Occasion, check_date, needs_approval
from sop.refusal import Refused


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
    if occasion.today >= occasion.oldest_due_on:
        raise AlreadyDue(due_on=occasion.oldest_due_on)
    if until_on <= occasion.oldest_due_on:
        raise NotLater(on=until_on, due_on=occasion.oldest_due_on)
    check_date(until_on, occasion=occasion)
    beyond = needs_approval(until_on, amount, occasion=occasion)
    return ExtensionState.REQUESTED if beyond else ExtensionState.GRANTED


def moved(extension: Extension, to: ExtensionState) -> Extension:
    """This function will give the extension in its next state. Raises ExtensionMoved when the table forbids it."""
    if to not in TRANSITIONS[extension.state]:
        raise ExtensionMoved(state=extension.state.value, wanted=to.value)
    return replace(extension, state=to)
