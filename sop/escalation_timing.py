"""How long the managers have for a question, and how the questions of one run are shown. (sop 5)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sop.calendar import WorkCalendar
from sop.escalation import ALIVE, UNDECIDED, Escalation, EscalationReason
from sop.hours import instant_of, local_day, next_allowed, windows_on, working_deadline, working_hours
from sop.money import Money
from sop.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """Where the managers sit: their zone, the calendar and the procedure they keep."""

    zone: str
    calendar: WorkCalendar
    policy: Policy


def deadline_of(reason: EscalationReason, opened_at: datetime, *, office: Office) -> datetime:
    """This function will give the instant by which the managers must have answered.

    One working day; a due date without clarity by 16:00 of the same day (at noon on a Saturday), and when that has
    passed, by 16:00 of the next working day. (000-IV.B.3)
    """
    hours = working_hours(office.policy)
    if reason is not EscalationReason.UNCLEAR:
        days = office.policy.escalation.deadline_working_days
        return working_deadline(opened_at, working_days=days, zone=office.zone, hours=hours, calendar=office.calendar)
    start = next_allowed(opened_at, zone=office.zone, hours=hours, calendar=office.calendar)
    end = _unclear_until(start, office)
    return end if start < end else _unclear_until(_next_morning(start, office), office)


def _unclear_until(at: datetime, office: Office) -> datetime:
    """16:00 of the local day of `at`, or the end of its working hours when that comes first."""
    day = local_day(at, zone=office.zone)
    last = windows_on(day, hours=working_hours(office.policy), calendar=office.calendar)[-1]
    return instant_of(day, min(last.end, office.policy.escalation.unclear_until), zone=office.zone)


def _next_morning(at: datetime, office: Office) -> datetime:
    day = office.calendar.next_open(local_day(at, zone=office.zone))
    return instant_of(day, office.policy.hours.working_from, zone=office.zone)


def next_level_at(escalation: Escalation, *, office: Office) -> datetime:
    """This function will give the instant at which an unanswered question goes one level up: at twice its deadline."""
    at = escalation.deadline_at
    for _ in range(office.policy.escalation.next_level_after_deadlines - 1):
        at = deadline_of(escalation.reason, at, office=office)
    return at


def reminds(escalation: Escalation, *, now: datetime) -> bool:
    """This function will say whether the managers are reminded now: undecided, past the deadline, not reminded yet."""
    is_late = escalation.state in UNDECIDED and now >= escalation.deadline_at
    return is_late and (escalation.reminded_at is None or escalation.reminded_at < escalation.deadline_at)


def goes_up(escalation: Escalation, *, now: datetime, office: Office) -> bool:
    """This function will say whether the question goes one level up now."""
    return escalation.state in UNDECIDED and now >= next_level_at(escalation, office=office)


def next_level_of(escalation: Escalation, *, policy: Policy) -> int:
    """This function will give the level that is asked next; the last one is asked again, not a level above it."""
    return min(escalation.level + 1, policy.escalation.levels)


def may_be_cancelled(escalation: Escalation) -> bool:
    """This function will say whether a payment still cancels it."""
    return escalation.state in ALIVE


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """An escalation of this run, and what the payer owes.

    `is_backlog`: it came into the books that late. `is_asked`: a person asked, however small the payer is.
    """

    escalation_id: int
    balance: Money
    is_backlog: bool = False
    is_asked: bool = False

    def is_small(self, policy: Policy) -> bool:
        """This function will say whether it only stands in the daily list. (sop 5)"""
        return not self.is_asked and self.balance < policy.escalation.small_payer_below


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """How a run's escalations appear: each as its own message, as one list, or only in the daily list."""

    alone: tuple[Arrival, ...]
    listed: tuple[Arrival, ...]
    daily_only: tuple[Arrival, ...]


def brought_up(escalation: Escalation, balance: Money) -> Arrival:
    """This function will give a question that is brought up again as one of a run.

    Only the H+4 question of a small payer is kept to the daily list: whatever else was asked about him was asked by
    a person, who waits for an answer.
    """
    return Arrival(
        escalation_id=escalation.id,
        balance=balance,
        is_asked=escalation.reason is not EscalationReason.H4,
    )


def shown(arrivals: Iterable[Arrival], *, policy: Policy) -> Shown:
    """This function will keep the group readable: small payers only in the daily list, many at once as one list.

    What an import brings at H+4 or later is one list, however few they are. (2.4)
    """
    arrivals = tuple(arrivals)
    terms = policy.escalation
    small = tuple(one for one in arrivals if one.is_small(policy))
    rest = tuple(one for one in arrivals if not one.is_small(policy))
    backlog = sum(one.is_backlog for one in rest)
    if len(rest) > terms.list_above or backlog > 1:
        return Shown(alone=(), listed=rest, daily_only=small)
    return Shown(alone=rest, listed=(), daily_only=small)


def may_approve_together(arrivals: Iterable[Arrival], *, policy: Policy) -> tuple[Arrival, ...]:
    """This function will give the requests that `Setujui semua <= Rp ...` covers."""
    return tuple(one for one in arrivals if one.balance <= policy.escalation.approve_all_up_to)
