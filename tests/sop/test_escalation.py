"""One question to the managers: who may answer what, the first of two, until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sop.escalation import (
    OFFERED,
    REQUESTS,
    TRANSITIONS,
    UNDECIDED,
    AlreadyDecided,
    AlreadyTaken,
    Decision,
    Escalation,
    EscalationReason,
    EscalationState,
    NotOffered,
    decide,
    moved,
    to_join,
)
from sop.escalation_timing import Office, deadline_of, goes_up, may_be_cancelled, next_level_of, reminds
from sop.policy import DEFAULT
from sop.zones import WIB
from tests.sop.indonesia import CALENDAR, local

ANI, BUDI = 11, 12
OFFICE = Office(zone=WIB, calendar=CALENDAR, policy=DEFAULT)
NOW = local("2026-11-18 11:00")


def escalation(
    reason: EscalationReason = EscalationReason.H4,
    state: EscalationState = EscalationState.OPEN,
    payer_id: int = 7,
    number: int = 1,
) -> Escalation:
    return Escalation(
        id=number,
        reason=reason,
        state=state,
        payer_id=payer_id,
        opened_at=local("2026-11-18 10:00"),
        deadline_at=local("2026-11-19 10:00"),
    )


def test_every_reason_offers_something() -> None:
    assert set(OFFERED) == set(EscalationReason)
    assert all(OFFERED.values())


@pytest.mark.parametrize("reason", sorted(REQUESTS, key=str))
def test_a_request_is_answered_yes_no_or_otherwise(reason: EscalationReason) -> None:
    assert OFFERED[reason] == (Decision.APPROVE, Decision.DECLINE, Decision.CHANGE)


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        (Decision.TAKE, EscalationState.TAKEN),
        (Decision.RETURN, EscalationState.RETURNED),
        (Decision.VISIT, EscalationState.DECIDED),
        (Decision.STOP, EscalationState.DECIDED),
        (Decision.HOLD_DELIVERY, EscalationState.OPEN),  # goods beside the debt: that is still to be decided
        (Decision.RELEASE_DELIVERY, EscalationState.OPEN),
        (Decision.INVOLVE_SALES, EscalationState.DECIDED),
    ],
)
def test_what_a_tap_makes_of_it(decision: Decision, state: EscalationState) -> None:
    assert decide(escalation(), decision, ANI, now=NOW).state is state


def test_the_first_of_two_wins_and_the_second_is_told_who() -> None:
    decided = decide(escalation(), Decision.VISIT, ANI, now=NOW)
    with pytest.raises(AlreadyDecided) as refused:
        decide(decided, Decision.STOP, BUDI, now=NOW)
    assert refused.value.by_id == ANI
    assert refused.value.values["decision"] == "visit"


def test_who_took_it_decides_it() -> None:
    taken = decide(escalation(), Decision.TAKE, ANI, now=NOW)
    with pytest.raises(AlreadyTaken) as refused:
        decide(taken, Decision.VISIT, BUDI, now=NOW)
    assert refused.value.by_id == ANI
    assert decide(taken, Decision.VISIT, ANI, now=NOW).decided_by_id == ANI


def test_after_the_deadline_another_manager_may_step_in() -> None:
    taken = decide(escalation(), Decision.TAKE, ANI, now=NOW)
    assert decide(taken, Decision.VISIT, BUDI, now=taken.deadline_at).decided_by_id == BUDI


def test_who_decided_may_add_a_measure_but_not_change_his_mind() -> None:
    decided = decide(escalation(), Decision.VISIT, ANI, now=NOW)
    assert decide(decided, Decision.HOLD_DELIVERY, ANI, now=NOW).decision is Decision.VISIT
    with pytest.raises(AlreadyDecided):
        decide(decided, Decision.STOP, ANI, now=NOW)
    with pytest.raises(AlreadyDecided):
        decide(decided, Decision.HOLD_DELIVERY, BUDI, now=NOW)


def test_goods_held_first_leave_the_owner_and_his_decision() -> None:
    taken = decide(escalation(), Decision.TAKE, ANI, now=NOW)
    assert decide(taken, Decision.HOLD_DELIVERY, ANI, now=NOW) == taken
    with pytest.raises(AlreadyTaken):
        decide(taken, Decision.HOLD_DELIVERY, BUDI, now=NOW)


@pytest.mark.parametrize("state", [EscalationState.DECIDED, EscalationState.CANCELLED])
def test_any_manager_may_release_a_delivery_later(state: EscalationState) -> None:
    ended = replace(escalation(state=state), decision=Decision.HOLD_DELIVERY, decided_by_id=ANI)
    assert decide(ended, Decision.RELEASE_DELIVERY, BUDI, now=NOW) == ended


def test_a_question_has_only_its_own_answers() -> None:
    with pytest.raises(NotOffered):
        decide(escalation(EscalationReason.PROMISE_BEYOND), Decision.TO_LEGAL, ANI, now=NOW)


def test_a_paid_case_tells_that_it_is_over() -> None:
    paid = moved(escalation(), EscalationState.CANCELLED)
    with pytest.raises(AlreadyDecided) as refused:
        decide(paid, Decision.VISIT, ANI, now=NOW)
    assert refused.value.by_id == 0


@pytest.mark.parametrize("state", list(EscalationState))
def test_it_moves_only_along_the_table(state: EscalationState) -> None:
    for wanted in EscalationState:
        if wanted in TRANSITIONS[state]:
            assert moved(escalation(state=state), wanted).state is wanted
        else:
            with pytest.raises(AlreadyDecided):
                moved(escalation(state=state), wanted)


H4, TWICE, REFUSED = EscalationReason.H4, EscalationReason.BROKEN_TWICE, EscalationReason.REFUSED


@pytest.mark.parametrize(
    ("existing", "reason", "joined"),
    [
        ([], H4, None),
        ([escalation(H4)], H4, 1),  # later invoices join
        ([escalation(H4)], TWICE, 1),  # past H+4 a broken promise updates it
        ([escalation(H4, EscalationState.RETURNED)], H4, 1),  # still alive
        ([escalation(H4, EscalationState.DECIDED)], H4, None),
        ([escalation(H4, payer_id=8)], H4, None),  # another payer's
        ([escalation(TWICE)], H4, None),  # the main one is opened beside it
        ([escalation(TWICE, number=1), escalation(H4, number=2)], TWICE, 2),
        ([escalation(H4)], REFUSED, None),  # a refusal is a question of its own
        ([escalation(REFUSED)], REFUSED, 1),
    ],
)
def test_one_open_question_per_payer(existing: list[Escalation], reason: EscalationReason, joined: int | None) -> None:
    found = to_join(existing, payer_id=7, reason=reason)
    assert (found.id if found else None) == joined


class ManagersLife(RuleBasedStateMachine):
    """Two managers press whatever is offered, late and twice too, while time passes, people leave and money comes."""

    def __init__(self) -> None:
        super().__init__()
        self.escalation = escalation()
        self.now: datetime = NOW
        self.first: tuple[int, Decision] | None = None
        self.is_paid = False

    @initialize(reason=st.sampled_from(EscalationReason))
    def asked(self, reason: EscalationReason) -> None:
        self.escalation = escalation(reason)

    @rule(hours=st.integers(1, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(decision=st.sampled_from(Decision), by_id=st.sampled_from([ANI, BUDI]))
    def somebody_presses(self, decision: Decision, by_id: int) -> None:
        before = self.escalation
        try:
            self.escalation = decide(before, decision, by_id, now=self.now)
        except (AlreadyDecided, AlreadyTaken, NotOffered):
            assert self.escalation == before
            return
        state = self.escalation.state
        assert state in TRANSITIONS[before.state] or self.escalation == before
        if before.state in UNDECIDED and state not in UNDECIDED:
            self.first = (by_id, decision)

    @rule(decision=st.sampled_from(Decision), by_id=st.sampled_from([ANI, BUDI]))
    def the_same_press_comes_twice(self, decision: Decision, by_id: int) -> None:
        self.somebody_presses(decision, by_id)
        after = self.escalation
        self.somebody_presses(decision, by_id)
        if after.state not in UNDECIDED:
            assert self.escalation == after

    @rule()
    def nobody_answered(self) -> None:
        """The job: at twice the deadline the next level, and it is everybody's question again."""
        one = self.escalation
        if goes_up(one, now=self.now, office=OFFICE):
            level = next_level_of(one, policy=DEFAULT)
            deadline_at = deadline_of(one.reason, self.now, office=OFFICE)
            assert one.level <= level <= DEFAULT.escalation.levels
            self.escalation = replace(
                one, state=EscalationState.OPEN, owner_id=None, level=level, deadline_at=deadline_at, reminded_at=None
            )

    @rule()
    def the_job_reminds(self) -> None:
        if reminds(self.escalation, now=self.now):
            self.escalation = replace(self.escalation, reminded_at=self.now)
            assert not reminds(self.escalation, now=self.now)

    @rule()
    def who_took_it_leaves(self) -> None:
        if self.escalation.state is EscalationState.TAKEN:
            self.escalation = replace(self.escalation, state=EscalationState.OPEN, owner_id=None)

    @rule()
    def the_customer_pays(self) -> None:
        self.is_paid = True
        if may_be_cancelled(self.escalation):
            self.escalation = moved(self.escalation, EscalationState.CANCELLED)

    @rule()
    def the_collectors_time_is_over(self) -> None:
        if self.escalation.state is EscalationState.RETURNED:
            self.escalation = replace(
                moved(self.escalation, EscalationState.OPEN), decision=None, decided_by_id=None, owner_id=None
            )
            self.first = None

    @invariant()
    def the_first_decision_stands(self) -> None:
        made = self.escalation.decided_by_id, self.escalation.decision
        assert made == (self.first or (None, None))

    @invariant()
    def what_is_paid_is_ended(self) -> None:
        if self.is_paid:
            assert self.escalation.state in (EscalationState.DECIDED, EscalationState.CANCELLED)

    @invariant()
    def who_took_it_is_known(self) -> None:
        assert (self.escalation.state is EscalationState.TAKEN) <= (self.escalation.owner_id is not None)


TestManagersLife = ManagersLife.TestCase
