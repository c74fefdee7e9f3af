"""The holidays of Indonesia in 2026 and 2027 as literal days: the decree of the three ministers and its joint leave."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sop.calendar import WorkCalendar
from sop.zones import WIB


def days(year: int, written: str) -> frozenset[date]:
    """The days of a year written as "03-21 03-22"."""
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in written.split())


NATIONAL = days(
    2026,
    "01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25",
) | days(
    2027,
    "01-01 01-05 02-06 03-08 03-10 03-11 03-26 03-28 05-01 05-06 05-17 05-20 06-01 06-06 08-15 08-17 12-25 12-26",
)
JOINT_LEAVE = days(2026, "02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24") | days(
    2027, "02-05 03-09 03-12 03-15 03-25 05-18 05-19 12-24"
)
CALENDAR = WorkCalendar(national=NATIONAL, joint_leave=JOINT_LEAVE)


def local(text: str, zone: str = WIB) -> datetime:
    """ "2026-11-18 09:00" on the clocks of the zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
