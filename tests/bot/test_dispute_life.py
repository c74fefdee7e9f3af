"""The life of disputes and of tukar faktur with money around them, in any order, on both databases.

Whatever happens, however often and however late: the books add up, credit notes are what was agreed, only what is in
doubt rests, an answer stands, and a due date is the last exchange's or the first.
"""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, update

from bot.casework import (
    chase_checks,
    dispute_answers,
    dispute_chase,
    disputes,
    errand_results,
    errands,
    exchanges,
    outcomes,
    payments,
    reopening,
    undoing,
)
from bot.casework.disputes import Disputed
from bot.casework.exchanges import Taken
from bot.casework.payments import Received
from bot.screens.chase_check import CheckFacts
from bot.turn import Turn
from sop.chase_check import Check
from sop.coverage import covered, part_of
from sop.credit import CreditKind
from sop.dispute import HOLDING, TRANSITIONS, Dispute, DisputeCause, DisputeState
from sop.errand import ErrandKind, ErrandState
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome
from sop.payment import PaymentSource
from sop.people import Role
from sop.policy import DEFAULT
from storage import disputes as stored_disputes
from storage import errands as stored_errands
from storage import outcomes as stored_outcomes
from storage import people, soundness
from storage.people import NewPerson
from storage.tables import credit_note, customer, errand, hold, invoice, invoice_exchange
from tests.bot.counter import Counter

EXAMPLES, STEPS = 5, 20
WHICH = st.integers(0, 5)
SUMS = st.one_of(st.none(), st.sampled_from([10, 40, 100, 150]))  # thousands; none: all
explored: Counted[str] = Counted()  # what was really done, and what was refused


class DisputeLife(RuleBasedStateMachine):
    """One payer with three invoices, who takes them in on Tuesdays; Rina collects, Dewi posts, Budi manages."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter(self.url, policy=DEFAULT)
        self.payer_id = self.counter.payer_id
        self.first_due: dict[int, date] = {}
        self.seen: dict[int, DisputeState] = {}

    def teardown(self) -> None:
        self.counter.close()

    @initialize()
    def three_invoices(self) -> None:
        for due_in in (-2, 1, 12):
            invoice_id = self.counter.owes(100_000, due_in=due_in)
            self.first_due[invoice_id] = self.counter.today + timedelta(days=due_in)

        async def others(turn: Turn) -> int:
            days = {"exchange_days": {"weekdays": [1], "month_days": []}}
            await turn.db.execute(update(customer).where(customer.c.payer_id == self.payer_id).values(**days))
            new = NewPerson(name=f"Budi {self.payer_id}", role=Role.MANAGER, zone="Asia/Jakarta", language="id")
            return await people.add(turn.db, new, now=turn.now)

        self.budi_id = self.counter.do(others)

    # What Rina records

    @rule(which=WHICH, thousands=SUMS, cause=st.sampled_from(DisputeCause))
    def rina_hears_a_dispute(self, which: int, thousands: int | None, cause: DisputeCause) -> None:
        async def disputed(turn: Turn, work: outcomes.Work) -> Any:
            reached = covered(work.case)
            one = reached[which % len(reached)]
            part = one if thousands is None else part_of(one, Money.rupiah(thousands * 1_000))
            return await disputes.record_dispute(turn, work, Disputed(cause=cause, parts=(part,)))

        self.on_card(disputed, Outcome.DISPUTED)

    @rule(which=WHICH, days=st.integers(-1, 40))
    def rina_exchanges(self, which: int, days: int) -> None:
        async def exchanged(turn: Turn, work: outcomes.Work) -> Any:
            candidates = (await exchanges.facts_of(turn, work)).candidates
            on = self.counter.today + timedelta(days=days)
            one = candidates[which % len(candidates)]
            return await exchanges.record_exchange(
                turn, work, Taken(taken=(one,), due_on=on, photo_id=None, receipt_number=None)
            )

        self.on_card(exchanged, Outcome.INVOICE_EXCHANGED)

    @rule(wrong=st.sets(st.sampled_from(Check)))
    def rina_checks(self, wrong: set[Check]) -> None:
        async def checked(turn: Turn) -> Any:
            card = await reopening.reopen_card(turn, self.payer_id, reason="why_returned")
            work = await outcomes.begin(turn, card.id)
            asked = await chase_checks.facts_of(turn, work)
            facts = CheckFacts(follow_up_id=card.id, payer=asked.payer, invoices=asked.invoices, wrong=frozenset(wrong))
            await chase_checks.save(turn, work, facts, facts.invoices[:1])

        self.as_person(self.counter.collector_id, checked)

    @rule()
    def rina_undoes(self) -> None:
        async def undo(turn: Turn) -> None:
            row = await stored_outcomes.last_by(turn.db, turn.actor.id)
            if row is not None and undoing.may_undo(turn, row):
                await undoing.undo(turn, row)

        self.as_person(self.counter.collector_id, undo)

    # What the office says; every answer may come twice

    @rule(which=WHICH, thousands=SUMS, by_manager=st.booleans())
    def a_dispute_is_accepted(self, which: int, thousands: int | None, by_manager: bool) -> None:
        number = self.some_dispute(which)
        part = None if thousands is None else Money.rupiah(thousands * 1_000)
        person = self.budi_id if by_manager else self.counter.dewi.id
        for _ in range(2):
            self.as_person(person, lambda turn: dispute_answers.accept(turn, number, part))

    @rule(which=WHICH)
    def a_dispute_is_rejected(self, which: int) -> None:
        number = self.some_dispute(which)
        self.as_person(self.budi_id, lambda turn: dispute_answers.reject(turn, number, "sudah sesuai pesanan"))

    @rule(which=WHICH)
    def finance_posts(self, which: int) -> None:
        number = self.some_dispute(which)
        for _ in range(2):
            self.as_person(self.counter.dewi.id, lambda turn: dispute_answers.post(turn, number))

    @rule(which=WHICH)
    def an_errand_is_done(self, which: int) -> None:
        async def done(turn: Turn) -> None:
            found = [one for one in await stored_errands.open_of(turn.db, self.payer_id) if one.kind in DOABLE]
            if found:
                one = await errands.finish(turn, found[which % len(found)].id, result="sudah")
                await errand_results.draw(turn, one)

        self.as_person(self.budi_id, done)

    @rule(thousands=st.sampled_from([10, 60, 100, 250]))
    def a_transfer_comes(self, thousands: int) -> None:
        received = Received(
            payer_id=self.payer_id,
            amount=Money.rupiah(thousands * 1_000),
            paid_on=self.counter.today,
            source=PaymentSource.STATEMENT,
            oldest_first=True,
        )
        self.counter.do(lambda turn: payments.post(turn, received))

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.counter.pass_days(days)
        for job in (exchanges.order_due, errands.chase, dispute_chase.chase):
            assert not isinstance(self.counter.do(job), Exception)
        owed = {row.id: row.balance for row in self.rows(invoice)}
        assert all(owed[one.invoice_id] for one in self.disputes() if one.state in HOLDING), "nothing is left to hold"

    # What must always be true

    @invariant()
    def the_books_add_up(self) -> None:
        mine = [one for one in self.counter.ask(soundness.balances) if one.id in self.counter.invoice_ids]
        for one in mine:
            assert one.balance == one.amount - one.paid - one.credited >= Money.ZERO
        settled = Money.total(
            one.credited for one in self.disputes() if one.state is DisputeState.SETTLED and one.credited
        )
        notes = Money.total(row.amount for row in self.rows(credit_note) if row.kind is CreditKind.DISPUTE)
        assert notes == settled == Money.total(one.credited for one in mine)

    @invariant()
    def only_what_is_in_doubt_rests(self) -> None:
        resting = [
            (row.invoice_id, row.amount)
            for row in self.rows(hold)
            if row.ended_at is None and row.kind is HoldKind.DISPUTE
        ]
        doubted = [
            (one.invoice_id, one.amount if one.state is DisputeState.OPEN else one.credited)
            for one in self.disputes()
            if one.state in HOLDING
        ]
        assert sorted(resting, key=str) == sorted(doubted, key=str)

    @invariant()
    def an_answer_stands(self) -> None:
        for one in self.disputes():
            before = self.seen.get(one.id, one.state)
            reachable = (
                {before} | TRANSITIONS[before] | {after for step in TRANSITIONS[before] for after in TRANSITIONS[step]}
            )
            assert one.state in reachable
            self.seen[one.id] = one.state

    @invariant()
    def a_due_date_is_the_last_exchanges_or_the_first(self) -> None:
        due = dict(self.first_due)
        for row in self.rows(invoice_exchange):
            if row.undone_at is None:
                due[row.invoice_id] = row.due_on
        assert {row.id: row.due_on for row in self.rows(invoice)} == due

    @invariant()
    def reminders_wait_for_an_exchange_exactly_while_its_task_is_open(self) -> None:
        owed = {row.id for row in self.rows(invoice) if row.balance}
        tasks = {
            row.subject_id
            for row in self.rows(errand)
            if row.kind is ErrandKind.EXCHANGE_INVOICE and row.state is ErrandState.OPEN
        }
        waiting = {row.invoice_id for row in self.rows(hold) if _waits(row)}
        assert waiting & owed == tasks & owed

    # Help

    def on_card(self, deed: Callable[[Turn, outcomes.Work], Awaitable[Any]], kind: Outcome) -> None:
        """A card of today, worked as a collector works it."""

        async def worked(turn: Turn) -> None:
            card = await reopening.reopen_card(turn, self.payer_id, reason="why_returned")
            work = await outcomes.begin(turn, card.id)
            await deed(turn, work)
            await outcomes.finish(turn, work, kind)

        self.as_person(self.counter.collector_id, worked)

    def as_person(self, person_id: int, deed: Callable[[Turn], Awaitable[Any]]) -> None:
        async def done(turn: Turn) -> Any:
            return await deed(replace(turn, actor=await people.get(turn.db, person_id)))

        found = self.counter.do(done)
        explored["refused" if isinstance(found, Exception) else "done"] += 1

    def disputes(self) -> tuple[Dispute, ...]:
        found: tuple[Dispute, ...] = self.counter.ask(lambda db: stored_disputes.of_payer(db, self.payer_id))
        return found

    def some_dispute(self, which: int) -> int:
        known = self.disputes()
        return known[which % len(known)].id if known else 0

    def rows(self, table: Any) -> list[Any]:
        async def found(db: Any) -> list[Any]:
            chosen = await db.execute(select(table).where(table.c.payer_id == self.payer_id).order_by(table.c.id))
            return list(chosen.all())

        listed: list[Any] = self.counter.ask(found)
        return listed


DOABLE = (ErrandKind.RESEND_INVOICE, ErrandKind.CHECK_AMOUNT, ErrandKind.APPLY_CREDIT)


def _waits(row: Any) -> bool:
    return row.ended_at is None and row.kind is HoldKind.NOT_EXCHANGED


def test_disputes_and_exchanges_always_add_up(database_url: str) -> None:
    machine = type("DisputeLifeHere", (DisputeLife,), {"url": database_url})
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=slow),
    )
    assert explored["done"] > STEPS  # many random deeds were possible, the others were refused
