"""Tukar faktur at rest, on both databases: due dates with their history, and steps that come again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from sop.errand import ErrandKind
from sop.exchange import Habit, days_as_record
from sop.follow_up import ChannelState, FollowUpState
from sop.ladder import DATED, Step
from sop.outcomes import Outcome
from sop.promise_dates import PayDays
from sop.terms import TermBasis
from storage import Database, Store, errands, exchanges, invoices
from storage.errands import NewErrand
from storage.exchanges import NewExchange
from storage.tables import customer, follow_up, invoice_step, outcome
from tests.storage.ledger import NOON, WEDNESDAY, add, collector, debtor, mark, owes, run_of

TUESDAYS = PayDays(weekdays=frozenset({1}))
LATER = date(2026, 12, 15)


async def with_habit(db: Database, payer_id: int, **values: object) -> int:
    await db.execute(update(customer).where(customer.c.payer_id == payer_id).values(**values))
    found = await db.execute(select(customer.c.id).where(customer.c.payer_id == payer_id))
    return int(found.scalar_one())


async def tapped(db: Database, payer_id: int, person_id: int) -> int:
    """An outcome that an exchange may belong to."""
    card = {"payer_id": payer_id, "planned_on": WEDNESDAY, "step": Step.H_0, "collector_id": person_id}
    more = {"state": FollowUpState.OPEN, "call": ChannelState.DUE, "message": ChannelState.NONE}
    card_id = await add(db, follow_up, **card, **more, policy_version="1", is_return=False)
    row = {"follow_up_id": card_id, "payer_id": payer_id, "kind": Outcome.INVOICE_EXCHANGED, "person_id": person_id}
    return await add(db, outcome, **row, at=NOON, before={}, details={})


async def test_a_new_due_date_keeps_the_old_one_and_undo_brings_it_back(store: Store) -> None:
    async with store.transaction() as db:
        rina = await collector(db)
        payer_id = await debtor(db, "Toko", collector_id=rina)
        first, second = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=2)
        outcome_id = await tapped(db, payer_id, rina)
        new = NewExchange(
            payer_id=payer_id,
            invoice_ids=[first],
            due_on=LATER,
            person_id=rina,
            outcome_id=outcome_id,
            photo_id=None,
            receipt_number="TT-7",
        )
        await exchanges.add(db, new, now=NOON)
        assert {one.id: one.due_on for one in await invoices.open_of(db, payer_id)} == {first: LATER, second: WEDNESDAY}
        assert await exchanges.exchanged_of(db, payer_id) == {first}
        assert await exchanges.earlier_due(db) == {first: frozenset({WEDNESDAY})}
        (one,) = await exchanges.take_back(db, outcome_id, now=NOON)
        assert (one.invoice_id, one.previous_due_on) == (first, WEDNESDAY)
        assert await exchanges.take_back(db, outcome_id, now=NOON) == ()
        assert {one.due_on for one in await invoices.open_of(db, payer_id)} == {WEDNESDAY}
        assert [each.undone_at for each in await exchanges.history_of(db, first)] == [NOON]
        assert await exchanges.exchanged_of(db, payer_id) == frozenset()


async def test_steps_are_forgotten_and_remembered_as_they_were(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        invoice_id = await owes(db, payer_id, WEDNESDAY)
        await mark(db, run_of())
        before = (await db.execute(select(invoice_step).order_by(invoice_step.c.step))).all()
        kept = await exchanges.steps_to_forget(db, [invoice_id], DATED)
        await exchanges.forget_steps(db, [invoice_id], DATED)
        assert (await db.execute(select(invoice_step))).all() == []
        await exchanges.remember_steps(db, kept)
        after = (await db.execute(select(invoice_step).order_by(invoice_step.c.step))).all()
        assert before and [row[1:] for row in after] == [row[1:] for row in before]


async def test_only_open_invoices_of_exchanging_customers_wait_for_their_task(store: Store) -> None:
    async with store.transaction() as db:
        plain, by_days, by_term = [await debtor(db, name) for name in ("A", "B", "C")]
        mine = await with_habit(db, by_days, exchange_days=days_as_record(TUESDAYS), pay_days={"month_days": [25]})
        await with_habit(db, by_term, term_basis=TermBasis.INVOICE_EXCHANGED, term_days=30)
        await with_habit(db, plain, term_basis=TermBasis.INVOICE_DATE)
        for payer_id in (plain, by_days, by_term):
            await owes(db, payer_id, WEDNESDAY)
        habits = await exchanges.habits_of_exchanging(db)
        assert len(habits) == 2
        pays = PayDays(month_days=frozenset({25}))
        assert habits[mine] == Habit(customer_id=mine, exchange_days=TUESDAYS, pay_days=pays)
        waiting = await exchanges.waiting(db, list(habits), due_until=WEDNESDAY)
        assert [one.payer_id for one in waiting] == [by_days, by_term]
        new = NewErrand(payer_id=by_days, kind=ErrandKind.EXCHANGE_INVOICE, subject_id=waiting[0].id, due_on=WEDNESDAY)
        await errands.add(db, new, now=NOON)
        assert [one.payer_id for one in await exchanges.waiting(db, list(habits), due_until=WEDNESDAY)] == [by_term]
