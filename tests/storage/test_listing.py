"""A list into real databases: customers, payers, contact persons, invoices, and what a newer list may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from sop.listing import Verdict
from sop.money import Money
from sop.people import ConsentState, ContactState, Role
from storage import Database, Store, books, customers, listing, people, sales
from storage.listing import Arrival
from storage.tables import contact_person, customer, invoice, payer
from tests.sop.test_listing import Row

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
ARRIVAL = Arrival(now=NOW, listed_on=date(2026, 11, 18))
PHONE, OTHER = "+6281200000001", "+6281200000002"

MAJU = Row(customer_code="C1", phones=(PHONE,), whatsapp_phones=(PHONE,), consent=True, collector="Rina")
JAYA = Row(row=3, number="F-2", customer="Toko Jaya", customer_code="C2", phones=(PHONE,), whatsapp_phones=(PHONE,))


async def put(db: Database, *rows: Row) -> int:
    return await listing.put(db, await books.compare(db, rows), ARRIVAL)


async def one(db: Database, *columns: Any) -> Any:
    return (await db.execute(select(*columns))).one()


async def collector(db: Database, name: str, role: Role = Role.COLLECTOR) -> int:
    new = people.NewPerson(name=name, role=role, zone="Asia/Jakarta", language="id")
    return await people.add(db, new, now=NOW)


async def test_customers_that_share_a_number_have_one_payer(store: Store) -> None:
    async with store.transaction() as db:
        assert await put(db, MAJU, JAYA) == 2
        assert len((await db.execute(select(payer.c.id))).all()) == 1
        payer_ids = set((await db.execute(select(invoice.c.payer_id))).scalars())
        assert payer_ids == set((await db.execute(select(customer.c.payer_id))).scalars())
        assert len(await customers.contacts_of_payer(db, payer_ids.pop())) == 2


async def test_the_same_list_twice_changes_nothing(store: Store) -> None:
    async with store.transaction() as db:
        await put(db, MAJU, JAYA)
        before = (await db.execute(select(invoice, customer).join(customer))).all()
        compared = await books.compare(db, [MAJU, JAYA])
        assert {one.verdict for one in compared.judged} == {Verdict.UNCHANGED}
        assert await listing.put(db, compared, ARRIVAL) == 0
        assert (await db.execute(select(invoice, customer).join(customer))).all() == before


async def test_what_a_list_does_not_name_is_counted_and_left(store: Store) -> None:
    async with store.transaction() as db:
        await put(db, MAJU, JAYA)
        assert (await books.compare(db, [JAYA])).missing == 1
        await put(db, JAYA)
        kept = (await db.execute(select(invoice.c.balance).where(invoice.c.number == "F-1"))).scalar_one()
        assert kept == Money.rupiah(1_000)


async def test_a_due_date_is_never_rewritten(store: Store) -> None:
    moved = replace(MAJU, due_on=date(2026, 12, 24))
    async with store.transaction() as db:
        await put(db, MAJU)
        assert [one.verdict for one in (await books.compare(db, [moved])).judged] == [Verdict.DUE_CHANGED]
        await put(db, moved)
        assert (await one(db, invoice.c.due_on)).due_on == MAJU.due_on


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (None, True, ConsentState.GIVEN),
        (True, False, ConsentState.UNKNOWN),  # the list takes back what the list gave
        (True, None, ConsentState.GIVEN),  # silence says nothing
        (False, None, ConsentState.UNKNOWN),
    ],
)
async def test_what_the_list_says_of_consent(
    store: Store, first: bool | None, then: bool | None, expected: ConsentState
) -> None:
    async with store.transaction() as db:
        await put(db, replace(MAJU, consent=first))
        await put(db, replace(MAJU, consent=then))
        assert (await one(db, contact_person.c.consent)).consent is expected


@pytest.mark.parametrize(
    ("state", "listed", "expected"),
    [
        (ConsentState.WITHDRAWN, True, ConsentState.WITHDRAWN),  # only the customer himself gives it again
        (ConsentState.GIVEN, False, ConsentState.GIVEN),  # recorded in the chat: a stale column does not undo it
    ],
)
async def test_what_the_customer_said_outweighs_the_list(
    store: Store, state: ConsentState, listed: bool, expected: ConsentState
) -> None:
    async with store.transaction() as db:
        await put(db, replace(MAJU, consent=None))
        await customers.set_consent(db, PHONE, state, how="said", at=NOW)
        await put(db, replace(MAJU, consent=listed))
        assert (await one(db, contact_person.c.consent)).consent is expected


async def test_a_wrong_number_stays_wrong(store: Store) -> None:
    async with store.transaction() as db:
        await put(db, MAJU)
        await customers.mark_wrong_number(db, PHONE)
        await put(db, replace(MAJU, contact_name="Andi"))
        found = await one(db, contact_person.c.state, contact_person.c.name)
        assert (found.state, found.name) == (ContactState.WRONG, "Andi")


async def test_a_collector_is_bound_by_name_before_or_after_the_list(store: Store) -> None:
    async with store.transaction() as db:
        rina = await collector(db, "RINA")
        await put(db, MAJU, replace(JAYA, collector="Budi"))
        found = dict((await db.execute(select(customer.c.code, customer.c.collector_id))).all())
        assert found == {"C1": rina, "C2": None}
        budi = await collector(db, "Budi")
        assert await listing.bind_collector(db, budi, " budi ") == 1
        found = dict((await db.execute(select(customer.c.code, customer.c.collector_id))).all())
        assert found == {"C1": rina, "C2": budi}


async def test_a_sales_person_is_bound_by_name_before_or_after_the_list(store: Store) -> None:
    async with store.transaction() as db:
        joko = await collector(db, "Joko", Role.SALES)
        await put(db, replace(MAJU, sales="JOKO"), replace(JAYA, sales="Lina"))
        found = dict((await db.execute(select(customer.c.code, customer.c.sales_id))).all())
        assert found == {"C1": joko, "C2": None}
        lina = await collector(db, "Lina", Role.SALES)
        assert await sales.bind(db, lina, " lina ") == 1
        await put(db, replace(MAJU, sales="JOKO"), replace(JAYA, sales="Lina"))
        found = dict((await db.execute(select(customer.c.code, customer.c.sales_id))).all())
        assert found == {"C1": joko, "C2": lina}


async def test_two_collectors_of_one_name_mean_nobody(store: Store) -> None:
    async with store.transaction() as db:
        await collector(db, "Rina")
        await collector(db, "rina")
        await put(db, MAJU)
        assert (await one(db, customer.c.collector_id)).collector_id is None


async def test_a_reassigned_customer_stays_until_the_list_names_another(store: Store) -> None:
    async with store.transaction() as db:
        await collector(db, "Rina")
        budi, wulan = await collector(db, "Budi"), await collector(db, "Wulan")
        await put(db, MAJU)
        await db.execute(update(customer).values(collector_id=budi))
        await put(db, MAJU)
        assert (await one(db, customer.c.collector_id)).collector_id == budi
        await put(db, replace(MAJU, collector="Wulan"))
        assert (await one(db, customer.c.collector_id)).collector_id == wulan
        await put(db, replace(MAJU, collector="Dewi"))  # nobody yet: hers as soon as she is invited
        assert (await one(db, customer.c.collector_id)).collector_id is None


async def test_a_zone_comes_late_and_places_the_payer(store: Store) -> None:
    async with store.transaction() as db:
        await put(db, MAJU)
        await put(db, replace(MAJU, zone="Asia/Jayapura"))
        assert (await one(db, customer.c.zone)).zone == "Asia/Jayapura"
        assert (await one(db, payer.c.zone)).zone == "Asia/Jayapura"


async def test_a_new_number_of_a_known_customer_is_added(store: Store) -> None:
    async with store.transaction() as db:
        await put(db, MAJU)
        await put(db, replace(MAJU, phones=(PHONE, OTHER), whatsapp_phones=(PHONE,)))
        found = (await db.execute(select(contact_person.c.address, contact_person.c.on_whatsapp))).all()
        assert sorted(map(tuple, found)) == [(PHONE, True), (OTHER, False)]


async def test_many_rows_are_few_statements(store: Store) -> None:
    rows = [
        replace(MAJU, row=number, number=f"N-{number}", customer_code=f"K-{number % 700}", phones=(), collector=None)
        for number in range(12_000)
    ]
    async with store.transaction() as db:
        assert await put(db, *rows) == len(rows)
        assert len((await books.compare(db, rows)).of(Verdict.UNCHANGED)) == len(rows)
