"""The ladder over the real calendar: which step on which day, what meets, what was missed, what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from sop import ladder
from sop.calendar import ONE_DAY
from sop.ladder import DATED, RUNGS, Asks, Fate, Reach, Step
from sop.policy import DEFAULT
from tests.sop.indonesia import CALENDAR

H_7, H_3, H0, H1, H2, H3, H4 = DATED
CLOSES_ALL_WEEK = date(2026, 3, 27)  # due so that H-7 and H-3 both fall into the closed week of Lebaran


def short(day: str, *, near: date) -> date:
    """ "03-17" in the year that lies nearest."""
    years = (near.year - 1, near.year, near.year + 1)
    return min((date.fromisoformat(f"{year}-{day}") for year in years), key=lambda one: abs(one - near))


@pytest.mark.parametrize(
    ("due_on", "days"),
    [
        # H-7  H-3   H0    H+1   H+2   H+3   H+4
        # Wednesday: H-3 is a Sunday and moves back to Saturday, H+4 steps over the Sunday
        ("2026-11-25", "11-18 11-21 11-25 11-26 11-27 11-28 11-30"),
        # Saturday is an open day; the count after it starts on Monday
        ("2026-11-28", "11-21 11-25 11-28 11-30 12-01 12-02 12-03"),
        # Sunday: H-7 moves back to Saturday, H0 becomes Monday
        ("2026-11-29", "11-21 11-26 11-30 12-01 12-02 12-03 12-04"),
        # Monday after it: the same days from H0 on
        ("2026-11-30", "11-23 11-27 11-30 12-01 12-02 12-03 12-04"),
        # due on Nyepi, the week of Lebaran 2026 closed: H0 is the Wednesday after
        ("2026-03-19", "03-12 03-16 03-25 03-26 03-27 03-28 03-30"),
        # due on the second day of Idul Fitri, a Sunday: H-3 moves to the last open day before
        ("2026-03-22", "03-14 03-17 03-25 03-26 03-27 03-28 03-30"),
        # due after the closed week: H-7 and H-3 meet on its eve
        ("2026-03-27", "03-17 03-17 03-27 03-28 03-30 03-31 04-01"),
        # due on joint leave before Christmas: H0 is the Saturday after it
        ("2026-12-24", "12-17 12-21 12-26 12-28 12-29 12-30 12-31"),
        # due on Christmas Day: the same H0, other days before
        ("2026-12-25", "12-18 12-22 12-26 12-28 12-29 12-30 12-31"),
        # H-3 on Christmas moves before the joint leave; H+4 steps over New Year
        ("2026-12-28", "12-21 12-23 12-28 12-29 12-30 12-31 01-02"),
        # over the turn of the year, Isra Mikraj on 5 January
        ("2026-12-31", "12-23 12-28 12-31 01-02 01-04 01-06 01-07"),
        # the one open Saturday within Lebaran 2027: H-7 and H-3 meet, H+1 only on Tuesday
        ("2027-03-13", "03-06 03-06 03-13 03-16 03-17 03-18 03-19"),
        # due on Nyepi 2027
        ("2027-03-08", "03-01 03-05 03-13 03-16 03-17 03-18 03-19"),
        # Good Friday with joint leave before it; the Saturday is open
        ("2027-03-25", "03-18 03-22 03-27 03-29 03-30 03-31 04-01"),
    ],
)
def test_the_days_of_the_ladder(due_on: str, days: str) -> None:
    due = date.fromisoformat(due_on)
    reached = [ladder.day_of(step, due, calendar=CALENDAR, policy=DEFAULT) for step in DATED]
    assert reached == [short(day, near=due) for day in days.split()]


def test_the_table_is_the_procedure() -> None:
    rows = [(rung.step.value, rung.days, rung.message, rung.asks, rung.clause) for rung in RUNGS]
    assert rows == [
        ("H-7", 7, "T01", Asks.NOTHING, "IV.A.1"),  # "Kirim pesan pengingat via WA"
        ("H-5", 2, "T02", Asks.CALL_OR_MESSAGE, "IV.A.1"),  # "follow up ulang via WA atau telepon"
        ("H-3", 3, None, Asks.CALL, "IV.A.2"),  # "Hubungi customer via telepon"
        ("H0", 0, "T04", Asks.CALL, "IV.B.1"),  # "via WA dan telepon"
        ("H+1", 1, "T05", Asks.CALL, "IV.C.1"),  # "via WA dan telepon"
        ("H+2", 2, None, Asks.CALL, "IV.C.1"),  # no message: the cap
        ("H+3", 3, "T06", Asks.CALL, "IV.C.1"),  # "Informasikan kemungkinan sanksi", by machine at H+3 only
        ("H+4", 4, None, Asks.MANAGERS, "IV.C.2"),  # "laporkan ke manajemen"
        ("H+4..", 2, None, Asks.CALL, "IV.C.2"),  # calls go on while management decides
        ("H+n", 3, None, Asks.CALL, "IV.C.2"),  # until paid or with legal
    ]
    assert [rung.unanswered for rung in RUNGS if rung.unanswered] == ["T03"]  # H-3, after a call nobody answered
    assert [rung.step.rank for rung in RUNGS] == list(range(len(Step)))


def test_the_consequence_is_told_only_where_the_invoice_has_one() -> None:
    with_clause = ladder.channels(H3, has_consequence_clause=True, policy=DEFAULT)
    without = ladder.channels(H3, has_consequence_clause=False, policy=DEFAULT)
    assert (with_clause.message, without.message) == ("T06", "T06_without_clause")
    assert (with_clause.call, with_clause.either, with_clause.escalates) == (True, False, False)


def test_only_the_gentle_follow_up_is_done_by_either_channel() -> None:
    asked = {step: ladder.channels(step, has_consequence_clause=False, policy=DEFAULT) for step in Step}
    assert [step for step in Step if asked[step].either] == [Step.NO_REPLY]
    assert [step for step in Step if asked[step].escalates] == [Step.H_PLUS_4]


@pytest.mark.parametrize("step", list(Step))
def test_key_accounts_are_never_spoken_to_by_a_machine(step: Step) -> None:
    by_people = ladder.channels(step, has_consequence_clause=True, policy=DEFAULT.for_segment("kunci"))
    by_machine = ladder.channels(step, has_consequence_clause=True, policy=DEFAULT)
    assert by_people.message is None
    assert not by_people.either
    assert by_people.escalates == by_machine.escalates
    assert by_people.call == (by_machine.call or by_machine.message is not None)


def test_steps_that_meet_leave_the_more_advanced() -> None:
    eve = date(2026, 3, 17)
    reached = ladder.reached(eve, since=eve - ONE_DAY, calendar=CALENDAR, policy=DEFAULT)
    mine = [reach for reach in reached if reach.due_on == CLOSES_ALL_WEEK]
    assert mine == [
        Reach(due_on=CLOSES_ALL_WEEK, step=H_7, reached_on=eve, fate=Fate.SUPERSEDED),
        Reach(due_on=CLOSES_ALL_WEEK, step=H_3, reached_on=eve, fate=Fate.DUE),
    ]


def test_missed_days_leave_the_most_advanced_and_record_the_rest() -> None:
    # down from 16 March to 30 March: the meeting on the 17th, H0 on the 27th and H+1 on the 28th were missed
    reached = ladder.reached(date(2026, 3, 30), since=date(2026, 3, 16), calendar=CALENDAR, policy=DEFAULT)
    mine = [(reach.step, reach.reached_on.day, reach.fate) for reach in reached if reach.due_on == CLOSES_ALL_WEEK]
    assert mine == [
        (H_7, 17, Fate.SUPERSEDED),
        (H_3, 17, Fate.SKIPPED),
        (H0, 27, Fate.SKIPPED),
        (H1, 28, Fate.SKIPPED),
        (H2, 30, Fate.DUE),
    ]


def test_an_ordinary_day_is_a_handful_of_due_dates() -> None:
    today = date(2026, 11, 18)
    reached = ladder.reached(today, since=today - ONE_DAY, calendar=CALENDAR, policy=DEFAULT)
    assert [(reach.due_on.isoformat()[5:], reach.step) for reach in reached] == [
        ("11-13", H4),  # Friday: Saturday, Monday, Tuesday, Wednesday
        ("11-14", H3),
        ("11-15", H2),  # Sunday counts from Monday ...
        ("11-16", H2),  # ... and so meets Monday's own
        ("11-17", H1),
        ("11-18", H0),
        ("11-21", H_3),
        ("11-25", H_7),
    ]


@pytest.mark.parametrize("closed", [date(2026, 11, 22), date(2026, 3, 20), date(2026, 3, 21)])
def test_nothing_is_reached_on_a_closed_day(closed: date) -> None:
    assert ladder.reached(closed, since=closed - 7 * ONE_DAY, calendar=CALENDAR, policy=DEFAULT) == ()
    assert ladder.no_reply_dates(closed, since=closed - 7 * ONE_DAY, calendar=CALENDAR, policy=DEFAULT) == ()


def test_a_day_planned_twice_reaches_nothing_more() -> None:
    today = date(2026, 11, 18)
    assert ladder.reached(today, since=today, calendar=CALENDAR, policy=DEFAULT) == ()
    assert ladder.no_reply_dates(today, since=today, calendar=CALENDAR, policy=DEFAULT) == ()


@pytest.mark.parametrize(
    ("sent_on", "asked_on"),
    [
        (date(2026, 11, 18), date(2026, 11, 20)),  # two days later
        (date(2026, 11, 20), date(2026, 11, 21)),  # Friday: Sunday moves back to Saturday
        (date(2026, 11, 21), date(2026, 11, 23)),  # Saturday: Monday
        (date(2026, 3, 16), date(2026, 3, 17)),  # Wednesday is joint leave: back to Tuesday
        (date(2026, 3, 17), date(2026, 3, 25)),  # back would be the reminder's own day: on, after Lebaran
        (date(2026, 12, 23), date(2026, 12, 26)),  # the same at Christmas
    ],
)
def test_the_day_of_the_gentle_follow_up(sent_on: date, asked_on: date) -> None:
    assert ladder.no_reply_on(sent_on, calendar=CALENDAR, policy=DEFAULT) == asked_on


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (date(2026, 11, 17), None),  # before H-7
        (date(2026, 11, 18), Step.H_MINUS_7),  # today's step is planned at once
        (date(2026, 11, 19), None),  # between two steps: wait for the next
        (date(2026, 11, 21), Step.H_MINUS_3),  # moved back from Sunday
        (date(2026, 11, 25), Step.H_0),
        (date(2026, 11, 26), Step.H_PLUS_1),
        (date(2026, 11, 28), Step.H_PLUS_3),
        (date(2026, 11, 29), None),  # imported on a Sunday between H+3 and H+4
        (date(2026, 11, 30), Step.H_PLUS_4),
        (date(2026, 12, 6), Step.H_PLUS_4),  # far beyond, and on a Sunday
    ],
)
def test_what_a_newly_imported_invoice_is_at(today: date, step: Step | None) -> None:
    assert ladder.current_step(date(2026, 11, 25), today=today, calendar=CALENDAR, policy=DEFAULT) is step


def test_a_new_invoice_takes_the_more_advanced_of_two_steps_that_meet() -> None:
    step = ladder.current_step(CLOSES_ALL_WEEK, today=date(2026, 3, 17), calendar=CALENDAR, policy=DEFAULT)
    assert step is Step.H_MINUS_3


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 1), (Step.H_MINUS_3, date(2026, 3, 17))),  # the superseded H-7 is not announced
        (date(2026, 3, 17), (Step.H_0, date(2026, 3, 27))),
        (date(2026, 3, 31), (Step.H_PLUS_4, date(2026, 4, 1))),
        (date(2026, 4, 1), None),  # from here on people decide
    ],
)
def test_the_step_that_comes_next(today: date, expected: tuple[Step, date] | None) -> None:
    found = ladder.next_step(CLOSES_ALL_WEEK, today=today, calendar=CALENDAR, policy=DEFAULT)
    assert (found and (found.step, found.reached_on)) == expected


@pytest.mark.parametrize(
    ("step", "last_on", "next_on"),
    [
        (Step.WHILE_DECIDING, date(2026, 11, 20), date(2026, 11, 23)),  # Friday: Saturday, Monday
        (Step.WHILE_DECIDING, date(2026, 3, 17), date(2026, 3, 26)),  # over the closed week
        (Step.AFTER_DECISION, date(2026, 11, 18), date(2026, 11, 21)),  # Wednesday: Saturday
    ],
)
def test_calls_go_on_after_the_escalation(step: Step, last_on: date, next_on: date) -> None:
    assert ladder.repeat_on(step, last_on, calendar=CALENDAR, policy=DEFAULT) == next_on


def test_steps_are_asked_only_what_they_can_answer() -> None:
    today = date(2026, 11, 18)
    with pytest.raises(ValueError, match="from the decision"):
        ladder.day_of(Step.AFTER_DECISION, today, calendar=CALENDAR, policy=DEFAULT)
    with pytest.raises(ValueError, match="H-5"):
        ladder.latest_due_at(Step.NO_REPLY, today, calendar=CALENDAR, policy=DEFAULT)
    with pytest.raises(ValueError, match="once"):
        ladder.repeat_on(Step.H_0, today, calendar=CALENDAR, policy=DEFAULT)


def test_the_steps_that_hang_on_others_have_a_first_day_too() -> None:
    due = date(2026, 11, 25)
    assert ladder.day_of(Step.NO_REPLY, due, calendar=CALENDAR, policy=DEFAULT) == date(2026, 11, 20)
    assert ladder.day_of(Step.WHILE_DECIDING, due, calendar=CALENDAR, policy=DEFAULT) == date(2026, 12, 2)


def test_urgency_begins_after_the_due_date() -> None:
    assert [step for step in Step if step.is_overdue] == list(Step)[Step.H_PLUS_1.rank :]
