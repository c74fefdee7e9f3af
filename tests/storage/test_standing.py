"""What is known of every payer who owes, gathered for all of them at once, on both databases (11)."""

from __future__ import annotations

from datetime import date, timedelta

from sop.contact import Channel, Direction
from sop.guard import MessageKind
from sop.money import Money
from sop.outbox import OutboxState, Way
from sop.payment import PaymentSource
from sop.policy import DEFAULT
from sop.promise import PromiseState
from sop.signs import Abc, Behaviour, Evidence, Sign, standings_of
from storage import Database, Store, outcomes, promises, standing
from storage.outcomes import NewContact
from storage.promises import NewPromise
from storage.standing import Window
from storage.tables import allocation as allocations
from storage.tables import customer, invoice, outbox, payment
from tests.storage.ledger import NOON, WEDNESDAY, add, debtor, owes

WINDOW = Window(since=NOON - timedelta(days=180), since_on=WEDNESDAY - timedelta(days=180))


async def paid_off(db: Database, payer_id: int, due_on: date, *, days_late: int, reversed_at: bool = False) -> None:
    invoice_id = await owes(db, payer_id, due_on)
    await db.execute(invoice.update().where(invoice.c.id == invoice_id).values(balance=Money.ZERO))
    paid = {"amount": Money.rupiah(1_000_000), "paid_on": due_on + timedelta(days=days_late), "captured_at": NOON}
    payment_id = await add(
        db, payment, payer_id=payer_id, source=PaymentSource.LIST, reversed_at=NOON if reversed_at else None, **paid
    )
    await add(db, allocations, payment_id=payment_id, invoice_id=invoice_id, amount=Money.rupiah(1_000_000))


async def called(db: Database, payer_id: int, days_ago: int, *, answered: bool = False) -> None:
    contact = NewContact(
        payer_id=payer_id, channel=Channel.CALL, direction=Direction.OUT, result="no_answer", is_answer=answered
    )
    await outcomes.add_contact(db, contact, at=NOON - timedelta(days=days_ago))


async def read(db: Database, payer_id: int, days_ago: int) -> None:
    at = NOON - timedelta(days=days_ago)
    values = {"way": Way.WHATSAPP, "kind": MessageKind.CHASE, "state": OutboxState.READ, "message": "customer/reminder"}
    rest = {"language": "id", "values": {}, "taps": [], "urgency": 9, "attempts": 1, "send_after": at, "created_at": at}
    await add(db, outbox, payer_id=payer_id, sent_at=at, read_at=at, **values, **rest)


async def broke_his_word(db: Database, payer_id: int) -> None:
    word = NewPromise(
        payer_id=payer_id,
        amount=Money.rupiah(1_000_000),
        promised_on=date(2026, 11, 5),
        reason="no_funds",
        taken_by_id=None,
        approved=True,
        outcome_id=None,
        shares={},
    )
    promise = await promises.add(db, word, now=NOON - timedelta(days=20))
    await promises.change(db, promise.id, state=PromiseState.BROKEN, closed_on=date(2026, 11, 7))


async def test_everybody_who_owes_is_gathered_with_what_he_did(store: Store) -> None:
    async with store.transaction() as db:
        risky, calm, quit_ = await debtor(db, "Toko Maju"), await debtor(db, "Toko Tenang"), await debtor(db, "Lunas")
        await owes(db, risky, date(2026, 11, 1), amount=5_000_000)
        await owes(db, risky, date(2026, 11, 10), amount=1_000_000)
        await owes(db, calm, date(2026, 11, 25))
        await db.execute(
            customer.update().where(customer.c.payer_id == risky).values(credit_limit=Money.rupiah(10_000_000))
        )
        for due_on, late in ((date(2026, 9, 1), 4), (date(2026, 10, 1), 2)):
            await paid_off(db, risky, due_on, days_late=late)
        await paid_off(db, risky, date(2026, 8, 1), days_late=90, reversed_at=True)
        await paid_off(db, quit_, date(2026, 8, 1), days_late=1)
        for days_ago in (9, 3, 2, 1):
            await called(db, risky, days_ago, answered=days_ago == 9)
        for days_ago in (20, 6, 3):
            await read(db, risky, days_ago)
        await broke_his_word(db, risky)

        owing = {one.payer_id: one for one in await standing.owing(db)}
        assert set(owing) == {risky, calm}
        assert (owing[risky].balance, owing[risky].oldest_due_on) == (Money.rupiah(6_000_000), date(2026, 11, 1))
        assert await standing.credit_limits(db) == {risky: Money.rupiah(10_000_000)}
        days_late = sorted((one.paid_on - one.due_on).days for one in await standing.settled(db, WINDOW))
        assert days_late == [1, 2, 4]  # money that was taken back paid nothing
        assert await standing.last_answers(db, WINDOW) == {risky: NOON - timedelta(days=9)}
        assert sorted(await standing.calls(db, WINDOW)) == [risky]
        assert len((await standing.calls(db, WINDOW))[risky]) == 3
        assert len((await standing.read_reminders(db, WINDOW))[risky]) == 3
        assert await standing.broken_promises(db, WINDOW) == {risky: 1}
        assert await standing.without_funds(db, WINDOW) == {risky}
        assert await standing.asking_new_terms(db, WINDOW) == frozenset()


async def test_what_was_made_of_them_is_kept_until_it_is_counted_anew(store: Store) -> None:
    known = {
        1: Behaviour(balance=Money.rupiah(90_000_000), days_late=60, broken_promises=1),
        2: Behaviour(balance=Money.rupiah(10_000_000), days_late=0),
    }
    async with store.transaction() as db:
        first, second = await debtor(db, "Toko Maju"), await debtor(db, "Toko Dua")
        known = {first: known[1], second: known[2]}
        await standing.put(db, standings_of(known, today=WEDNESDAY, policy=DEFAULT))
        found = await standing.of_payers(db, [first, second, 999])
        assert sorted(found) == [first, second]
        assert (found[first].abc, found[first].score.points, found[second].abc) == (Abc.A, 32, Abc.B)
        assert found[first].signs == (Evidence(sign=Sign.BROKE_PROMISE, count=1),)
        await standing.put(db, standings_of({second: known[second]}, today=WEDNESDAY, policy=DEFAULT))
        assert sorted(await standing.of_payers(db, [first, second])) == [second]
