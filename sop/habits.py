"""A payer's habits: how late he usually pays, for how long he is silent, what he reads and ignores. (sop 11; 002)"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

WHOLE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Punctuality:
    """Of the invoices he has paid off: how many per cent came late, and how many days late they came on average."""

    late_percent: int
    usual_days_late: int


def punctuality_of(paid: Iterable[tuple[date, date]]) -> Punctuality | None:
    """This function will judge pairs of (due on, paid on); None without any: no history claims nothing.

    What came early counts as in time; the average is rounded to whole days.
    """
    late = [max(0, (paid_on - due_on).days) for due_on, paid_on in paid]
    if not late:
        return None
    return Punctuality(
        late_percent=WHOLE * sum(days > 0 for days in late) // len(late),
        usual_days_late=round(sum(late) / len(late)),
    )


def days_silent(calls: Iterable[datetime], *, answered_at: datetime | None, zone: str) -> int:
    """This function will count the days on which calls were made since he answered last (or ever)."""
    place = ZoneInfo(zone)
    return len({at.astimezone(place).date() for at in _since(calls, answered_at)})


def ignored(read: Collection[datetime], *, answered_at: datetime | None) -> int:
    """This function will count the reminders he has read since he answered last: none of them was replied to."""
    return sum(1 for _ in _since(read, answered_at))


def _since(moments: Iterable[datetime], answered_at: datetime | None) -> Iterable[datetime]:
    return (at for at in moments if answered_at is None or at > answered_at)
