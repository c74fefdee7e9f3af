"""The ladder over any calendar, any offsets and any gaps: nothing is lost, nothing repeated, nothing goes backwards."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sop import ladder
from sop.calendar import ONE_DAY, WorkCalendar
from sop.ladder import DATED, Fate, Reach, Step
from sop.policy import Policy, policy_from_toml
from tests.sop.indonesia import CALENDAR

START = date(2026, 1, 5)
RUN_DAYS = 120
DUE_DATES = [START + timedelta(days=n) for n in range(40, 80)]  # all of their steps lie within the run

HOLIDAYS = st.sets(st.integers(min_value=0, max_value=RUN_DAYS), max_size=30).map(
    lambda offsets: frozenset(START + timedelta(days=n) for n in offsets)
)
CALENDARS = st.one_of(
    st.just(CALENDAR), st.builds(WorkCalendar, national=HOLIDAYS, joint_leave=HOLIDAYS)
)  # the real one, and worse ones
POLICIES = st.builds(
    lambda first, ready, wait, last: policy_from_toml(
        f"[ladder]\nfirst_reminder_days_before = {first + ready}\nreadiness_call_days_before = {ready}\n"
        f"no_reply_after_days = {wait}\nmanagement_from_open_days = {last}\n"
    ),
    first=st.integers(min_value=1, max_value=7),
    ready=st.integers(min_value=1, max_value=5),
    wait=st.integers(min_value=1, max_value=5),
    last=st.integers(min_value=4, max_value=8),
)
PLANNED = st.sets(st.integers(min_value=1, max_value=RUN_DAYS - 1)).map(
    lambda offsets: [START + timedelta(days=n) for n in sorted(offsets)]
)


def whole_run(planned: list[date], *, calendar: WorkCalendar, policy: Policy) -> list[tuple[Reach, ...]]:
    """What each plan brings, every one taking over from the one before; the last day is planned for sure."""
    end = calendar.open_on_or_after(START + timedelta(days=RUN_DAYS))
    days = [START, *planned, end]
    return [
        ladder.reached(today, since=since, calendar=calendar, policy=policy)
        for since, today in pairwise(days)
        if calendar.is_open(today)
    ]


@given(CALENDARS, POLICIES)
def test_planned_daily_every_due_date_reaches_every_step_once_and_on_its_day(
    calendar: WorkCalendar, policy: Policy
) -> None:
    seen: Counter[tuple[date, Step]] = Counter()
    for n in range(1, RUN_DAYS + 1):
        today = START + timedelta(days=n)
        for reach in ladder.reached(today, since=today - ONE_DAY, calendar=calendar, policy=policy):
            assert reach.reached_on == today
            seen[reach.due_on, reach.step] += 1
    for due_on in DUE_DATES:
        assert [seen[due_on, step] for step in DATED] == [1] * len(DATED)


@given(CALENDARS, POLICIES, PLANNED)
def test_with_gaps_nothing_is_lost_and_nothing_repeated(
    calendar: WorkCalendar, policy: Policy, planned: list[date]
) -> None:
    open_days = [day for day in planned if calendar.is_open(day)]  # on a closed day the plan keeps its old `since`
    runs = whole_run(open_days, calendar=calendar, policy=policy)
    seen = Counter((reach.due_on, reach.step) for run in runs for reach in run)
    assert all(seen[due_on, step] == 1 for due_on in DUE_DATES for step in DATED)


@given(CALENDARS, POLICIES, PLANNED)
def test_a_plan_that_counts_a_closed_day_as_planned_loses_nothing(
    calendar: WorkCalendar, policy: Policy, planned: list[date]
) -> None:
    for today in planned:
        if not calendar.is_open(today):
            tomorrow = calendar.next_open(today)
            kept = ladder.reached(tomorrow, since=calendar.previous_open(today), calendar=calendar, policy=policy)
            moved = ladder.reached(tomorrow, since=today, calendar=calendar, policy=policy)
            assert kept == moved


@given(CALENDARS, POLICIES, PLANNED)
def test_of_each_due_date_one_step_is_due_and_it_is_the_most_advanced(
    calendar: WorkCalendar, policy: Policy, planned: list[date]
) -> None:
    for run in whole_run(planned, calendar=calendar, policy=policy):
        by_due: dict[date, list[Reach]] = {}
        for reach in run:
            by_due.setdefault(reach.due_on, []).append(reach)
        for steps in by_due.values():
            assert [reach.fate is Fate.DUE for reach in steps] == [False] * (len(steps) - 1) + [True]
            assert [reach.step.rank for reach in steps] == sorted({reach.step.rank for reach in steps})
            for reach in steps[:-1]:
                same_day = any(
                    reach.reached_on == later.reached_on for later in steps if later.step.rank > reach.step.rank
                )
                assert reach.fate is (Fate.SUPERSEDED if same_day else Fate.SKIPPED)


@given(CALENDARS, POLICIES, st.sampled_from(DUE_DATES))
def test_the_steps_of_a_due_date_never_go_backwards(calendar: WorkCalendar, policy: Policy, due_on: date) -> None:
    days = [ladder.day_of(step, due_on, calendar=calendar, policy=policy) for step in DATED]
    assert days == sorted(days)
    assert all(calendar.is_open(day) for day in days)
    assert len(set(days[DATED.index(Step.H_0) :])) == len(days) - DATED.index(Step.H_0)  # from H0 on no two meet
    assert days[1] < days[2]  # nor does anything before the due date meet H0


@given(CALENDARS, POLICIES, st.sampled_from(DATED), st.integers(min_value=0, max_value=RUN_DAYS))
def test_the_latest_due_date_at_a_step_is_exact(
    calendar: WorkCalendar, policy: Policy, step: Step, offset: int
) -> None:
    today = START + timedelta(days=offset)
    latest = ladder.latest_due_at(step, today, calendar=calendar, policy=policy)
    assert ladder.day_of(step, latest, calendar=calendar, policy=policy) <= today
    assert ladder.day_of(step, latest + ONE_DAY, calendar=calendar, policy=policy) > today


@given(CALENDARS, POLICIES)
def test_every_reminder_asks_for_its_second_touch_once(calendar: WorkCalendar, policy: Policy) -> None:
    seen: Counter[date] = Counter()
    for n in range(1, RUN_DAYS + 1):
        today = START + timedelta(days=n)
        for sent_on in ladder.no_reply_dates(today, since=today - ONE_DAY, calendar=calendar, policy=policy):
            assert ladder.no_reply_on(sent_on, calendar=calendar, policy=policy) == today
            assert sent_on < today
            seen[sent_on] += 1
    assert all(seen[START + timedelta(days=n)] == 1 for n in range(1, RUN_DAYS - 60))


@given(CALENDARS, POLICIES, PLANNED)
def test_second_touches_survive_gaps(calendar: WorkCalendar, policy: Policy, planned: list[date]) -> None:
    end = calendar.open_on_or_after(START + timedelta(days=RUN_DAYS))
    days = [START, *(day for day in planned if calendar.is_open(day)), end]
    seen = Counter(
        sent_on
        for since, today in pairwise(days)
        for sent_on in ladder.no_reply_dates(today, since=since, calendar=calendar, policy=policy)
    )
    assert all(seen[START + timedelta(days=n)] == 1 for n in range(1, RUN_DAYS - 60))


@given(CALENDARS, POLICIES, st.sampled_from(DUE_DATES), st.integers(min_value=1, max_value=RUN_DAYS))
def test_a_new_invoice_joins_the_plan_of_the_day(
    calendar: WorkCalendar, policy: Policy, due_on: date, offset: int
) -> None:
    today = START + timedelta(days=offset)
    planned = [
        reach.step
        for reach in ladder.reached(today, since=today - ONE_DAY, calendar=calendar, policy=policy)
        if reach.due_on == due_on and reach.fate is Fate.DUE
    ]
    at_management = due_on <= ladder.escalation_threshold(today, calendar=calendar, policy=policy)
    expected = Step.H_PLUS_4 if at_management else next(iter(planned), None)
    assert ladder.current_step(due_on, today=today, calendar=calendar, policy=policy) is expected


@given(CALENDARS, POLICIES, st.sampled_from(DUE_DATES), st.integers(min_value=1, max_value=RUN_DAYS))
def test_the_announced_step_is_the_one_the_plan_brings(
    calendar: WorkCalendar, policy: Policy, due_on: date, offset: int
) -> None:
    today = START + timedelta(days=offset)
    announced = ladder.next_step(due_on, today=today, calendar=calendar, policy=policy)
    if announced is None:
        assert due_on <= ladder.escalation_threshold(today, calendar=calendar, policy=policy)
        return
    brought = ladder.reached(announced.reached_on, since=today, calendar=calendar, policy=policy)
    assert [reach for reach in brought if reach.due_on == due_on and reach.fate is Fate.DUE] == [announced]
