"""The guard: may this leave for the customer now? Asked at the moment of sending, by hand or machine. (sop 7; G1-G18)

Its rules stand in guard_rules, what it looks at in guard_facts. A rule with `until` holds a message (it may leave
later), one without blocks it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from sop.calendar import WorkCalendar
from sop.guard_facts import MessageFacts, MessageKind, Question
from sop.guard_rules import RULES, Level, Rule
from sop.policy import Policy

__all__ = ["Allowed", "Blocked", "Held", "MessageFacts", "MessageKind", "Verdict", "Warned", "check"]

MOST_STEPS = 30  # from one reason to wait to the next; more cannot happen with two hours tables and three caps


@dataclass(frozen=True, kw_only=True, slots=True)
class Warned:
    """Allowed, but the person is told first."""

    rule: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowed:
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Not now. `until`: the first instant at which every rule lets it pass; None: nobody knows."""

    rule: str
    reason: str
    until: datetime | None
    may_be_approved: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Blocked:
    """Not at all."""

    rule: str
    reason: str
    may_be_approved: bool


Verdict: TypeAlias = "Allowed | Held | Blocked"


def check(facts: MessageFacts, *, now: datetime, policy: Policy, calendar: WorkCalendar) -> Verdict:
    """This function will answer the guard's question: Allowed (perhaps with warnings), Held until, or Blocked.

    A held message names the first rule in its way, and the first instant at which none is left.
    """
    asked = Question(facts=facts, now=now, policy=policy, calendar=calendar)
    rule = _obstacle(asked)
    if rule is None:
        return Allowed(warnings=_warnings(asked))
    may_be_approved = rule.level(policy) is Level.APPROVE
    if rule.until is None:
        return Blocked(rule=rule.id, reason=rule.reason, may_be_approved=may_be_approved)
    return Held(rule=rule.id, reason=rule.reason, until=_free_at(asked), may_be_approved=may_be_approved)


def _obstacle(asked: Question) -> Rule | None:
    for rule in RULES:
        level = rule.level(asked.policy)
        is_off = level is Level.WARN or (level is Level.APPROVE and asked.facts.is_approved)
        if asked.facts.kind in rule.kinds and not is_off and rule.applies(asked):
            return rule
    return None


def _free_at(asked: Question) -> datetime | None:
    """The first instant without an obstacle: each one's end may lie in the next one's closed hours."""
    for _ in range(MOST_STEPS):
        rule = _obstacle(asked)
        if rule is None:
            return asked.now
        until = None if rule.until is None else rule.until(asked)
        if until is None:
            return None
        asked = replace(asked, now=until)
    return None


def _warnings(asked: Question) -> tuple[Warned, ...]:
    return tuple(
        Warned(rule=rule.id, reason=rule.reason)
        for rule in RULES
        if asked.facts.kind in rule.kinds and rule.level(asked.policy) is Level.WARN and rule.applies(asked)
    )
