"""The rules of the guard as one table: what blocks, what holds and until when. (sop 7; G1-G18)"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from sop.bank_account import names_other_account
from sop.guard_facts import MessageKind, Question
from sop.hours import Hours, allowed_at, instant_of, legal_hours, local_day, machine_hours, next_allowed
from sop.lexicon import forbidden_in
from sop.policy import Policy

PUK = "puk"


class Level(Enum):
    BLOCK = "block"
    APPROVE = "approve"  # a manager may allow it, with a reason that is stored
    WARN = "warn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One row: the clause, how hard it is in each profile, what it looks at, when it applies, until when it holds."""

    id: str
    reason: str
    kinds: frozenset[MessageKind]
    applies: Callable[[Question], bool]
    until: Callable[[Question], datetime | None] | None = None
    dagang: Level = Level.BLOCK
    puk: Level = Level.BLOCK

    def level(self, policy: Policy) -> Level:
        return self.puk if policy.guard.profile == PUK else self.dagang


def _outside(hours: Callable[[Policy], Hours]) -> Callable[[Question], bool]:
    def applies(asked: Question) -> bool:
        return not allowed_at(asked.now, zone=asked.facts.zone, hours=hours(asked.policy), calendar=asked.calendar)

    return applies


def _next(hours: Callable[[Policy], Hours]) -> Callable[[Question], datetime]:
    def until(asked: Question) -> datetime:
        return next_allowed(asked.now, zone=asked.facts.zone, hours=hours(asked.policy), calendar=asked.calendar)

    return until


def _midnight(day: date, asked: Question) -> datetime:
    return instant_of(day, time(0), zone=asked.zone)


def _is_joint_leave(asked: Question) -> bool:
    return asked.facts.by_machine and asked.today in asked.calendar.joint_leave


def _sent_on(asked: Question) -> list[date]:
    """The local days of chase messages within the window that ends today, in order."""
    first = asked.today - timedelta(days=asked.policy.caps.window_days - 1)
    days = sorted(local_day(at, zone=asked.zone) for at in asked.facts.chase_sent_at)
    return [day for day in days if first <= day <= asked.today]


def _is_day_full(asked: Question) -> bool:
    return _sent_on(asked).count(asked.today) >= asked.policy.caps.chase_per_day


def _tomorrow(asked: Question) -> datetime | None:
    return _midnight(asked.today + timedelta(days=1), asked) if asked.policy.caps.chase_per_day else None


def _is_window_full(asked: Question) -> bool:
    return len(_sent_on(asked)) >= asked.policy.caps.chase_in_window


def _window_frees(asked: Question) -> datetime | None:
    caps = asked.policy.caps
    if not caps.chase_in_window:
        return None
    return _midnight(_sent_on(asked)[-caps.chase_in_window] + timedelta(days=caps.window_days), asked)


def _pause_ends(asked: Question) -> datetime:
    wrote_at = asked.facts.customer_wrote_at or asked.now
    return wrote_at + timedelta(hours=asked.policy.caps.pause_after_message_hours)


def _has_forbidden_words(asked: Question) -> bool:
    has_clause = asked.facts.has_consequence_clause
    return bool(forbidden_in(asked.facts.text, profile=asked.policy.guard.profile, has_penalty_clause=has_clause))


_CHASE = frozenset({MessageKind.CHASE})
_WRITTEN = frozenset({MessageKind.CHASE, MessageKind.SERVICE})
_ALL = _WRITTEN | {MessageKind.CALL}

# What blocks stands before what only holds: who may never be written to is not promised a later hour.
RULES: tuple[Rule, ...] = (
    Rule(
        id="G7",
        reason="wrong_number",
        kinds=_ALL,
        applies=lambda asked: asked.facts.is_wrong_number,
    ),
    # An opted-out customer gets the confirmation (LAST_WORD) and nothing else on WhatsApp; calls go on.
    Rule(id="G18", reason="opted_out", kinds=_WRITTEN, applies=lambda asked: asked.facts.has_opted_out),
    Rule(id="G6", reason="not_verified", kinds=_ALL, applies=lambda asked: not asked.facts.is_verified),
    Rule(
        id="G6-group",
        reason="group",
        kinds=_WRITTEN,
        applies=lambda asked: asked.facts.is_group and not asked.facts.is_approved_group,
    ),
    Rule(
        id="G18-consent",
        reason="no_consent",
        kinds=_CHASE,
        applies=lambda asked: asked.facts.by_machine and not asked.facts.has_consent,
    ),
    Rule(
        id="2.7",
        reason="never_by_machine",
        kinds=_CHASE,
        applies=lambda asked: asked.facts.by_machine and not asked.policy.machine,
    ),
    Rule(id="G9", reason="forbidden_words", kinds=_WRITTEN, applies=_has_forbidden_words),
    Rule(id="G10", reason="sender_not_named", kinds=_WRITTEN, applies=lambda asked: not asked.facts.names_sender),
    Rule(
        id="G12",
        reason="no_consequence_clause",
        kinds=_WRITTEN,
        applies=lambda asked: asked.facts.states_consequence and not asked.facts.has_consequence_clause,
    ),
    Rule(
        id="G15",
        reason="other_account",
        kinds=_WRITTEN,
        applies=lambda asked: names_other_account(asked.facts.text, allowed=asked.facts.payment_instructions),
    ),
    Rule(
        id="G13",
        reason="letter_out_of_order",
        kinds=_CHASE,
        applies=lambda asked: not asked.facts.is_letter_in_order,
        dagang=Level.APPROVE,
        puk=Level.APPROVE,
    ),
    Rule(
        id="G3",
        reason="national_holiday",
        kinds=_ALL,
        applies=lambda asked: asked.calendar.is_national(asked.today) and not asked.facts.agreed_other_hours,
        until=_next(legal_hours),
        dagang=Level.APPROVE,
    ),
    Rule(
        id="G1",
        reason="outside_hours",
        kinds=_ALL,
        applies=lambda asked: not asked.facts.agreed_other_hours and _outside(legal_hours)(asked),
        until=_next(legal_hours),
        dagang=Level.APPROVE,
    ),
    Rule(id="G4", reason="joint_leave", kinds=_CHASE, applies=_is_joint_leave, until=_next(machine_hours)),
    Rule(
        id="2.5",
        reason="outside_machine_hours",
        kinds=_CHASE,
        applies=lambda asked: asked.facts.by_machine and _outside(machine_hours)(asked),
        until=_next(machine_hours),
    ),
    Rule(
        id="G5-wrote",
        reason="customer_wrote",
        kinds=_CHASE,
        applies=lambda asked: asked.facts.customer_wrote_at is not None and asked.now < _pause_ends(asked),
        until=_pause_ends,
        dagang=Level.APPROVE,
    ),
    Rule(id="G5-day", reason="one_a_day", kinds=_CHASE, applies=_is_day_full, until=_tomorrow, dagang=Level.APPROVE),
    Rule(
        id="G5-week",
        reason="three_in_seven_days",
        kinds=_CHASE,
        applies=_is_window_full,
        until=_window_frees,
        dagang=Level.APPROVE,
    ),
    Rule(
        id="G5-call",
        reason="called_often",
        kinds=frozenset({MessageKind.CALL}),
        applies=lambda asked: asked.facts.calls_today >= asked.policy.caps.calls_per_day,
        dagang=Level.WARN,
        puk=Level.WARN,
    ),
    Rule(
        id="7-last",
        reason="last_word_said",
        kinds=frozenset({MessageKind.LAST_WORD}),
        applies=lambda asked: asked.facts.last_words_sent > 0,
    ),
)
