"""The ladder as a table: its steps, when they are reached and what they ask for. (000-IV, sop 2)"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from sop.policy import DEFAULT, LadderDays, Policy


class Step(Enum):
    """A rung of the ladder. The value is what records and screens call it."""

    H_MINUS_7 = "H-7"
    NO_REPLY = "H-5"
    H_MINUS_3 = "H-3"
    H_0 = "H0"
    H_PLUS_1 = "H+1"
    H_PLUS_2 = "H+2"
    H_PLUS_3 = "H+3"
    H_PLUS_4 = "H+4"
    WHILE_DECIDING = "H+4.."
    AFTER_DECISION = "H+n"

    @property
    def rank(self) -> int:
        """How advanced the step is, from 0; the most advanced wins a day. (sop 2.1, 2.2)"""
        return list(Step).index(self)

    @property
    def is_overdue(self) -> bool:
        """True from H+1 on: urgency is only for these, and finance must have posted first. (sop 2.1, 2.6)"""
        return self.rank >= Step.H_PLUS_1.rank


class Count(Enum):
    """How the days of a rung are counted."""

    DAYS_BEFORE_DUE = "days_before_due"
    DAYS_AFTER_REMINDER = "days_after_reminder"
    ON_DUE = "on_due"
    OPEN_DAYS_AFTER_DUE = "open_days_after_due"
    EVERY_WORKING_DAYS = "every_working_days"


class Asks(Enum):
    """What the step asks of people."""

    NOTHING = "nothing"
    CALL = "call"
    CALL_OR_MESSAGE = "call_or_message"  # either of the two completes the step
    MANAGERS = "managers"  # one escalation per payer


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One row of the ladder: when it is reached and what it asks for."""

    step: Step
    count: Count
    days: int
    message: str | None  # name of the customer template a machine may send, None when no message belongs here
    asks: Asks
    unanswered: str | None  # name of the template a collector may send after a call nobody answered
    clause: str  # of the company's document

    @property
    def call(self) -> bool:
        """True when the collector's card asks for a call."""
        return self.asks in (Asks.CALL, Asks.CALL_OR_MESSAGE)


# The consequence is told only where the contract names one; otherwise the message is silent about it. (sop 2, G12)
WITH_CLAUSE, WITHOUT_CLAUSE = "T06", "T06_without_clause"


def rungs(policy: Policy) -> tuple[Rung, ...]:
    """The whole ladder as a table, with the company's own numbers in it. (000-IV)"""
    return _table(policy.ladder)


@lru_cache(maxsize=16)  # a table a segment; every date question starts here
def _table(day: LadderDays) -> tuple[Rung, ...]:
    first, second, ready = day.first_reminder_days_before, day.no_reply_after_days, day.readiness_call_days_before
    fourth, deciding = day.management_from_open_days, day.while_deciding_every_working_days
    before, reminder, due = Count.DAYS_BEFORE_DUE, Count.DAYS_AFTER_REMINDER, Count.ON_DUE
    after, every = Count.OPEN_DAYS_AFTER_DUE, Count.EVERY_WORKING_DAYS
    table = (
        # step                counted   days      message      asks                  unanswered  clause
        (Step.H_MINUS_7,      before,   first,    "T01",       Asks.NOTHING,         None,       "IV.A.1"),
        (Step.NO_REPLY,       reminder, second,   "T02",       Asks.CALL_OR_MESSAGE, None,       "IV.A.1"),
        (Step.H_MINUS_3,      before,   ready,    None,        Asks.CALL,            "T03",      "IV.A.2"),
        (Step.H_0,            due,      0,        "T04",       Asks.CALL,            None,       "IV.B.1"),
        (Step.H_PLUS_1,       after,    1,        "T05",       Asks.CALL,            None,       "IV.C.1"),
        (Step.H_PLUS_2,       after,    2,        None,        Asks.CALL,            None,       "IV.C.1"),
        (Step.H_PLUS_3,       after,    3,        WITH_CLAUSE, Asks.CALL,            None,       "IV.C.1"),
        (Step.H_PLUS_4,       after,    fourth,   None,        Asks.MANAGERS,        None,       "IV.C.2"),
        (Step.WHILE_DECIDING, every,    deciding, None,        Asks.CALL,            None,       "IV.C.2"),
        (Step.AFTER_DECISION, every,    day.after_decision_every_working_days, None, Asks.CALL, None, "IV.C.2"),
    )  # fmt: skip
    return tuple(
        Rung(step=step, count=count, days=days, message=message, asks=asks, unanswered=unanswered, clause=clause)
        for step, count, days, message, asks, unanswered, clause in table
    )


RUNGS: tuple[Rung, ...] = rungs(DEFAULT)
"""The ladder of the default policy."""

# The steps that hang on the due date alone, in the order they are reached.
DATED: tuple[Step, ...] = (
    Step.H_MINUS_7,
    Step.H_MINUS_3,
    Step.H_0,
    Step.H_PLUS_1,
    Step.H_PLUS_2,
    Step.H_PLUS_3,
    Step.H_PLUS_4,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Channels:
    """What completes a step: a machine message (template name) or none, a call or none, the managers or not."""

    message: str | None
    call: bool
    either: bool  # one of the two completes the step
    escalates: bool


def rung_of(step: Step, *, policy: Policy) -> Rung:
    """The row of the ladder for a step."""
    return rungs(policy)[step.rank]


def channels(step: Step, *, has_consequence_clause: bool, policy: Policy) -> Channels:
    """What the step asks for; the contractual consequence only where the invoice has one. (sop 2, G12)

    Where the policy says "never by machine" a step with a message becomes a call. (sop 2.7)
    """
    rung = rung_of(step, policy=policy)
    message = WITHOUT_CLAUSE if rung.message == WITH_CLAUSE and not has_consequence_clause else rung.message
    by_call_only = not policy.machine and message is not None
    return Channels(
        message=message if policy.machine else None,
        call=rung.call or by_call_only,
        either=rung.asks is Asks.CALL_OR_MESSAGE and policy.machine,
        escalates=rung.asks is Asks.MANAGERS,
    )
