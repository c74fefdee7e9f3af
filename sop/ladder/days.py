"""On which day an invoice reaches which step. (000-IV, sop 2)

The days. A step before the due date that falls on a closed day moves back to the open day before. The due-date step on
a closed day becomes the next open day, and the steps after it count open days from there. So no step ever falls on a
closed day, later due dates never reach a step earlier, and of one due date the steps never go backwards.

The meetings. When two steps of a due date fall on the same day, the more advanced wins and the other is superseded.
When days were missed, the most advanced step is done and those of earlier days are skipped; both are recorded.

The plan asks `reached`: a handful of due dates a day, whatever the number of invoices. Only "no reply" hangs on a sent
message and not on a due date; its question is `no_reply_dates`. What comes after H+4 counts from what was done last:
`repeat_on`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from sop.calendar import ONE_DAY, WorkCalendar
from sop.ladder.rungs import DATED, Count, Step, rung_of
from sop.policy import Policy


class Fate(Enum):
    """What becomes of a step that was reached. (sop 2.2, 2.3)"""

    DUE = "due"
    SUPERSEDED = "superseded"  # a more advanced step fell on the same day
    SKIPPED = "skipped"  # its day was missed and a more advanced step has come since


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Invoices due on `due_on` reach `step` on `reached_on`, an open day."""

    due_on: date
    step: Step
    reached_on: date
    fate: Fate = Fate.DUE


def day_of(step: Step, due_on: date, *, calendar: WorkCalendar, policy: Policy) -> date:
    """The open day on which an invoice due on `due_on` reaches the step. (sop 2.2)

    NO_REPLY is answered for a reminder sent on its day, WHILE_DECIDING for the first call after the escalation.
    Raises ValueError for AFTER_DECISION, which counts from the decision: ask `repeat_on`.
    """
    rung = rung_of(step, policy=policy)
    if rung.count is Count.DAYS_BEFORE_DUE:
        return calendar.open_on_or_before(due_on - timedelta(days=rung.days))
    if rung.count is Count.DAYS_AFTER_REMINDER:
        sent_on = day_of(Step.H_MINUS_7, due_on, calendar=calendar, policy=policy)
        return no_reply_on(sent_on, calendar=calendar, policy=policy)
    if step is Step.WHILE_DECIDING:
        escalated_on = day_of(Step.H_PLUS_4, due_on, calendar=calendar, policy=policy)
        return calendar.add_open_days(escalated_on, rung.days)
    if step is Step.AFTER_DECISION:
        raise ValueError("the days after a decision are counted from the decision, not from the due date")
    return calendar.add_open_days(calendar.open_on_or_after(due_on), rung.days)


def latest_due_at(step: Step, today: date, *, calendar: WorkCalendar, policy: Policy) -> date:
    """The latest due date that has reached the step by the end of `today`; every earlier one has, too.

    The inverse of `day_of`. Raises ValueError for a step that does not hang on the due date alone.
    """
    if step not in DATED:
        raise ValueError(f"{step.value} does not hang on the due date alone")
    rung = rung_of(step, policy=policy)
    if rung.count is Count.DAYS_BEFORE_DUE:
        # Closed days before the next open one have moved back to today or earlier.
        return calendar.next_open(today) - ONE_DAY + timedelta(days=rung.days)
    return calendar.add_open_days(calendar.open_on_or_before(today), -rung.days)


def reached(today: date, *, since: date, calendar: WorkCalendar, policy: Policy) -> tuple[Reach, ...]:
    """Every due date and step, H-7 to H+4, whose day lies after `since` up to and including `today`. (sop 2.3, 2.5)

    `since` is the last planned day, normally yesterday. Sorted by due date, then from the first step to the most
    advanced; of each due date one step is DUE, the others say what became of them. Nothing is reached on a closed day:
    the plan then keeps its old `since`, and the next open day brings whatever lies between.
    """
    if not calendar.is_open(today) or since >= today:
        return ()
    found = [
        Reach(due_on=due_on, step=step, reached_on=day_of(step, due_on, calendar=calendar, policy=policy))
        for step in DATED
        for due_on in _reaching(step, today, since=since, calendar=calendar, policy=policy)
    ]
    found.sort(key=lambda reach: (reach.due_on, reach.step.rank))
    return tuple(_with_fate(reach, later) for reach, later in zip(found, [*found[1:], None], strict=True))


def _reaching(step: Step, today: date, *, since: date, calendar: WorkCalendar, policy: Policy) -> tuple[date, ...]:
    first = latest_due_at(step, since, calendar=calendar, policy=policy)
    last = latest_due_at(step, today, calendar=calendar, policy=policy)
    return tuple(first + timedelta(days=n) for n in range(1, (last - first).days + 1))


def _with_fate(reach: Reach, later: Reach | None) -> Reach:
    """The reach as the next one in order leaves it; the steps of a due date never go backwards, so the next decides."""
    if later is None or later.due_on != reach.due_on:
        return reach
    fate = Fate.SUPERSEDED if later.reached_on == reach.reached_on else Fate.SKIPPED
    return Reach(due_on=reach.due_on, step=reach.step, reached_on=reach.reached_on, fate=fate)


def escalation_threshold(today: date, *, calendar: WorkCalendar, policy: Policy) -> date:
    """The latest due date that is at H+4 or later today: the managers' list of a first import. (sop 2.4)"""
    return latest_due_at(Step.H_PLUS_4, today, calendar=calendar, policy=policy)


def no_reply_on(sent_on: date, *, calendar: WorkCalendar, policy: Policy) -> date:
    """The day of the gentle follow-up to a reminder of `sent_on` that nobody answered. (000-IV.A.1)

    On a closed day it moves back like every step before the due date, but never onto the reminder's own day: then it
    moves on to the next open day.
    """
    asked_on = sent_on + timedelta(days=policy.ladder.no_reply_after_days)
    moved_back = calendar.open_on_or_before(asked_on)
    return moved_back if moved_back > sent_on else calendar.open_on_or_after(asked_on)


def no_reply_dates(today: date, *, since: date, calendar: WorkCalendar, policy: Policy) -> tuple[date, ...]:
    """The days whose unanswered reminders ask for the second touch, its day lying after `since` up to `today`.

    Only invoices due after `latest_due_at(Step.H_MINUS_3, today)` are asked about: for the others the call has come.
    """
    if not calendar.is_open(today) or since >= today:
        return ()
    # A reminder as old as the wait before `since` can still be open when closed days pushed its second touch on.
    earliest = calendar.previous_open(since - timedelta(days=policy.ladder.no_reply_after_days))
    candidates = (earliest + timedelta(days=n) for n in range((today - earliest).days))
    return tuple(
        sent_on for sent_on in candidates if since < no_reply_on(sent_on, calendar=calendar, policy=policy) <= today
    )


def current_step(due_on: date, *, today: date, calendar: WorkCalendar, policy: Policy) -> Step | None:
    """What a newly imported invoice is at, past steps not being replayed. (sop 2.4)

    The step of today; H+4 when it has reached that or more, on a closed day too; None between two steps: the plan
    brings the next one by itself.
    """
    if due_on <= escalation_threshold(today, calendar=calendar, policy=policy):
        return Step.H_PLUS_4
    todays = [step for step in DATED if day_of(step, due_on, calendar=calendar, policy=policy) == today]
    return todays[-1] if todays else None


def next_step(due_on: date, *, today: date, calendar: WorkCalendar, policy: Policy) -> Reach | None:
    """The first step after `today` ("langkah berikut"), the most advanced of its day; None from H+4 on."""
    days = ((day_of(step, due_on, calendar=calendar, policy=policy), step) for step in DATED)
    ahead = [(day, step) for day, step in days if day > today]
    if not ahead:
        return None
    reached_on = ahead[0][0]
    step = [step for day, step in ahead if day == reached_on][-1]
    return Reach(due_on=due_on, step=step, reached_on=reached_on)


def repeat_on(step: Step, last_on: date, *, calendar: WorkCalendar, policy: Policy) -> date:
    """The day of the next call while the managers decide, or after they did, counted from the last one. (000-IV.C.2)

    `last_on` is the escalation's or the decision's day for the first call. Raises ValueError for any other step.
    """
    rung = rung_of(step, policy=policy)
    if rung.count is not Count.EVERY_WORKING_DAYS:
        raise ValueError(f"{step.value} is reached once")
    return calendar.add_open_days(last_on, rung.days)
