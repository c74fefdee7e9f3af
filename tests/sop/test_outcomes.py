"""The table of outcomes agrees with the procedure's buttons."""

from __future__ import annotations

import pytest

from sop.outcomes import OTHERS, OUTCOMES, STARRED, Need, Outcome, escalates, meaning_of, needs_of, returns_at
from sop.policy import DEFAULT
from tests.sop.indonesia import local


def test_every_outcome_has_its_row() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert len(STARRED) + len(OTHERS) == len(Outcome)


def test_the_first_screen_has_the_twelve_in_order() -> None:
    assert STARRED == (
        Outcome.PROMISED,
        Outcome.PAID,
        Outcome.PAID_PART,
        Outcome.NO_ANSWER,
        Outcome.CALL_LATER,
        Outcome.UNCLEAR,
        Outcome.MORE_TIME,
        Outcome.INSTALMENTS,
        Outcome.DISPUTED,
        Outcome.REFUSED,
        Outcome.WRONG_NUMBER,
        Outcome.ESCALATED,
    )


def test_every_row_names_its_clause() -> None:
    assert all(rule.clause for rule in OUTCOMES.values())


def test_nobody_is_counted_as_reached_by_silence() -> None:
    unreached = {outcome for outcome, rule in OUTCOMES.items() if not rule.reached_customer}
    assert {Outcome.NO_ANSWER, Outcome.WRONG_NUMBER, Outcome.NOT_PIC, Outcome.SHOP_CLOSED, Outcome.NOTED} <= unreached


@pytest.mark.parametrize(
    ("outcome", "from_due", "needs"),
    [
        (Outcome.PROMISED, False, (Need.DATE,)),  # before the due date: date, `Benar`
        (Outcome.PROMISED, True, (Need.DATE, Need.REASON)),  # from H0 the reason is mandatory (000-IV.B.2)
        (Outcome.MORE_TIME, False, (Need.DATE, Need.REASON)),
        (Outcome.MORE_TIME, True, (Need.DATE, Need.REASON)),  # it has become a promise
        (Outcome.NO_ANSWER, True, (Need.REASON,)),
        (Outcome.DISPUTED, True, (Need.CAUSE, Need.AMOUNT)),
        (Outcome.PAID, True, ()),  # one tap
    ],
)
def test_what_is_asked(outcome: Outcome, from_due: bool, needs: tuple[Need, ...]) -> None:
    assert needs_of(outcome, from_due=from_due) == needs


def test_more_time_from_the_due_date_on_is_a_promise() -> None:
    assert meaning_of(Outcome.MORE_TIME, from_due=False) is Outcome.MORE_TIME
    assert meaning_of(Outcome.MORE_TIME, from_due=True) is Outcome.PROMISED
    assert meaning_of(Outcome.PAID, from_due=True) is Outcome.PAID


@pytest.mark.parametrize(
    ("outcome", "from_due", "expected"),
    [
        (Outcome.UNCLEAR, False, False),  # before H0 only a note
        (Outcome.UNCLEAR, True, True),  # (000-IV.B.3)
        (Outcome.REFUSED, False, True),  # (001)
        (Outcome.ESCALATED, False, True),  # (000-VI.4)
        (Outcome.NO_ANSWER, True, False),
    ],
)
def test_what_goes_to_the_managers(outcome: Outcome, from_due: bool, expected: bool) -> None:
    assert escalates(outcome, from_due=from_due) is expected


@pytest.mark.parametrize(
    ("now", "has_returned", "expected"),
    [
        ("09:00", False, "12:00"),  # three hours later
        ("15:30", False, "17:00"),  # at the latest at the end of the day
        ("09:00", True, None),  # once
        ("17:00", False, None),  # the day is over
    ],
)
def test_an_unanswered_card_returns_once(now: str, has_returned: bool, expected: str | None) -> None:
    at = returns_at(
        now=local(f"2026-11-18 {now}"),
        closes_at=local("2026-11-18 17:00"),
        has_returned=has_returned,
        policy=DEFAULT,
    )
    assert at == (local(f"2026-11-18 {expected}") if expected else None)
