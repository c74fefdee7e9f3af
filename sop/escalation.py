"""One question to the managers: its life, what they may decide, by when. (sop 5; 000-IV.B.3, C.2, VI.4)

How long they have, and how a run's escalations are shown, stands in escalation_timing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from sop.refusal import Refused


class EscalationState(Enum):
    OPEN = "open"
    TAKEN = "taken"  # a manager looks after it; the decision is still owed
    DECIDED = "decided"
    RETURNED = "returned"  # back to the collector with an instruction and a new deadline
    CANCELLED = "cancelled"  # paid, or withdrawn by who asked


TRANSITIONS: dict[EscalationState, frozenset[EscalationState]] = {
    EscalationState.OPEN: frozenset(EscalationState) - {EscalationState.OPEN},
    EscalationState.TAKEN: frozenset(EscalationState) - {EscalationState.OPEN},  # taken over after its deadline
    EscalationState.DECIDED: frozenset({EscalationState.DECIDED, EscalationState.CANCELLED}),  # a further measure
    EscalationState.RETURNED: frozenset({EscalationState.OPEN, EscalationState.CANCELLED}),  # its deadline passed
    EscalationState.CANCELLED: frozenset(),
}
UNDECIDED = frozenset({EscalationState.OPEN, EscalationState.TAKEN})
ALIVE = UNDECIDED | {EscalationState.RETURNED}


class EscalationReason(Enum):
    """Why the managers are asked."""

    H4 = "h4"  # (000-IV.C.2)
    UNCLEAR = "unclear"  # H0 without clarity (000-IV.B.3)
    REFUSED = "refused"  # or aggressive (001)
    BROKEN_TWICE = "broken_twice"
    OBSTACLE = "obstacle"  # (000-VI.4)
    GIRO_BOUNCED = "giro_bounced"
    PLAN_MISSED = "plan_missed"
    LETTER_UNANSWERED = "letter_unanswered"  # the day it named has passed (000-IV.C.2)
    PROMISE_BEYOND = "promise_beyond"
    EXTENSION_BEYOND = "extension_beyond"
    INSTALMENTS = "instalments"
    RELIEF = "relief"  # a waived penalty, a settlement discount (002, 003)
    NEW_TERMS = "new_terms"  # 30 -> 60 days (002)
    GUARD_OVERRIDE = "guard_override"  # a message the trade profile lets a manager allow
    CLAIM_WAITING = "claim_waiting"  # finance has not answered
    DEPOSIT_MISSING = "deposit_missing"  # cash still in the collector's hand
    CUSTOMER_UNANSWERED = "customer_unanswered"
    DIGEST_UNOPENED = "digest_unopened"  # a collector's day, no customer's


class Decision(Enum):
    TAKE = "take"
    GRANT_TIME = "grant_time"
    VISIT = "visit"
    WARNING_LETTER = "warning_letter"
    HOLD_DELIVERY = "hold_delivery"
    RELEASE_DELIVERY = "release_delivery"
    RETURN = "return"
    INVOLVE_SALES = "involve_sales"
    TAKE_GOODS = "take_goods"
    SMALL_CLAIM = "small_claim"
    TO_LEGAL = "to_legal"
    STOP = "stop"
    APPROVE = "approve"
    DECLINE = "decline"
    CHANGE = "change"
    REASSIGN_TODAY = "reassign_today"


# What each decision makes of the escalation; everything not named here decides it.
_LEADS_TO = {Decision.TAKE: EscalationState.TAKEN, Decision.RETURN: EscalationState.RETURNED}
MEASURES = frozenset({Decision.HOLD_DELIVERY, Decision.RELEASE_DELIVERY, Decision.INVOLVE_SALES})
"""What a manager may add to his own decision later: they go beside any other."""
DELIVERY = frozenset({Decision.HOLD_DELIVERY, Decision.RELEASE_DELIVERY})
"""Of these measures, those that say nothing of the debt itself: tapped first, the question is still to be answered."""

_CHASE = (
    Decision.TAKE,
    Decision.GRANT_TIME,
    Decision.VISIT,
    Decision.WARNING_LETTER,
    Decision.HOLD_DELIVERY,
    Decision.RELEASE_DELIVERY,
    Decision.RETURN,
    Decision.INVOLVE_SALES,
    Decision.TAKE_GOODS,
    Decision.SMALL_CLAIM,
    Decision.TO_LEGAL,
    Decision.STOP,
)
_REQUEST = (Decision.APPROVE, Decision.DECLINE, Decision.CHANGE)
_INTERNAL = (Decision.TAKE, Decision.RETURN)

OFFERED: dict[EscalationReason, tuple[Decision, ...]] = {
    EscalationReason.H4: _CHASE,
    EscalationReason.UNCLEAR: _CHASE,
    EscalationReason.REFUSED: _CHASE,
    EscalationReason.BROKEN_TWICE: _CHASE,
    EscalationReason.OBSTACLE: _CHASE,
    EscalationReason.GIRO_BOUNCED: _CHASE,
    EscalationReason.PLAN_MISSED: _CHASE,
    EscalationReason.LETTER_UNANSWERED: _CHASE,
    EscalationReason.PROMISE_BEYOND: _REQUEST,
    EscalationReason.EXTENSION_BEYOND: _REQUEST,
    EscalationReason.INSTALMENTS: _REQUEST,
    EscalationReason.RELIEF: _REQUEST,
    EscalationReason.NEW_TERMS: _REQUEST,
    EscalationReason.GUARD_OVERRIDE: (Decision.APPROVE, Decision.DECLINE),
    EscalationReason.CLAIM_WAITING: _INTERNAL,
    EscalationReason.DEPOSIT_MISSING: _INTERNAL,
    EscalationReason.CUSTOMER_UNANSWERED: _INTERNAL,
    EscalationReason.DIGEST_UNOPENED: (Decision.REASSIGN_TODAY, Decision.TAKE),
}
REQUESTS = frozenset(reason for reason, offered in OFFERED.items() if offered == _REQUEST)
JOINED = frozenset({EscalationReason.H4, EscalationReason.BROKEN_TWICE})
"""Past H+4 these go into the payer's open H+4 escalation instead of a second one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """One question. `payer_id` None: about a collector's day; `subject_id` the promise, claim ... it asks about.

    `owner_id` is the manager who took it. `level` counts from 1; each unanswered double deadline adds one.
    """

    id: int
    reason: EscalationReason
    state: EscalationState
    opened_at: datetime
    deadline_at: datetime
    payer_id: int | None = None
    subject_id: int | None = None
    note: str | None = None
    owner_id: int | None = None
    level: int = 1
    reminded_at: datetime | None = None
    decision: Decision | None = None
    decided_for: date | None = None  # the day a decision names: time until then, or a visit on it
    instruction: str | None = None
    decided_by_id: int | None = None
    decided_at: datetime | None = None
    next_call_on: date | None = None
    outcome_id: int | None = None
    owner: str | None = None  # the names of who took it and who decided it
    decided_by: str | None = None


class EscalationRefused(Refused):
    """The managers' tap changes nothing."""

    message: ClassVar[str] = "manager/refused_decision"


class AlreadyDecided(EscalationRefused):
    """Somebody was first; `by_id` and `by` say who (0: it ended without anybody, because the customer paid)."""

    message: ClassVar[str] = "manager/refused_already_decided"

    def __init__(self, by_id: int, decision: str, by: str = "") -> None:
        super().__init__(by_id=by_id, decision=decision, by=by)
        self.by_id = by_id


class AlreadyTaken(EscalationRefused):
    """Another manager looks after it and his time is not over."""

    message: ClassVar[str] = "manager/refused_already_taken"

    def __init__(self, by_id: int, by: str = "") -> None:
        super().__init__(by_id=by_id, by=by)
        self.by_id = by_id


class NotOffered(EscalationRefused):
    """This question does not have that answer."""

    message: ClassVar[str] = "manager/refused_not_offered"


class NothingStopped(EscalationRefused):
    """Chasing goes on already, or was never stopped."""

    message: ClassVar[str] = "manager/refused_not_stopped"


def decide(escalation: Escalation, decision: Decision, by_id: int, *, now: datetime) -> Escalation:
    """This function will give the escalation after a manager's tap. The first of two wins.

    Raises NotOffered, AlreadyTaken (another manager took it and its deadline has not passed) or AlreadyDecided.
    A delivery is held or released beside the decision, before or after it. Who decided may add delivery and sales
    measures to his own decision, and anybody may release a delivery; then the escalation stays as it is and the
    caller records the measure.
    """
    if decision not in OFFERED[escalation.reason]:
        raise NotOffered(reason=escalation.reason.value, decision=decision.value)
    if escalation.state not in UNDECIDED:
        return _with_measure(escalation, decision, by_id)
    if escalation.owner_id not in (None, by_id) and now < escalation.deadline_at:
        raise AlreadyTaken(by_id=escalation.owner_id or 0, by=escalation.owner or "")
    if decision in DELIVERY:
        return escalation
    state = _LEADS_TO.get(decision, EscalationState.DECIDED)
    if state is EscalationState.TAKEN:
        return replace(escalation, state=state, owner_id=by_id)
    return replace(escalation, state=state, decision=decision, decided_by_id=by_id, decided_at=now)


def _with_measure(escalation: Escalation, decision: Decision, by_id: int) -> Escalation:
    if decision is Decision.RELEASE_DELIVERY:
        return escalation  # any manager, whatever was decided: a delivery held must be possible to release when paid
    is_his = escalation.state is EscalationState.DECIDED and escalation.decided_by_id == by_id
    if is_his and decision in MEASURES and decision is not escalation.decision:
        return escalation
    made = "" if escalation.decision is None else escalation.decision.value
    raise AlreadyDecided(by_id=escalation.decided_by_id or 0, decision=made, by=escalation.decided_by or "")


def moved(escalation: Escalation, to: EscalationState) -> Escalation:
    """This function will give the escalation in its next state without a manager's tap (paid, reopened).

    Raises AlreadyDecided when the table forbids the step.
    """
    if to not in TRANSITIONS[escalation.state]:
        raise AlreadyDecided(by_id=escalation.decided_by_id or 0, decision=escalation.state.value)
    return replace(escalation, state=to)


def to_join(escalations: Iterable[Escalation], *, payer_id: int, reason: EscalationReason) -> Escalation | None:
    """This function will find the payer's living escalation that a new reason goes into; None: open a new one.

    One open H+4 escalation per payer: later invoices and, past H+4, broken promises join it. Any other reason
    joins only its own kind.
    """
    alive = [one for one in escalations if one.payer_id == payer_id and one.state in ALIVE]
    wanted = JOINED if reason in JOINED else frozenset({reason})
    mains = [one for one in alive if one.reason is EscalationReason.H4 and EscalationReason.H4 in wanted]
    return next(iter(mains + [one for one in alive if one.reason is reason]), None)
