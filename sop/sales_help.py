"""When the sales people hear that a customer of theirs is late: before the managers do. (sop 2; 004)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sop.calendar import ONE_DAY, WorkCalendar
from sop.ladder import escalation_threshold
from sop.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Due dates from the first to the last, both included; empty when the first lies behind the last."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SalesWord:
    """What a sales person said after he had spoken with his customer."""

    at: datetime
    by: str | None
    words: str


def span_of(today: date, *, calendar: WorkCalendar, policy: Policy) -> Span:
    """This function will give the due dates that are so late that sales may help, and not yet at H+4."""
    late = calendar.add_open_days(calendar.open_on_or_before(today), -policy.escalation.sales_after_open_days)
    first = escalation_threshold(today, calendar=calendar, policy=policy) + ONE_DAY
    return Span(first=first, last=late)
