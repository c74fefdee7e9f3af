"""Warning letters in order, with gaps, true to the books. (sop 9, G13; 001)"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sop.calendar import WorkCalendar
from sop.letter import (
    TRANSITIONS,
    Letter,
    LetterKind,
    LetterMoved,
    LetterState,
    LetterTooSoon,
    LetterUnproved,
    LetterWaits,
    Place,
    check_next,
    deadline_of,
    deadlines,
    is_in_order,
    left_on,
    moved,
    next_kind,
    number_of,
    says_what_is_true,
    series,
)
from sop.money import Money
from sop.policy import DEFAULT, GuardProfile

JAKARTA = "Asia/Jakarta"
SENT_ON = date(2026, 11, 18)
TEN = Money.rupiah(10)
PUK = replace(DEFAULT, guard=replace(DEFAULT.guard, profile="puk"))
CALENDAR = WorkCalendar(national=frozenset({date(2026, 12, 25)}), joint_leave=frozenset({date(2026, 12, 24)}))


def letter(kind: LetterKind, state: LetterState = LetterState.SENT, *, on: date = SENT_ON, **more: object) -> Letter:
    values: dict[str, object] = {
        "id": list(LetterKind).index(kind) + 1,
        "payer_id": 1,
        "kind": kind,
        "state": state,
        "amount": TEN,
        "drawn_on": on,
        "deadline_on": on + timedelta(days=7),
        "asked": {1: TEN},
        "number": f"{kind.value}-1",
    }
    return Letter(**(values | more))  # type: ignore[arg-type]


SP1, SP2, SP3 = (letter(kind) for kind in (LetterKind.SP1, LetterKind.SP2, LetterKind.SP3))


@pytest.mark.parametrize(
    "sent, kind",
    [
        ((), LetterKind.SP1),
        ((SP1,), LetterKind.SP2),
        ((SP1, SP2), LetterKind.SP3),
        ((SP1, SP2, SP3), LetterKind.SOMASI),
    ],
)
def test_one_letter_follows_the_other(sent: tuple[Letter, ...], kind: LetterKind) -> None:
    assert next_kind(sent) is kind
    assert is_in_order(letter(kind, LetterState.APPROVED), sent)
    assert not is_in_order(letter(LetterKind.SP3, LetterState.APPROVED), ())


@pytest.mark.parametrize(
    "days, refused",
    [(0, True), (6, True), (7, False), (30, False)],  # at least seven days between two
)
def test_the_gap_counts_from_the_day_it_left(days: int, refused: bool) -> None:
    place = Place(today=SENT_ON + timedelta(days=days), zone=JAKARTA)
    if refused:
        with pytest.raises(LetterTooSoon) as told:
            check_next([SP1], [SP1], at=place, policy=DEFAULT)
        assert told.value.values == {"kind": "SP2", "number": "SP1-1", "earliest_on": date(2026, 11, 25)}
    else:
        assert check_next([SP1], [SP1], at=place, policy=DEFAULT) is LetterKind.SP2


def test_a_letter_posted_later_than_it_is_dated_moves_the_gap() -> None:
    late = letter(LetterKind.SP1, sent_at=datetime(2026, 11, 20, 18, tzinfo=UTC))  # one in the morning in Jakarta
    assert left_on(late, zone=JAKARTA) == date(2026, 11, 21)
    early = letter(LetterKind.SP1, sent_at=datetime(2026, 11, 17, 3, tzinfo=UTC))
    assert left_on(early, zone=JAKARTA) == SENT_ON


@pytest.mark.parametrize("state", [LetterState.PROPOSED, LetterState.APPROVED])
def test_one_at_a_time(state: LetterState) -> None:
    waiting = letter(LetterKind.SP2, state)
    with pytest.raises(LetterWaits):
        check_next([SP1, waiting], [SP1], at=Place(today=date(2027, 1, 4), zone=JAKARTA), policy=DEFAULT)
    handed_over = letter(LetterKind.SOMASI, LetterState.APPROVED)
    sent = [SP1, SP2, SP3]
    far = Place(today=date(2027, 1, 4), zone=JAKARTA)
    assert check_next([*sent, handed_over], sent, at=far, policy=DEFAULT) is LetterKind.SOMASI


def test_a_supervised_company_proves_delivery_first() -> None:
    far = Place(today=date(2027, 1, 4), zone=JAKARTA)
    assert isinstance(PUK.guard, GuardProfile)
    with pytest.raises(LetterUnproved):
        check_next([SP1], [SP1], at=far, policy=PUK)
    assert check_next([SP1], [SP1], at=far, policy=DEFAULT) is LetterKind.SP2
    for proof in ({"postal_receipt": "RR1"}, {"sent_how": "whatsapp"}):
        proved = replace(SP1, **proof)  # type: ignore[arg-type]
        assert check_next([proved], [proved], at=far, policy=PUK) is LetterKind.SP2
    assert not replace(SP1, sent_how="whatsapp_by_hand").has_proof


def test_a_settled_debt_begins_anew_with_the_first_letter() -> None:
    withdrawn = letter(LetterKind.SP2, LetterState.WITHDRAWN)
    assert series([SP1, withdrawn], [1]) == (SP1,)
    assert series([SP1, SP2], [2]) == ()  # its invoice is paid; invoice 2 is another debt


@pytest.mark.parametrize(
    "on, number",
    [
        (date(2026, 11, 18), "012/SP1/FIN/XI/2026"),
        (date(2026, 1, 1), "012/SP1/FIN/I/2026"),
        (date(2026, 4, 30), "012/SP1/FIN/IV/2026"),
        (date(2026, 9, 9), "012/SP1/FIN/IX/2026"),
    ],
)
def test_the_month_is_roman(on: date, number: str) -> None:
    assert number_of(LetterKind.SP1, 12, on=on, pattern=DEFAULT.letters.number_pattern) == number


def test_a_deadline_is_an_open_day() -> None:
    sunday = date(2026, 11, 22)
    assert deadline_of(drawn_on=date(2026, 11, 18), calendar=CALENDAR, policy=DEFAULT) == date(2026, 11, 25)
    assert deadline_of(drawn_on=sunday - timedelta(days=7), calendar=CALENDAR, policy=DEFAULT) == date(2026, 11, 23)
    days = deadlines(drawn_on=date(2026, 12, 17), calendar=CALENDAR, policy=DEFAULT)
    assert days[0] == date(2026, 12, 26)  # the 24th and 25th are closed
    assert list(days) == sorted(set(days)) and all(CALENDAR.is_open(day) for day in days)


@pytest.mark.parametrize("start", LetterState)
@pytest.mark.parametrize("to", LetterState)
def test_only_the_steps_of_the_table(start: LetterState, to: LetterState) -> None:
    one = letter(LetterKind.SP1, start)
    if to in TRANSITIONS[start]:
        assert moved(one, to) is to
    else:
        with pytest.raises(LetterMoved):
            moved(one, to)


@pytest.mark.parametrize(
    "owed, is_true",
    [
        ({1: TEN}, True),
        ({1: TEN, 2: TEN}, True),  # what fell due since makes it no less true
        ({1: Money.rupiah(9)}, False),
        ({}, False),  # paid, or held
    ],
)
def test_it_says_what_may_still_be_asked_for(owed: dict[int, Money], is_true: bool) -> None:
    assert says_what_is_true(letter(LetterKind.SP1, LetterState.APPROVED), owed) is is_true
