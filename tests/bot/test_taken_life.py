"""The life of money that passes through hands: claims, cash and giros in any order, on both databases.

Whatever happens, however often and however late: the books add up, nothing rests once its reason is over, nothing moves
while it stands, and no promise breaks while its money is in our own hand.
"""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from bot.casework import (
    cash,
    cash_answers,
    claim_answers,
    claims,
    giro_answers,
    giros,
    objections,
    outcomes,
    payments,
    promises,
    reopening,
    taking,
    undoing,
    verdicts,
)
from bot.casework.objections import Paid
from bot.casework.payments import Received
from bot.casework.promises import Word
from bot.events import FileSent
from bot.turn import Turn
from sop.cash import HOLDING as CASH_HOLDING
from sop.cash import CashState
from sop.claim import HOLDING as CLAIM_HOLDING
from sop.claim import ClaimState
from sop.coverage import covered, total_of
from sop.giro import HOLDING as GIRO_HOLDING
from sop.giro import GiroState
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome
from sop.payment import PaymentSource
from sop.people import Role
from sop.policy import DEFAULT
from sop.promise import PromiseState
from storage import outcomes as stored_outcomes
from storage import payments as stored_payments
from storage import people, soundness, unplaced
from storage import promises as stored_promises
from storage.people import NewPerson
from storage.tables import cash_receipt, claim, giro, hold
from tests.bot.counter import Counter

EXAMPLES, STEPS = 8, 20
SUMS = st.sampled_from([40, 100, 150, 300, 1000])  # thousands
WHICH = st.integers(0, 4)
OWNED = (HoldKind.CLAIM, HoldKind.CASH_IN_HAND, HoldKind.GIRO)
Deed = Callable[[Turn, Any], Awaitable[Any]]
explored: Counted[str] = Counted()  # what was really done, by deed


class TakenLife(RuleBasedStateMachine):
    """One payer with three invoices; Rina collects, Dewi counts, Budi manages."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter(self.url, policy=DEFAULT)
        self.payer_id = self.counter.payer_id
        self.transferred = Money.ZERO
        self.papers = 0

    def teardown(self) -> None:
        self.counter.close()

    @initialize()
    def three_invoices(self) -> None:
        for due_in in (-2, 0, 5):
            self.counter.owes(100_000, due_in=due_in)

        async def manager(turn: Turn) -> int:
            name = f"Budi {self.payer_id}"
            new = NewPerson(name=name, role=Role.MANAGER, zone=self.counter.dewi.zone, language="id")
            return await people.add(turn.db, new, now=turn.now)

        self.budi_id = self.counter.do(manager)

    # What Rina records

    @rule(thousands=SUMS, again=st.booleans())
    def rina_takes_cash(self, thousands: int, again: bool) -> None:
        async def take(turn: Turn, work: outcomes.Work) -> Any:
            taken = await self.said(
                turn, work, Outcome.CASH_TAKEN, amount=thousands * 100_000, number=self.paper(again)
            )
            await cash.check_number(turn, taken.facts.number or "")
            return await cash.take(turn, taken, self.photo())

        self.on_card(take, Outcome.CASH_TAKEN)

    @rule(thousands=SUMS, days=st.integers(0, 6), again=st.booleans())
    def rina_takes_a_giro(self, thousands: int, days: int, again: bool) -> None:
        async def take(turn: Turn, work: outcomes.Work) -> Any:
            on = (self.counter.today + timedelta(days=days)).isoformat()
            said = {"amount": thousands * 100_000, "number": self.paper(again), "bank": "BCA", "on": on}
            return await giros.take(turn, await self.said(turn, work, Outcome.GIRO_TAKEN, **said), self.photo())

        self.on_card(take, Outcome.GIRO_TAKEN)

    @rule(thousands=st.one_of(st.none(), SUMS))
    def rina_hears_of_a_transfer(self, thousands: int | None) -> None:
        async def claimed(turn: Turn, work: outcomes.Work) -> Any:
            reached = covered(work.case)
            part = None if thousands is None else min(Money.rupiah(thousands * 1_000), total_of(reached))
            return await objections.record_claim(turn, work, Paid(covered=reached, amount=part))

        self.on_card(claimed, Outcome.PAID)

    @rule(days=st.integers(0, 3))
    def rina_takes_a_promise(self, days: int) -> None:
        async def promised(turn: Turn, work: outcomes.Work) -> Any:
            on, reached = self.counter.today + timedelta(days=days), covered(work.case)
            word = Word(on=on, amount=total_of(reached), reason=None, covered=reached, needs_approval=False)
            return await promises.record_promise(turn, work, word)

        self.on_card(promised, Outcome.PROMISED)

    @rule()
    def rina_undoes(self) -> None:
        async def undo(turn: Turn) -> None:
            row = await stored_outcomes.last_by(turn.db, turn.actor.id)
            if row is not None and undoing.may_undo(turn, row):
                await undoing.undo(turn, row)

        self.as_person(self.counter.collector_id, undo)

    # What the office says

    @rule(which=WHICH, to=st.sampled_from(CashState), by=st.booleans())
    def cash_is_answered(self, which: int, to: CashState, by: bool) -> None:
        number = self.some(cash_receipt, which)
        deed = self.counter.dewi.id if by else self.budi_id
        self.as_person(deed, lambda turn: cash_answers.answer(turn, number, to))

    @rule(which=WHICH, to=st.sampled_from(GiroState))
    def a_giro_is_answered(self, which: int, to: GiroState) -> None:
        number = self.some(giro, which)
        self.counter.do(lambda turn: giro_answers.answer(turn, number, to))

    @rule(which=WHICH, to=st.sampled_from(ClaimState))
    def a_claim_is_answered(self, which: int, to: ClaimState) -> None:
        number = self.some(claim, which)
        if to is not ClaimState.WITHDRAWN:  # only undo withdraws
            self.counter.do(lambda turn: claim_answers.answer(turn, number, to))

    @rule(thousands=SUMS)
    def a_transfer_comes(self, thousands: int) -> None:
        amount = Money.rupiah(thousands * 1_000)
        received = Received(
            payer_id=self.payer_id,
            amount=amount,
            paid_on=self.counter.today,
            source=PaymentSource.STATEMENT,
            oldest_first=True,
        )
        if not isinstance(self.counter.do(lambda turn: payments.post(turn, received)), Exception):
            self.transferred += amount

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        before = {one.id: one for one in self.promises()}
        resting = {row.invoice_id for row in self.resting() if row.kind is not HoldKind.GIRO}
        self.counter.pass_days(days)
        for job in (verdicts.judge, cash.chase_deposits, giros.chase, claims.chase_claims):
            assert not isinstance(self.counter.do(job), Exception)
        for one in self.promises():
            if one.state in (PromiseState.BROKEN, PromiseState.PARTIAL) and before[one.id].state is PromiseState.OPEN:
                assert not one.invoice_ids & resting, "judged while his money may be in our hand"

    # What must always be true

    @invariant()
    def the_books_add_up(self) -> None:
        mine = [one for one in self.counter.ask(soundness.balances) if one.id in self.counter.invoice_ids]
        for one in mine:
            assert one.balance == one.amount - one.paid - one.credited >= Money.ZERO
            assert one.paid == one.allocated
        came = Money.total(one.amount for one in self.counter.ask(self._payments) if one.reversed_at is None)
        rest = Money.total(one.rest for one in self.counter.ask(lambda db: unplaced.of_payer(db, self.payer_id)))
        assert Money.total(one.allocated for one in mine) + rest == came

    @invariant()
    def money_counts_once_and_only_when_somebody_has_seen_it(self) -> None:
        by_source = dict.fromkeys(PaymentSource, Money.ZERO)
        for one in self.counter.ask(self._payments):
            by_source[one.source] += one.amount
        counted = [row.amount for row in self.rows(cash_receipt) if row.state is CashState.DEPOSITED]
        cleared = [row.amount for row in self.rows(giro) if row.state is GiroState.CLEARED]
        assert by_source[PaymentSource.DEPOSIT] == Money.total(counted)
        assert by_source[PaymentSource.GIRO] == Money.total(cleared)
        assert by_source[PaymentSource.STATEMENT] == self.transferred

    @invariant()
    def what_rests_has_its_reason_and_no_reason_is_without_rest(self) -> None:
        waiting = {
            row.outcome_id: HoldKind.CASH_IN_HAND for row in self.rows(cash_receipt) if row.state in CASH_HOLDING
        }
        waiting |= {row.outcome_id: HoldKind.GIRO for row in self.rows(giro) if row.state in GIRO_HOLDING}
        waiting |= {row.outcome_id: HoldKind.CLAIM for row in self.rows(claim) if row.state in CLAIM_HOLDING}
        assert {row.outcome_id: row.kind for row in self.resting()} == waiting

    @invariant()
    def promises_are_in_one_true_state(self) -> None:
        assert self.counter.ask(soundness.promises_astray) == ()

    # Help

    def on_card(self, deed: Deed, kind: Outcome) -> None:
        """A card of today, worked as a collector works it."""

        async def worked(turn: Turn) -> None:
            card = await reopening.reopen_card(turn, self.payer_id, reason="why_returned")
            work = await outcomes.begin(turn, card.id)
            await deed(turn, work)
            await outcomes.finish(turn, work, kind)

        self.as_person(self.counter.collector_id, worked)

    def as_person(self, person_id: int, deed: Callable[[Turn], Awaitable[Any]]) -> Any:
        async def done(turn: Turn) -> Any:
            return await deed(replace(turn, actor=await people.get(turn.db, person_id)))

        found = self.counter.do(done)
        explored["refused" if isinstance(found, Exception) else "done"] += 1
        return found

    async def said(self, turn: Turn, work: outcomes.Work, kind: Outcome, **said: Any) -> taking.Taking:
        taken = await taking.load(turn, work.card.id, kind)
        said["amount"] = min(said["amount"], taken.facts.most.sen)
        return await taking.keep(turn, taken, **said)

    def paper(self, again: bool) -> str:
        self.papers += 0 if again else 1
        return f"P-{self.payer_id}-{self.papers}"

    def photo(self) -> FileSent:
        return FileSent(
            update_id=1,
            chat_id=1,
            chat_kind="private",
            user_id=1,
            message_id=1,
            file_id="AgAC",
            size=1,
            kind="photo",
        )

    def rows(self, table: Any) -> list[Any]:
        async def found(db: Any) -> list[Any]:
            chosen = await db.execute(select(table).where(table.c.payer_id == self.payer_id).order_by(table.c.id))
            return list(chosen.all())

        listed: list[Any] = self.counter.ask(found)
        return listed

    def resting(self) -> list[Any]:
        return [row for row in self.rows(hold) if row.ended_at is None and row.kind in OWNED]

    def some(self, table: Any, which: int) -> int:
        known = self.rows(table)
        return known[which % len(known)].id if known else 0

    def promises(self) -> tuple[Any, ...]:
        found: tuple[Any, ...] = self.counter.ask(lambda db: stored_promises.of_payer(db, self.payer_id))
        return found

    async def _payments(self, db: Any) -> tuple[Any, ...]:
        return await stored_payments.of_payer(db, self.payer_id)


def test_money_in_hands_always_adds_up(database_url: str) -> None:
    machine = type("TakenLifeHere", (TakenLife,), {"url": database_url})
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=slow),
    )
    assert explored["done"] > STEPS  # many random deeds were possible, the others were refused
