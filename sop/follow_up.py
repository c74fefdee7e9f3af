"""A follow-up: what one payer needs today, one card a day (1), and the channels it must complete (2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sop.ladder import Step


class FollowUpState(Enum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"  # paid, or nothing left to ask
    MISSED = "missed"  # the day ended without an outcome
    MACHINE = "machine"  # needs no person: the machine's message is all of it


class ChannelState(Enum):
    NONE = "none"  # the step does not use this channel
    DUE = "due"
    BY_HAND = "by_hand"  # a message to be sent by the collector through WhatsApp itself
    DONE = "done"
    HELD = "held"


class StepState(Enum):
    DUE = "due"
    DONE = "done"
    HELD = "held"
    SKIPPED = "skipped"  # its day passed while the program was down (2.3)
    SUPERSEDED = "superseded"  # met a more advanced step on the same day (2.2)


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """One payer's task of one day."""

    id: int
    payer_id: int
    planned_on: date
    step: Step
    message_step: Step | None
    collector_id: int | None
    state: FollowUpState
    call: ChannelState
    message: ChannelState
    message_hold: str | None
    place: int | None
    reason: str | None
    return_at: datetime | None
    pushed_at: datetime | None
    finished_at: datetime | None
    is_return: bool
    policy_version: str


SETTLED_CHANNELS = frozenset({ChannelState.NONE, ChannelState.DONE, ChannelState.HELD})


def is_complete(follow_up: FollowUp) -> bool:
    """This function will say whether every channel of the step was done, or held with a recorded reason (2)."""
    return follow_up.call in SETTLED_CHANNELS and follow_up.message in SETTLED_CHANNELS


def may_be_worked(follow_up: FollowUp) -> bool:
    return follow_up.state is FollowUpState.OPEN
