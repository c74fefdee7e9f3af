"""Leave as it is typed, which leave may be written down, and who works in whose place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sop.absence import (
    Absence,
    LeaveOverlaps,
    LeavePast,
    LeaveTooFar,
    LeaveTooLong,
    Span,
    acting_for,
    check_leave,
    is_free,
)
from sop.calendar import WorkCalendar
from sop.policy import DEFAULT
from sop.refusal import Refused
from sop.typed_leave import parse_leave

TODAY = date(2026, 11, 18)  # a Wednesday
NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)
CALENDAR = WorkCalendar(national=frozenset({date(2026, 12, 25)}), joint_leave=frozenset({date(2026, 12, 24)}))
STAFF = ("Rina", "Dewi Lestari", "Budi Santoso", "Budi Hartono")


def span(first: str, last: str) -> Span:
    return Span(from_on=date.fromisoformat(first), until_on=date.fromisoformat(last))


def absence(first: str, last: str, *, person_id: int = 1, ended: bool = False) -> Absence:
    days = span(first, last)
    return Absence(
        id=1,
        person_id=person_id,
        cover_id=2,
        from_on=days.from_on,
        until_on=days.until_on,
        asked_by_id=None,
        begun_at=None,
        ended_at=NOW if ended else None,
    )


@pytest.mark.parametrize(
    ("text", "name", "days"),
    [
        ("12-15 Des", None, span("2026-12-12", "2026-12-15")),  # as the procedure writes it
        ("12 - 15 Desember 2026", None, span("2026-12-12", "2026-12-15")),
        ("12 s.d. 15 des", None, span("2026-12-12", "2026-12-15")),
        ("12 s/d 15 des", None, span("2026-12-12", "2026-12-15")),
        ("tgl 23-25", None, span("2026-11-23", "2026-11-25")),  # no month: the next such days
        ("28 Des - 3 Jan", None, span("2026-12-28", "2027-01-03")),  # over the year's end
        ("28 Des sampai 3 Jan 2027", None, span("2026-12-28", "2027-01-03")),
        ("28/12-3/1/2027", None, span("2026-12-28", "2027-01-03")),
        ("besok", None, span("2026-11-19", "2026-11-19")),  # one day
        ("hari ini", None, span("2026-11-18", "2026-11-18")),
        ("besok sampai hari Jumat", None, span("2026-11-19", "2026-11-20")),
        ("besok - tgl 24", None, span("2026-11-19", "2026-11-24")),
        ("12 Des", None, span("2026-12-12", "2026-12-12")),
        ("Sabtu, 12 Desember 2026", None, span("2026-12-12", "2026-12-12")),
        ("Rina 12-15 Des", "Rina", span("2026-12-12", "2026-12-15")),
        ("rina  besok", "Rina", span("2026-11-19", "2026-11-19")),
        ("Dewi 12-15 Des", "Dewi Lestari", span("2026-12-12", "2026-12-15")),  # the only Dewi
        ("budi santoso besok", "Budi Santoso", span("2026-11-19", "2026-11-19")),
        ("Rina", "Rina", None),  # who, but not when
        ("Budi besok", None, None),  # two of that name: nobody is guessed
        ("12-15", None, span("2026-12-12", "2026-12-15")),  # the next 12th and 15th; the echo names the month
        ("12-20", None, None),  # the 12th is next month's, the 20th this month's
        ("15-12 Des", None, None),  # backwards
        ("minggu depan", None, None),  # loose: asked, never guessed
        ("12-15 Nov", None, None),  # over
        ("cuti dong", None, None),
        ("", None, None),
    ],
)
def test_leave_is_read_only_where_it_is_certain(text: str, name: str | None, days: Span | None) -> None:
    typed = parse_leave(text, names=STAFF, today=TODAY, calendar=CALENDAR)
    assert (typed.name, typed.span) == (name, days)


@pytest.mark.parametrize(
    ("days", "known", "refused"),
    [
        (span("2026-11-18", "2026-11-18"), (), None),  # today: somebody is sick
        (span("2026-12-12", "2026-12-15"), (), None),
        (span("2026-11-17", "2026-11-20"), (), LeavePast),
        (span("2026-11-19", "2027-02-18"), (), None),  # 92 days
        (span("2026-11-19", "2027-02-19"), (), LeaveTooLong),
        (span("2027-11-20", "2027-11-20"), (), LeaveTooFar),
        (span("2026-12-12", "2026-12-15"), (absence("2026-12-15", "2026-12-20"),), LeaveOverlaps),  # the last day
        (span("2026-12-12", "2026-12-15"), (absence("2026-12-01", "2026-12-31"),), LeaveOverlaps),
        (span("2026-12-12", "2026-12-15"), (absence("2026-12-16", "2026-12-20"),), None),
        (span("2026-12-12", "2026-12-15"), (absence("2026-12-12", "2026-12-15", ended=True),), None),  # cancelled
    ],
)
def test_leave_is_taken_once_and_within_measure(
    days: Span, known: tuple[Absence, ...], refused: type[Refused] | None
) -> None:
    if refused is None:
        check_leave(days, known, today=TODAY, policy=DEFAULT)
        return
    with pytest.raises(refused):
        check_leave(days, known, today=TODAY, policy=DEFAULT)


def test_a_cover_is_there_on_all_the_days() -> None:
    away = (absence("2026-12-15", "2026-12-16", person_id=2), absence("2026-12-12", "2026-12-12", person_id=3))
    assert not is_free(2, span("2026-12-12", "2026-12-15"), away)
    assert is_free(2, span("2026-12-12", "2026-12-14"), away)
    assert is_free(4, span("2026-12-12", "2026-12-15"), away)


def test_working_days_leave_out_what_is_closed() -> None:
    assert span("2026-12-23", "2026-12-28").working_days(CALENDAR) == 3  # joint leave, Christmas and a Sunday lie in it


@pytest.mark.parametrize(
    ("covers", "gone", "acting"),
    [
        ({}, (), {}),
        ({1: 2}, (), {1: 2}),
        ({1: None}, (), {1: None}),  # the pool
        ({1: 2, 2: 3}, (), {1: 3, 2: 3}),  # the cover fell ill
        ({1: 2, 2: None}, (), {1: None, 2: None}),
        ({1: 2, 2: 1}, (), {1: None, 2: None}),  # each named the other
        ({1: 2}, (2,), {1: None, 2: None}),  # the cover left
        ({}, (5,), {5: None}),
    ],
)
def test_who_works_in_whose_place(
    covers: dict[int, int | None], gone: tuple[int, ...], acting: dict[int, int | None]
) -> None:
    assert acting_for(covers, gone) == acting
