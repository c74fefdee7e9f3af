"""Disputes at rest, on both databases: who sees them, and what each cause holds in a month."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from sop.dispute import DisputeCause, DisputeState
from sop.money import Money
from sop.people import Role
from storage import Database, NotFound, Store, disputes, people
from storage.disputes import NewDispute
from storage.people import NewPerson
from storage.tables import customer
from tests.storage.ledger import JAKARTA, NOON, WEDNESDAY, collector, debtor, owes

MILLION = Money.rupiah(1_000_000)


async def disputed(
    db: Database, payer_id: int, invoice_id: int, cause: DisputeCause, rupiah: int | None = None, **more: object
) -> int:
    new = NewDispute(
        payer_id=payer_id,
        invoice_id=invoice_id,
        cause=cause,
        amount=None if rupiah is None else Money.rupiah(rupiah),
        note=None,
        outcome_id=None,
        answer_by_on=WEDNESDAY,
        **more,  # type: ignore[arg-type]
    )
    return await disputes.add(db, new, now=NOON)


async def test_a_months_causes_say_how_much_they_hold(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        first, second = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=3_000_000)
        await disputed(db, payer_id, first, DisputeCause.DAMAGED)  # the whole invoice
        part = await disputed(db, payer_id, second, DisputeCause.DAMAGED, 700_000)
        done = await disputed(db, payer_id, second, DisputeCause.WRONG_BILLING, 500_000)
        gone = await disputed(db, payer_id, second, DisputeCause.OTHER)
        await disputes.change(db, part, state=DisputeState.ACCEPTED, credited=Money.rupiah(200_000))
        await disputes.change(db, done, state=DisputeState.SETTLED, credited=Money.rupiah(500_000))
        await disputes.change(db, gone, state=DisputeState.WITHDRAWN)
        found = await disputes.causes_between(db, NOON - timedelta(days=1), NOON + timedelta(days=1))
        damaged, billing = found
        assert (damaged.cause, damaged.opened, damaged.holding) == (DisputeCause.DAMAGED, 2, 2)
        assert damaged.held == Money.rupiah(1_200_000)
        assert (billing.opened, billing.holding, billing.credited) == (1, 0, Money.rupiah(500_000))
        assert await disputes.causes_between(db, NOON + timedelta(days=1), NOON + timedelta(days=9)) == ()
        assert [one.id for one in await disputes.holding(db)] == [1, part]


async def test_the_customers_sales_person_finds_out_and_sees_only_his(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        invoice_id = await owes(db, payer_id, WEDNESDAY)
        assert await disputes.sales_of(db, invoice_id) is None
        new = NewPerson(name="Joko", role=Role.SALES, zone=JAKARTA, language="id")
        joko = await people.add(db, new, now=NOON)
        await people.open_link(db, joko, telegram_id=77)
        await db.execute(update(customer).where(customer.c.payer_id == payer_id).values(sales_id=joko))
        person = await disputes.sales_of(db, invoice_id)
        assert person is not None and person.id == joko
        mine = await disputed(db, payer_id, invoice_id, DisputeCause.DAMAGED, owner_id=joko)
        others = await disputed(db, payer_id, invoice_id, DisputeCause.OTHER)
        assert (await disputes.visible(db, mine, actor=person)).id == mine
        with pytest.raises(NotFound):
            await disputes.visible(db, others, actor=person)


async def test_a_paid_invoice_frees_its_dispute_and_undo_withdraws_what_nobody_answered(store: Store) -> None:
    async with store.transaction() as db:
        await collector(db)
        payer_id = await debtor(db, "Toko")
        paid, open_ = await owes(db, payer_id, WEDNESDAY, amount=0), await owes(db, payer_id, WEDNESDAY)
        over = await disputed(db, payer_id, paid, DisputeCause.DAMAGED)
        await disputed(db, payer_id, open_, DisputeCause.DAMAGED)
        assert [one.id for one in await disputes.of_paid_invoices(db)] == [over]
