"""Leave, cover, the pool and reassignment at rest, on both databases (3)."""

from __future__ import annotations

from datetime import date

from sop.absence import Span
from sop.follow_up import ChannelState, FollowUpState
from sop.ladder import Step
from sop.people import Person, Role
from sop.signs import Abc
from storage import Database, Store, absences, assignments, customers, follow_ups, invoices, people, pool, team
from storage.absences import NewAbsence
from storage.assignments import Move
from storage.tables import assignment, customer
from tests.storage.ledger import JAKARTA, NOON, WEDNESDAY, add, collector, debtor, owes

DAYS = Span(from_on=WEDNESDAY, until_on=date(2026, 11, 20))


async def card(db: Database, payer_id: int, collector_id: int | None, *, done: bool = False) -> int:
    values = {
        "payer_id": payer_id,
        "planned_on": WEDNESDAY,
        "step": Step.H_PLUS_1,
        "collector_id": collector_id,
        "state": FollowUpState.DONE if done else FollowUpState.OPEN,
        "call": ChannelState.DUE,
        "message": ChannelState.NONE,
        "policy_version": "x",
    }
    return (await follow_ups.add(db, values)).id


async def away(db: Database, person_id: int, cover_id: int | None, *, begun: bool = True) -> int:
    new = NewAbsence(person_id=person_id, cover_id=cover_id, span=DAYS, asked_by_id=None)
    absence = await absences.add(db, new, now=NOON)
    if begun:
        assert await absences.mark_begun(db, absence.id, now=NOON)
    return absence.id


async def worker(db: Database, follow_up_id: int) -> int | None:
    return (await follow_ups.get(db, follow_up_id)).collector_id


async def person(db: Database, person_id: int) -> Person:
    return await people.get(db, person_id)


async def test_cards_replies_and_sight_follow_the_cover_and_come_back(store: Store) -> None:
    async with store.transaction() as db:
        rina, dewi = await collector(db), await collector(db, "Dewi")
        hers, his = await debtor(db, "Toko Maju", collector_id=rina), await debtor(db, "Toko Dewi", collector_id=dewi)
        await owes(db, hers, WEDNESDAY)
        open_, done = await card(db, hers, rina), await card(db, await debtor(db, "Selesai"), rina, done=True)
        own = await card(db, his, dewi)
        waiting = await away(db, rina, dewi, begun=False)
        assert await absences.acting(db) == {}  # it has not begun
        assert await absences.mark_begun(db, waiting, now=NOON)
        assert not await absences.mark_begun(db, waiting, now=NOON)

        assert await absences.divert_cards(db) == 1
        assert [await worker(db, one) for one in (open_, done, own)] == [dewi, rina, dewi]
        assert await invoices.collectors_of(db, hers) == (dewi,)
        assert [one.name for one in await customers.search(db, "toko", actor=await person(db, dewi))] == [
            "Toko Dewi",
            "Toko Maju",
        ]
        later = await card(db, await debtor(db, "Toko Sore", collector_id=rina), rina)
        assert await worker(db, later) == dewi  # made while she is away

        assert await absences.mark_ended(db, waiting, now=NOON)
        assert not await absences.mark_ended(db, waiting, now=NOON)
        assert await absences.give_back(db, rina, covers=[dewi]) == 2
        assert [await worker(db, one) for one in (open_, later, own)] == [rina, rina, dewi]
        assert await invoices.collectors_of(db, hers) == (rina,)
        assert [one.name for one in await customers.search(db, "toko", actor=await person(db, dewi))] == ["Toko Dewi"]


async def test_a_covers_cover_and_who_left(store: Store) -> None:
    async with store.transaction() as db:
        rina, dewi, sari, budi = [await collector(db, name) for name in ("Rina", "Dewi", "Sari", "Budi")]
        hers, gone = await debtor(db, "Toko Maju", collector_id=rina), await debtor(db, "Toko Lama", collector_id=budi)
        await away(db, rina, dewi)
        await away(db, dewi, sari)
        await people.revoke(db, budi)
        assert await absences.acting(db) == {rina: sari, dewi: sari, budi: None}
        assert await invoices.collectors_of(db, hers) == (sari,)
        assert await invoices.collectors_of(db, gone) == ()
        taken = await card(db, gone, budi)
        assert await worker(db, taken) is None
        await owes(db, gone, WEDNESDAY)
        assert await pool.take(db, taken, person_id=sari, place=1)
        assert await invoices.collectors_of(db, gone) == (sari,)  # replies go to who took the card


async def test_the_pool_lists_a_customers_first_and_gives_a_card_once(store: Store) -> None:
    async with store.transaction() as db:
        rina, dewi = await collector(db), await collector(db, "Dewi")
        small, large, paid = [await debtor(db, name, collector_id=rina) for name in ("Kecil", "Besar", "Lunas")]
        await owes(db, small, WEDNESDAY)
        await owes(db, large, WEDNESDAY, amount=5_000_000)
        first, second = await card(db, small, None), await card(db, large, None)
        await card(db, paid, None)
        assert [one.payer for one in await pool.waiting(db, [WEDNESDAY])] == ["Besar", "Kecil"]
        assert await pool.count(db, [WEDNESDAY]) == 2
        assert await pool.without_worker(db, [WEDNESDAY]) == ()  # it did not fit into her day
        await away(db, rina, None)
        assert len(await pool.without_worker(db, [WEDNESDAY])) == 2
        assert await pool.take(db, second, person_id=dewi, place=1)
        assert not await pool.take(db, second, person_id=rina, place=1)
        assert [one.follow_up_id for one in await pool.waiting(db, [WEDNESDAY])] == [first]


async def test_what_moves_is_kept_as_history_and_takes_its_cards_along(store: Store) -> None:
    async with store.transaction() as db:
        rina, dewi, budi = await collector(db), await collector(db, "Dewi"), await collector(db, "Budi")
        shared, hers, others = [await debtor(db, name, collector_id=rina) for name in ("Berdua", "Toko Satu", "Lain")]
        await add(db, customer, payer_id=shared, name="Cabang", collector_id=budi)
        await owes(db, hers, date(2026, 11, 10), amount=3_000_000)
        await owes(db, hers, date(2026, 12, 10))
        open_ = await card(db, hers, rina)
        owned = {one.payer_id: one for one in await assignments.owned_by(db, rina, today=WEDNESDAY)}
        assert sorted(owned) == [shared, hers, others]
        assert (owned[hers].balance.sen, owned[hers].overdue.sen) == (4_000_000_00, 3_000_000_00)
        assert owned[hers].abc is Abc.C

        move = Move(payer_ids=[shared, hers], from_id=rina, to_id=dewi, by_id=budi)
        assert await assignments.move(db, move, worker_id=dewi, now=NOON) == 2
        assert await assignments.move(db, move, worker_id=dewi, now=NOON) == 0  # pressed twice
        assert await worker(db, open_) == dewi
        assert await invoices.collectors_of(db, hers) == (dewi,)
        assert set(await invoices.collectors_of(db, shared)) == {dewi, budi}  # the branch stays whose it was
        kept = (await db.execute(assignment.select())).all()
        assert [(row.from_id, row.to_id, row.by_id) for row in kept] == [(rina, dewi, budi)] * 2
        assert len(await assignments.decided_customers(db)) == 2
        assert [one.payer_id for one in await assignments.owned_by(db, rina, today=WEDNESDAY)] == [others]


async def test_a_team_is_counted_in_a_few_statements(store: Store) -> None:
    async with store.transaction() as db:
        rina, dewi = await collector(db), await collector(db, "Dewi")
        seller = await people.add(
            db, people.NewPerson(name="Agus", role=Role.SALES, zone=JAKARTA, language="id"), now=NOON
        )
        hers = await debtor(db, "Toko Maju", collector_id=rina)
        await owes(db, hers, date(2026, 11, 10), amount=3_000_000)
        await owes(db, hers, date(2026, 12, 10))
        await card(db, hers, rina)
        await card(db, await debtor(db, "Selesai", collector_id=rina), rina, done=True)
        numbers = await team.numbers_of(db, [rina, dewi], today=WEDNESDAY)
        mine = numbers[rina]
        assert (mine.open, mine.done, mine.customers) == (1, 1, 2)
        assert (mine.total.sen, mine.overdue.sen, mine.promised.sen) == (4_000_000_00, 3_000_000_00, 0)
        assert numbers[dewi] == team.Numbers()
        assert await team.late_of_sales(db, seller, today=WEDNESDAY) == ()
        await db.execute(customer.update().where(customer.c.payer_id == hers).values(sales_id=seller))
        (late,) = await team.late_of_sales(db, seller, today=WEDNESDAY)
        assert (late.payer, late.overdue.sen, late.oldest_due_on) == ("Toko Maju", 3_000_000_00, date(2026, 11, 10))
