"""The trips to SQLite's thread: answers of any length, streams that stop early, counts and faults arrive as before."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage import Store
from storage.sqlite_thread import ROWS_AT_ONCE
from storage.tables import job_run
from tests.storage.ledger import NOON

pytestmark = pytest.mark.parametrize("count", [0, 1, ROWS_AT_ONCE, 2 * ROWS_AT_ONCE + 1])


async def fill(store: Store, count: int) -> None:
    async with store.transaction() as db:
        if count:
            await db.execute(insert(job_run), [{"job": "plan", "slot": f"{n:05}", "at": NOON} for n in range(count)])


async def test_every_row_comes_once_and_in_order(store: Store, count: int) -> None:
    await fill(store, count)
    slots = [f"{n:05}" for n in range(count)]
    query = select(job_run.c.slot).order_by(job_run.c.slot)
    async with store.transaction() as db:
        assert list((await db.execute(query)).scalars()) == slots
        async with db.stream(query) as rows:
            assert [row.slot async for row in rows] == slots


async def test_a_stream_that_is_left_early_holds_nothing_open(store: Store, count: int) -> None:
    await fill(store, count)
    async with store.transaction() as db:
        async with db.stream(select(job_run.c.slot).order_by(job_run.c.slot)) as rows:
            async for row in rows:
                assert row.slot == "00000"
                break
        await db.execute(delete(job_run))
    async with store.transaction() as db:
        assert (await db.execute(select(func.count()).select_from(job_run))).scalar_one() == 0


async def test_changed_and_returned_rows_are_counted(store: Store, count: int) -> None:
    await fill(store, count)
    async with store.transaction() as db:
        changed = await db.execute(update(job_run).values(job="digest"))
        assert changed.rowcount == count
        gone = await db.execute(delete(job_run).returning(job_run.c.slot))
        assert len(gone.all()) == count


async def test_a_fault_arrives_and_takes_the_transaction_back(store: Store, count: int) -> None:
    await fill(store, count)
    row = {"job": "digest", "slot": "x", "at": NOON}
    with pytest.raises(IntegrityError):
        async with store.transaction() as db:
            await db.execute(insert(job_run).values(row))
            await db.execute(insert(job_run).values(row))
    async with store.transaction() as db:
        assert (await db.execute(select(func.count()).select_from(job_run))).scalar_one() == count
