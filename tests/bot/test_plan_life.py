"""The life of instalments and settlements: asked, agreed, paid, missed, taken back, in any order, on both databases.

Whatever happens, in whatever order and however often: an invoice rests by a plan exactly while one runs, a plan is in
one true state, what has ended stays ended, and every question about it ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.casework import (
    cases,
    credits,
    escalations,
    payments,
    plan_letters,
    plan_verdicts,
    plans,
    reliefs,
    reversals,
    settlements,
    verdicts,
)
from bot.casework.credits import NewCredit
from bot.casework.escalations import Asked
from bot.casework.payments import Received
from bot.casework.plan_standing import Judged, look
from bot.turn import Turn
from sop.coverage import NothingToAgree, agreeable, spread, total_of
from sop.credit import CreditKind
from sop.escalation import ALIVE, Escalation, EscalationReason
from sop.hold import ActiveHold, HoldKind
from sop.money import Money
from sop.payment import PaymentSource, ReversalReason
from sop.plan import PROPOSED, TRANSITIONS, Plan, PlanState, Standing, state_of
from sop.plan_schedule import Rhythm, Wish, propose
from sop.relief import Relief, ReliefKind, ReliefState
from storage import escalations as stored_escalations
from storage import holds, soundness
from storage import payments as stored_payments
from storage import plans as stored
from storage import reliefs as stored_reliefs
from storage.holds import NewHold
from storage.plans import NewPlan
from storage.reliefs import NewRelief
from tests.bot.counter import Counter
from tests.storage.ledger import CALENDAR

EXAMPLES, STEPS = 10, 25
THOUSANDS = st.sampled_from([10, 100, 250, 333, 500, 990, 1_000, 2_000])
WHICH = st.integers(0, 5)
explored: list[int] = []
reached: set[PlanState] = set()


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The payer's agreements at one moment."""

    plans: tuple[Plan, ...]
    invoices: dict[int, tuple[int, ...]]
    judged: tuple[Judged, ...]
    holds: tuple[ActiveHold, ...]
    questions: tuple[Escalation, ...]
    reliefs: tuple[Relief, ...]
    balances: list[Any]


def ended_stays_ended(seen: Seen, before: dict[int, PlanState]) -> None:
    for one in seen.plans:
        was = before.get(one.id, one.state)
        if not TRANSITIONS[was]:
            assert one.state is was
        assert (one.consent_at is not None) == (one.state not in PROPOSED | {PlanState.DECLINED} | _NEVER_AGREED)


_NEVER_AGREED = {PlanState.LAPSED, PlanState.WITHDRAWN}


def rests_while_it_runs(seen: Seen) -> None:
    running = [number for one in seen.plans if one.state is PlanState.RUNNING for number in seen.invoices[one.id]]
    assert len(running) == len(set(running))  # no invoice in two plans
    assert sorted(one.invoice_id or 0 for one in seen.holds if one.kind is HoldKind.PLAN) == sorted(running)


def states_are_true(seen: Seen, policy: Any) -> None:
    for one in seen.judged:
        state = state_of(one.found, policy=policy)
        assert (one.plan.state is PlanState.COMPLETED) == (state is PlanState.COMPLETED)
        assert Money.ZERO <= one.money.received <= one.plan.amount
        assert Money.total(row.amount for row in one.rows) == one.plan.amount
        for row, standing in zip(one.rows, one.found, strict=True):
            assert row.missed_on is None or standing is not Standing.PAID
    assert sum(one.state in PROPOSED for one in seen.plans) <= 1


def questions_end(seen: Seen) -> None:
    states = {one.id: one.state for one in seen.plans}
    for one in seen.questions:
        if one.state in ALIVE and one.reason is EscalationReason.INSTALMENTS:
            assert states[one.subject_id or 0] is PlanState.REQUESTED
        if one.state in ALIVE and one.reason is EscalationReason.PLAN_MISSED:
            assert states[one.subject_id or 0] is PlanState.BROKEN


def books_are_true(seen: Seen) -> None:
    for one in seen.balances:
        assert one.balance == one.amount - one.paid - one.credited
        assert one.balance >= Money.ZERO


class PlanLife(RuleBasedStateMachine):
    """One payer with two invoices; his collector, his manager and finance do what they may."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter(self.url)
        self.payer_id = self.counter.payer_id
        self.before: dict[int, PlanState] = {}

    def teardown(self) -> None:
        self.counter.do(self.leave)
        self.counter.close()

    async def leave(self, turn: Turn) -> None:
        """The next example's days are not this payer's any more."""
        for one in await stored.of_payer(turn.db, self.payer_id):
            await stored.change(turn.db, one.id, state=PlanState.WITHDRAWN)
        for relief in await stored_reliefs.of_payer(turn.db, self.payer_id):
            await stored_reliefs.change(turn.db, relief.id, state=ReliefState.WITHDRAWN)

    @initialize()
    def two_invoices(self) -> None:
        self.counter.owes(1_000_000, due_in=-2)
        self.counter.owes(2_000_000, due_in=-1)

    # What is agreed

    @rule(count=st.integers(2, 4), rhythm=st.sampled_from([Rhythm.WEEKLY, Rhythm.FORTNIGHTLY]))
    def it_is_proposed(self, count: int, rhythm: Rhythm) -> None:
        self.counter.do(lambda turn: self.request(turn, count, rhythm))

    @rule()
    def the_managers_agree(self) -> None:
        self.each(PlanState.REQUESTED, lambda turn, one: self.answer(turn, one, plans.offer))

    @rule()
    def the_managers_decline(self) -> None:
        self.each(PlanState.REQUESTED, lambda turn, one: self.answer(turn, one, plans.decline))

    @rule()
    def he_says_setuju(self) -> None:
        self.each(PlanState.OFFERED, plans.agree_by_customer)

    @rule(which=WHICH)
    def an_old_answer_is_pressed_again(self, which: int) -> None:
        known = self.counter.ask(lambda db: stored.of_payer(db, self.payer_id))
        if known:
            one = known[which % len(known)]
            if one.state is not PlanState.REQUESTED:
                refused = self.counter.do(lambda turn: plans.offer(turn, one.id))
                assert isinstance(refused, Exception)

    @rule(thousands=THOUSANDS)
    def a_settlement_is_granted(self, thousands: int) -> None:
        self.counter.do(lambda turn: self.settle(turn, Money.rupiah(thousands * 1_000)))

    # What happens to the money

    @rule(which=WHICH, thousands=THOUSANDS, days_ago=st.integers(0, 3))
    def money_comes(self, which: int, thousands: int, days_ago: int) -> None:
        invoice_id = self.counter.invoice_ids[which % 2]
        received = Received(
            payer_id=self.payer_id,
            amount=Money.rupiah(thousands * 1_000),
            paid_on=self.counter.today.fromordinal(self.counter.today.toordinal() - days_ago),
            source=PaymentSource.COMMAND,
            invoice_ids=(invoice_id,),
        )
        self.counter.do(lambda turn: payments.post(turn, received))

    @rule(which=WHICH)
    def a_payment_is_taken_back(self, which: int) -> None:
        known = self.counter.ask(lambda db: stored_payments.of_payer(db, self.payer_id))
        if known:
            one = known[which % len(known)].id
            self.counter.do(lambda turn: reversals.reverse(turn, one, ReversalReason.WRONG_PAYER))

    @rule(which=WHICH, thousands=THOUSANDS)
    def a_credit_note_is_posted(self, which: int, thousands: int) -> None:
        shares = {self.counter.invoice_ids[which % 2]: Money.rupiah(thousands * 1_000)}
        new = NewCredit(payer_id=self.payer_id, kind=CreditKind.RETURN, shares=shares)
        self.counter.do(lambda turn: credits.post(turn, new))

    @rule(which=WHICH, kind=st.sampled_from([HoldKind.CLAIM, HoldKind.DISPUTE]), begins=st.booleans())
    def a_claim_or_a_dispute(self, which: int, kind: HoldKind, begins: bool) -> None:
        invoice_id = self.counter.invoice_ids[which % 2]
        new = NewHold(payer_id=self.payer_id, kind=kind, invoice_id=invoice_id)

        async def change(turn: Turn) -> None:
            await holds.end(turn.db, payer_id=self.payer_id, kind=kind, invoice_ids=[invoice_id], now=turn.now)
            if begins:
                await holds.place(turn.db, new, now=turn.now)

        self.counter.do(change)

    @rule(days=st.integers(1, 6))
    def days_pass(self, days: int) -> None:
        self.counter.pass_days(days)
        for _ in range(2):  # a run that comes twice does the same once
            for job in (settlements.lapse_due, verdicts.judge, plan_verdicts.judge, plans.lapse_due):
                self.counter.do(job)
            self.counter.do(plan_verdicts.make_cards)
            self.counter.do(plan_letters.remind)

    # What must always be true

    @invariant()
    def agreements_are_true(self) -> None:
        explored.append(self.payer_id)
        seen: Seen = self.counter.do(self.look)
        assert isinstance(seen, Seen)
        reached.update(one.state for one in seen.plans)
        ended_stays_ended(seen, self.before)
        rests_while_it_runs(seen)
        states_are_true(seen, self.counter.policy)
        questions_end(seen)
        books_are_true(seen)
        self.before = {one.id: one.state for one in seen.plans}

    async def look(self, turn: Turn) -> Seen:
        db, case = turn.db, await cases.load(turn, self.payer_id)
        known = await stored.of_payer(db, self.payer_id)
        agreed = [one for one in known if one.state in (PlanState.RUNNING, PlanState.COMPLETED)]
        return Seen(
            plans=known,
            invoices={one.id: await stored.invoices_of(db, one.id) for one in known},
            judged=tuple([await look(turn, one, case) for one in agreed]),
            holds=await holds.active(db, self.payer_id),
            questions=await stored_escalations.of_payer(db, self.payer_id),
            reliefs=await stored_reliefs.of_payer(db, self.payer_id),
            balances=[one for one in await soundness.balances(db) if one.id in self.counter.invoice_ids],
        )

    # Help

    def each(self, state: PlanState, deed: Any) -> None:
        for one in self.counter.ask(lambda db: stored.of_payer(db, self.payer_id, state)):
            self.counter.do(partial(self.deed_on, deed, one))

    async def deed_on(self, deed: Any, one: Plan, turn: Turn) -> None:
        await deed(turn, one)

    async def request(self, turn: Turn, count: int, rhythm: Rhythm) -> None:
        """As a collector proposes it: what was not agreed yet makes way."""
        case = await cases.load(turn, self.payer_id)
        try:
            covered = agreeable(case)
        except NothingToAgree:
            return
        for older in await stored.of_payer(turn.db, self.payer_id, *PROPOSED):
            await plans.withdraw(turn, older)
        total = total_of(covered)
        first = CALENDAR.next_open(self.counter.today)
        wish = Wish(total=total, instalments=count, first_on=first, rhythm=rhythm)
        new = NewPlan(
            payer_id=self.payer_id,
            instalments=propose(wish, today=self.counter.today, calendar=CALENDAR, policy=turn.policy),
            shares=spread(covered, total),
            way=None,
            proposal=None,
            asked_by_id=self.counter.collector_id,
            outcome_id=None,
        )
        plan_id = await stored.add(turn.db, new, now=turn.now)
        ids = tuple(one.invoice.id for one in covered)
        reason = EscalationReason.INSTALMENTS
        await escalations.open_escalation(
            turn, Asked(reason=reason, payer_id=self.payer_id, invoice_ids=ids, subject_id=plan_id)
        )

    async def answer(self, turn: Turn, one: Plan, deed: Any) -> None:
        await deed(turn, one.id)
        await escalations.cancel_about(turn, EscalationReason.INSTALMENTS, one.id)

    async def settle(self, turn: Turn, amount: Money) -> None:
        case = await cases.load(turn, self.payer_id)
        try:
            covered = agreeable(case)
        except NothingToAgree:
            return
        if not Money.ZERO < amount < total_of(covered):
            return
        new = NewRelief(
            payer_id=self.payer_id,
            kind=ReliefKind.SETTLEMENT_DISCOUNT,
            invoice_ids=[one.invoice.id for one in covered],
            asked_by_id=self.counter.collector_id,
            outcome_id=None,
            amount=amount,
            until_on=CALENDAR.next_open(self.counter.today),
        )
        await reliefs.grant(turn, await stored_reliefs.add(turn.db, new, now=turn.now))


def test_plans_live_as_their_table_says(database_url: str) -> None:
    machine = type("PlanLifeHere", (PlanLife,), {"url": database_url})
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=slow),
    )
    assert explored
