"""The life of a payer's money: payments, credits, reversals, promises and deductions in any order, on both databases.

Whatever happens, in whatever order and however often: no money is lost or counted twice, and nothing is chased that
is paid, asked about or explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, update

from bot.casework import (
    credit_use,
    credits,
    deductions,
    payments,
    promises,
    reversals,
    settlement,
    unassigned,
    verdicts,
)
from bot.casework.credits import NewCredit
from bot.casework.payments import Received
from bot.turn import Turn
from sop.credit import CreditKind
from sop.deductions import DeductionState
from sop.hold import HoldKind
from sop.money import Money
from sop.payment import PaymentSource, ReversalReason
from sop.placing import digest_of
from sop.promise import PromiseState
from storage import Database, holds, soundness, unplaced
from storage import deductions as stored_deductions
from storage import payments as stored_payments
from storage import promises as stored_promises
from storage.holds import NewHold
from storage.promises import NewPromise
from storage.tables import credit_note, credit_share, hold, outbox, payment, promise
from tests.bot.counter import Counter

EXAMPLES, STEPS = 6, 15
SUMS = st.sampled_from([98, 100, 150, 200, 222, 300, 490, 1110, 1090, 1088, 40, 1, 2500])  # exact, short, too much
WHICH = st.integers(0, 5)
explored: list[int] = []


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The payer's books at one moment."""

    balances: list[Any]
    credited: Money
    payments: tuple[Any, ...]
    left: tuple[Any, ...]
    credit: Money
    holds: tuple[Any, ...]
    kept: tuple[Any, ...]
    promises: tuple[Any, ...]
    astray: tuple[str, ...]
    thanks: list[str]


def balances_are_true(seen: Seen) -> None:
    for one in seen.balances:
        assert one.balance == one.amount - one.paid - one.credited
        assert one.balance >= Money.ZERO
        assert one.paid == one.allocated
    assert Money.total(one.credited for one in seen.balances) == seen.credited


def money_is_all_there(seen: Seen, came: dict[int, Money]) -> None:
    assert {one.id: one.amount for one in seen.payments if one.reversed_at is None} == came
    allocated = Money.total(one.allocated for one in seen.balances)
    assert allocated + Money.total(one.rest for one in seen.left) == Money.total(came.values())
    assert all(one.rest > Money.ZERO for one in seen.left)


def holds_say_what_is_true(seen: Seen) -> None:
    kinds: dict[HoldKind, list[Any]] = {}
    for one in seen.holds:
        kinds.setdefault(one.kind, []).append(one)
    assert (HoldKind.PAYMENT_UNASSIGNED in kinds) == any(one.is_asked for one in seen.left)
    assert [one.amount for one in kinds.get(HoldKind.CREDIT, [])] == ([seen.credit] if seen.credit else [])
    held = sorted(one.invoice_id for one in kinds.get(HoldKind.DEDUCTION, []))
    assert held == sorted(one.invoice_id for one in seen.kept)


def promises_are_in_one_true_state(seen: Seen) -> None:
    assert seen.astray == ()
    for one in seen.promises:
        assert Money.ZERO <= one.received <= one.amount
        if one.state is PromiseState.BROKEN:
            assert one.received == Money.ZERO
        if one.state is PromiseState.KEPT:
            assert one.received > Money.ZERO  # a credit note alone keeps nobody's word


class MoneyLife(RuleBasedStateMachine):
    """One payer, three invoices of which two are alike, and everything finance and the customer may do."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter(self.url)
        self.payer_id = self.counter.payer_id
        self.references: list[str] = []
        self.came: dict[int, Money] = {}  # what stands, by payment: kept here apart from the books

    def teardown(self) -> None:
        self.counter.ask(self.leave)
        self.counter.close()

    async def leave(self, db: Database) -> None:
        """The next example's days are not this payer's any more."""
        ends: list[tuple[Any, dict[str, Any]]] = [
            (promise, {"state": PromiseState.WITHDRAWN, "closed_on": self.counter.today}),
            (payment, {"reversed_at": self.counter.now}),
            (hold, {"ended_at": self.counter.now}),
        ]
        for table, values in ends:
            await db.execute(update(table).where(table.c.payer_id == self.payer_id).values(values))

    @initialize()
    def three_invoices(self) -> None:
        self.counter.owes(100_000, due_in=-2)
        self.counter.owes(100_000, due_in=20)
        self.counter.owes(1_110_000, due_in=30)

    # What finance does

    @rule(thousands=SUMS, named=st.lists(WHICH, max_size=2), oldest=st.booleans(), again=st.booleans())
    def money_comes(self, thousands: int, named: list[int], oldest: bool, again: bool) -> None:
        reference = self.references[-1] if again and self.references else f"ref-{self.payer_id}-{len(self.references)}"
        received = Received(
            payer_id=self.payer_id,
            amount=Money.rupiah(thousands * 1_000),
            paid_on=self.counter.today,
            source=PaymentSource.STATEMENT,
            reference=reference,
            invoice_ids=tuple({self.counter.invoice_ids[one % len(self.counter.invoice_ids)] for one in named}),
            oldest_first=oldest,
        )
        posted = self.counter.do(lambda turn: payments.post(turn, received))
        if isinstance(posted, payments.Posted) and posted.payment_id is not None:
            self.came[posted.payment_id] = received.amount
            self.references.append(reference)

    @rule(which=WHICH, ticks=st.lists(WHICH, min_size=1, max_size=3))
    def finance_ticks_and_signs(self, which: int, ticks: list[int]) -> None:
        payment_id = self.some_payment(which)
        for one in ticks:
            self.tick(payment_id, self.counter.invoice_ids[one % len(self.counter.invoice_ids)])

        async def sign(turn: Turn) -> None:
            chosen = (await unplaced.get(turn.db, payment_id)).chosen or ()
            await unassigned.place_ticked(turn, payment_id, seen=digest_of(chosen))

        self.counter.do(sign)

    @rule(which=WHICH)
    def finance_says_oldest_first(self, which: int) -> None:
        payment_id = self.some_payment(which)
        self.counter.do(lambda turn: unassigned.place_oldest(turn, payment_id))

    @rule(which=WHICH)
    def finance_keeps_it(self, which: int) -> None:
        payment_id = self.some_payment(which)
        self.counter.do(lambda turn: unassigned.keep(turn, payment_id))

    @rule()
    def finance_takes_credit_into_use(self) -> None:
        self.counter.do(lambda turn: credit_use.begin(turn, self.payer_id))

    @rule(which=WHICH)
    def a_payment_is_taken_back(self, which: int) -> None:
        payment_id = self.some_payment(which)
        done = self.counter.do(lambda turn: reversals.reverse(turn, payment_id, ReversalReason.WRONG_PAYER))
        if not isinstance(done, Exception):
            del self.came[payment_id]

    @rule(which=WHICH, thousands=SUMS)
    def a_credit_note_is_posted(self, which: int, thousands: int) -> None:
        invoice_id = self.counter.invoice_ids[which % len(self.counter.invoice_ids)]
        shares = {invoice_id: Money.rupiah(thousands * 1_000)}
        new = NewCredit(payer_id=self.payer_id, kind=CreditKind.RETURN, shares=shares)
        self.counter.do(lambda turn: credits.post(turn, new))

    @rule(which=WHICH, proved=st.booleans())
    def a_deduction_is_answered(self, which: int, proved: bool) -> None:
        asked = self.counter.ask(lambda db: stored_deductions.of_payer(db, self.payer_id))
        if not asked:
            return
        one = asked[which % len(asked)].id
        if proved:
            self.counter.do(lambda turn: deductions.prove(turn, one, number="BP-1", paper_id=None))
        else:
            self.counter.do(lambda turn: deductions.reject(turn, one))

    # What the customer does, and time

    @rule(which=WHICH, thousands=SUMS, days=st.integers(0, 4))
    def he_promises(self, which: int, thousands: int, days: int) -> None:
        invoice_id = self.counter.invoice_ids[which % len(self.counter.invoice_ids)]
        self.counter.do(lambda turn: self.promise(turn, invoice_id, Money.rupiah(thousands * 1_000), days))

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.counter.pass_days(days)
        self.counter.do(verdicts.judge)
        self.counter.do(unassigned.remind)
        self.counter.do(credit_use.ask_due)

    @rule(thousands=st.sampled_from([100, 490]))
    def a_new_invoice_comes(self, thousands: int) -> None:
        if len(self.counter.invoice_ids) < 6:
            self.counter.owes(thousands * 1_000, due_in=14)

    # What must always be true

    @invariant()
    def the_books_are_true(self) -> None:
        explored.append(self.payer_id)
        seen = self.counter.ask(self.look)
        balances_are_true(seen)
        money_is_all_there(seen, self.came)
        holds_say_what_is_true(seen)
        promises_are_in_one_true_state(seen)
        assert len(seen.thanks) == len(set(seen.thanks))  # one thanks a transfer

    async def look(self, db: Database) -> Seen:
        """Everything in one glance."""
        ids = self.counter.invoice_ids
        return Seen(
            balances=[one for one in await soundness.balances(db) if one.id in ids],
            credited=await self.standing_credit(db),
            payments=await stored_payments.of_payer(db, self.payer_id),
            left=await unplaced.of_payer(db, self.payer_id),
            credit=await unplaced.credit_of(db, self.payer_id),
            holds=await holds.active(db, self.payer_id),
            kept=await stored_deductions.of_payer(db, self.payer_id, DeductionState.ASKED),
            promises=await stored_promises.of_payer(db, self.payer_id),
            astray=await soundness.promises_astray(db),
            thanks=await self.thanks(db),
        )

    async def standing_credit(self, db: Database) -> Money:
        query = (
            select(credit_share.c.amount)
            .join(credit_note, credit_note.c.id == credit_share.c.credit_note_id)
            .where(credit_note.c.payer_id == self.payer_id, credit_note.c.reversed_at.is_(None))
        )
        return Money.total((await db.execute(query)).scalars())

    async def thanks(self, db: Database) -> list[str]:
        query = select(outbox.c.business_key).where(
            outbox.c.payer_id == self.payer_id, outbox.c.business_key.like("thanks:%")
        )
        return list((await db.execute(query)).scalars())

    # Help

    def tick(self, payment_id: int, invoice_id: int) -> None:
        self.counter.do(lambda turn: unassigned.tick(turn, payment_id, invoice_id))

    def some_payment(self, which: int) -> int:
        known = self.counter.ask(lambda db: stored_payments.of_payer(db, self.payer_id))
        return known[which % len(known)].id if known else 0

    async def promise(self, turn: Turn, invoice_id: int, amount: Money, days: int) -> None:
        """As a collector records it: an older one is replaced, the invoice rests until its day."""
        known = await stored_promises.of_payer(turn.db, self.payer_id)
        await promises.renew(turn, known, [invoice_id])
        balance = next(one.balance for one in await soundness.balances(turn.db) if one.id == invoice_id)
        if balance <= Money.ZERO:
            return
        on = self.counter.today + timedelta(days=days)
        new = NewPromise(
            payer_id=self.payer_id,
            amount=min(amount, balance),
            promised_on=on,
            reason=None,
            taken_by_id=None,
            approved=True,
            outcome_id=None,
            shares={invoice_id: min(amount, balance)},
        )
        await stored_promises.add(turn.db, new, now=turn.now)
        rests = NewHold(payer_id=self.payer_id, kind=HoldKind.PROMISE, invoice_id=invoice_id, until_on=on)
        await holds.place(turn.db, rests, now=turn.now)
        await settlement.hold_credit(turn, self.payer_id)


@pytest.mark.timeout(300)
def test_money_always_adds_up(database_url: str) -> None:
    machine = type("MoneyLifeHere", (MoneyLife,), {"url": database_url})
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=slow),
    )
    assert explored
