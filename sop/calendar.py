"""Which days are worked. "Working day" and "open day" of the procedure are the same set of days:
Monday to Saturday except national holidays and joint leave (cuti bersama). (sop 1)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SUNDAY = 6
DAYS_A_WEEK = 7
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkCalendar:
    """The company's calendar: the holidays of the country and the days of joint leave it keeps."""

    national: frozenset[date] = frozenset()
    joint_leave: frozenset[date] = frozenset()

    def is_national(self, day: date) -> bool:
        """True on a national holiday: the law allows no contact then, joint leave does not count. (G3, G4)"""
        return day in self.national

    def is_open(self, day: date) -> bool:
        """True when the day is worked."""
        return day.weekday() != SUNDAY and day not in self.national and day not in self.joint_leave

    def open_on_or_before(self, day: date) -> date:
        """The day itself when open, else the nearest open day before it."""
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def open_on_or_after(self, day: date) -> date:
        """The day itself when open, else the nearest open day after it."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def next_open(self, day: date) -> date:
        """The first open day after `day`."""
        return self.open_on_or_after(day + ONE_DAY)

    def previous_open(self, day: date) -> date:
        """The last open day before `day`."""
        return self.open_on_or_before(day - ONE_DAY)

    def add_open_days(self, day: date, days: int) -> date:
        """The open day so many open days after `day` (before it when negative); `day` itself, open or not, for 0."""
        for _ in range(days):
            day = self.next_open(day)
        for _ in range(-days):
            day = self.previous_open(day)
        return day

    def open_days_between(self, after: date, until: date) -> int:
        """How many open days lie after `after` up to and including `until`; negative when `until` comes first."""
        if until < after:
            return -self.open_days_between(until, after)
        length = (until - after).days
        sundays = (after.weekday() + length + 1) // DAYS_A_WEEK - (after.weekday() + 1) // DAYS_A_WEEK
        holidays = {day for day in self.national | self.joint_leave if after < day <= until}
        return length - sundays - sum(day.weekday() != SUNDAY for day in holidays)
