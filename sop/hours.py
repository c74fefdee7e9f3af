"""At which hours who may be reached, and how deadlines count working time. (sop 1, 2.5, 3, 7)

All instants are aware UTC. A zone is one of `zones.ZONES`; None means the zone is not known, and then only hours that
are allowed in all three zones of the country count. (sop 7, G2)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sop.calendar import ONE_DAY, SUNDAY, WorkCalendar
from sop.policy import Policy
from sop.zones import WIB, ZONES

FRIDAY, SATURDAY = 4, 5
# The longest closed time any real calendar holds is two weeks; a calendar closed for longer is a mistake.
LONGEST_SEARCH_DAYS = 60


class NoHours(ValueError):
    """No allowed hour within two months: the calendar or the policy cannot be meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Local hours of one day; the start belongs to it, the end does not."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        """True when the time of day lies in the window."""
        return self.start <= at < self.end


@dataclass(frozen=True, kw_only=True, slots=True)
class Hours:
    """The windows of a week: Monday to Friday and Saturday, never on Sunday."""

    weekday: Window
    saturday: Window
    friday_pause: Window | None = None
    joint_leave_closed: bool = True  # the law closes on national holidays only (G4)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, aware UTC; the start belongs to it, the end does not."""

    start: datetime
    end: datetime


def machine_hours(policy: Policy) -> Hours:
    """When machine reminders may leave. (sop 2.5)"""
    rule = policy.hours
    return Hours(
        weekday=Window(start=rule.machine_from, end=rule.machine_until),
        saturday=Window(start=rule.machine_from, end=rule.machine_saturday_until),
        friday_pause=Window(start=rule.friday_pause_from, end=rule.friday_pause_until),
    )


def legal_hours(policy: Policy) -> Hours:
    """When a customer may be approached at all; joint leave is a working day to the law. (sop 7, G1, G3, G4)"""
    whole = Window(start=policy.hours.legal_from, end=policy.hours.legal_until)
    return Hours(weekday=whole, saturday=whole, joint_leave_closed=False)


def working_hours(policy: Policy) -> Hours:
    """When the company's own people work. (sop 1)"""
    rule = policy.hours
    return Hours(
        weekday=Window(start=rule.working_from, end=rule.working_until),
        saturday=Window(start=rule.working_from, end=rule.working_saturday_until),
    )


def instant_of(day: date, at: time, *, zone: str) -> datetime:
    """The instant at which the clocks of a zone show that day and time."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def local_day(at: datetime, *, zone: str) -> date:
    """The date the calendars of a zone show at an instant."""
    return at.astimezone(ZoneInfo(zone)).date()


def windows_on(day: date, *, hours: Hours, calendar: WorkCalendar) -> tuple[Window, ...]:
    """The local windows of a day: none when closed, two around the Friday pause."""
    closed = calendar.is_national(day) or (hours.joint_leave_closed and not calendar.is_open(day))
    if closed or day.weekday() == SUNDAY:
        return ()
    if day.weekday() == SATURDAY:
        return (hours.saturday,)
    if day.weekday() == FRIDAY and hours.friday_pause:
        return _around(hours.weekday, hours.friday_pause)
    return (hours.weekday,)


def _around(whole: Window, pause: Window) -> tuple[Window, ...]:
    parts = (
        Window(start=whole.start, end=min(whole.end, pause.start)),
        Window(start=max(whole.start, pause.end), end=whole.end),
    )
    return tuple(part for part in parts if part.start < part.end)


def spans_on(day: date, *, zone: str | None, hours: Hours, calendar: WorkCalendar) -> tuple[Span, ...]:
    """The allowed stretches of a local date, in order; for an unknown zone those that all three share."""
    windows = windows_on(day, hours=hours, calendar=calendar)
    first, *others = (_spans(day, windows, each) for each in ((zone,) if zone else ZONES))
    for spans in others:
        first = tuple(span for mine in first for theirs in spans if (span := _shared(mine, theirs)))
    return first


def _spans(day: date, windows: tuple[Window, ...], zone: str) -> tuple[Span, ...]:
    return tuple(
        Span(instant_of(day, window.start, zone=zone), instant_of(day, window.end, zone=zone)) for window in windows
    )


def _shared(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _spans_from(at: datetime, *, zone: str | None, hours: Hours, calendar: WorkCalendar) -> Iterator[Span]:
    """Every allowed stretch that has not ended at `at`, the first one cut to begin there. Raises NoHours."""
    # Midnight comes last in the west, so that no stretch of an earlier local date is passed over.
    day = local_day(at, zone=zone or WIB)
    for n in range(LONGEST_SEARCH_DAYS):
        for span in spans_on(day + n * ONE_DAY, zone=zone, hours=hours, calendar=calendar):
            if at < span.end:
                yield Span(max(at, span.start), span.end)
    raise NoHours(f"no allowed hour in the {LONGEST_SEARCH_DAYS} days from {day}")


def next_allowed(at: datetime, *, zone: str | None, hours: Hours, calendar: WorkCalendar) -> datetime:
    """The instant itself when allowed, else the first one after it that is. Raises NoHours."""
    return next(_spans_from(at, zone=zone, hours=hours, calendar=calendar)).start


def allowed_at(at: datetime, *, zone: str | None, hours: Hours, calendar: WorkCalendar) -> bool:
    """True when the instant lies within the hours."""
    return next_allowed(at, zone=zone, hours=hours, calendar=calendar) == at


def add_working_minutes(
    start_at: datetime, minutes: int, *, zone: str | None, hours: Hours, calendar: WorkCalendar
) -> datetime:
    """The instant at which so many minutes of allowed time have passed since `start_at`. (sop 10)

    A deadline may fall on the very end of a day's window. Raises NoHours.
    """
    left = timedelta(minutes=minutes)
    for span in _spans_from(start_at, zone=zone, hours=hours, calendar=calendar):
        if left <= span.end - span.start:
            return span.start + left
        left -= span.end - span.start
    raise AssertionError("the stretches never end without NoHours")


def working_deadline(
    start_at: datetime, *, working_days: int, zone: str, hours: Hours, calendar: WorkCalendar
) -> datetime:
    """The same time of day so many working days later, or the next working hour after it. (sop 5)

    Counted from the first working instant at or after `start_at`: asked on a Sunday is asked on Monday 08:00; asked on
    a Friday at 15:00 is due on Monday 08:00, since Saturday's hours end at noon. Raises NoHours.
    """
    begins = next_allowed(start_at, zone=zone, hours=hours, calendar=calendar).astimezone(ZoneInfo(zone))
    due_on = calendar.add_open_days(begins.date(), working_days)
    return next_allowed(instant_of(due_on, begins.time(), zone=zone), zone=zone, hours=hours, calendar=calendar)


def day_ends_at(day: date, *, zone: str, hours: Hours, calendar: WorkCalendar) -> datetime | None:
    """When the last window of a local date ends; None on a closed day."""
    spans = spans_on(day, zone=zone, hours=hours, calendar=calendar)
    return spans[-1].end if spans else None


def deadline_today(start_at: datetime, *, until: time, zone: str, hours: Hours, calendar: WorkCalendar) -> datetime:
    """`until` of the same day, or the day's end where that comes first (Saturday at noon). (000-IV.B.3)

    When that is past already, the first hour of the next working day. Raises NoHours.
    """
    today = local_day(start_at, zone=zone)
    ends_at = day_ends_at(today, zone=zone, hours=hours, calendar=calendar)
    if ends_at and start_at < (deadline_at := min(ends_at, instant_of(today, until, zone=zone))):
        return deadline_at
    tomorrow_at = instant_of(today + ONE_DAY, time.min, zone=zone)
    return next_allowed(tomorrow_at, zone=zone, hours=hours, calendar=calendar)


def is_quiet(at: datetime, *, zone: str, policy: Policy) -> bool:
    """True in a collector's peak call hours, when only urgent pushes reach him. (sop 3, 004)"""
    return after_quiet(at, zone=zone, policy=policy) != at


def after_quiet(at: datetime, *, zone: str, policy: Policy) -> datetime:
    """The instant itself, or the end of the quiet hours it falls into. (sop 3, 004)"""
    quiet = Window(start=policy.hours.quiet_from, end=policy.hours.quiet_until)
    local = at.astimezone(ZoneInfo(zone))
    return instant_of(local.date(), quiet.end, zone=zone) if quiet.holds(local.time()) else at
