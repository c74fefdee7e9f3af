"""Claims, marks and leases on both databases: each is had by one only."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from storage import Store, marks
from tests.storage.ledger import NOON

MINUTE = timedelta(minutes=1)


async def test_of_many_who_claim_a_run_one_has_it(store: Store) -> None:
    async def claim() -> bool:
        async with store.transaction() as db:
            return await marks.claim_run(db, job="plan", slot="Asia/Jakarta:2026-11-18", now=NOON)

    assert sorted(await asyncio.gather(*(claim() for _ in range(5)))) == [False, False, False, False, True]


async def test_a_claim_is_taken_back_with_its_transaction(store: Store) -> None:
    class Broken(Exception):
        pass

    try:
        async with store.transaction() as db:
            assert await marks.claim_run(db, job="plan", slot="a", now=NOON)
            raise Broken
    except Broken:
        pass
    async with store.transaction() as db:
        assert await marks.claim_run(db, job="plan", slot="a", now=NOON)


async def test_the_newest_slot_before_another_is_found_by_its_prefix(store: Store) -> None:
    async with store.transaction() as db:
        for slot in ("?:2026-11-30", "Asia/Jakarta:2026-11-17", "Asia/Jakarta:2026-11-14", "Asia/Jakarta:2026-11-18"):
            await marks.claim_run(db, job="plan", slot=slot, now=NOON)
        before = "Asia/Jakarta:2026-11-18"
        assert await marks.last_slot(db, "plan", prefix="Asia/Jakarta:", before=before) == "Asia/Jakarta:2026-11-17"
        assert await marks.last_slot(db, "plan", prefix="?:", before="?:2026-11-18") is None
        assert await marks.claimed(db, "plan", ["?:2026-11-30", "?:2026-12-01"]) == {"?:2026-11-30": NOON}


async def test_a_day_is_marked_once_for_each_owner(store: Store) -> None:
    on = date(2026, 11, 18)
    async with store.transaction() as db:
        assert await marks.mark_day(db, "digest_opened", on, now=NOON, owner_id=7)
        assert not await marks.mark_day(db, "digest_opened", on, now=NOON, owner_id=7)
        assert await marks.mark_day(db, "digest_opened", on, now=NOON, owner_id=8)
        assert await marks.marked(db, "digest_opened", on) == {7, 8}
        assert await marks.is_marked(db, "digest_opened", on, owner_id=7)
        assert not await marks.is_marked(db, "digest_opened", on)


async def test_a_lease_passes_on_when_it_runs_out_and_its_term_rises(store: Store) -> None:
    async with store.transaction() as db:
        assert await marks.take_lease(db, "sender", holder="a", now=NOON, until=NOON + MINUTE) == 1
        assert await marks.take_lease(db, "sender", holder="b", now=NOON, until=NOON + MINUTE) is None
        assert await marks.take_lease(db, "sender", holder="a", now=NOON, until=NOON + 2 * MINUTE) == 1
        later = NOON + 3 * MINUTE
        assert await marks.take_lease(db, "sender", holder="b", now=later, until=later + MINUTE) == 2
        assert await marks.take_lease(db, "sender", holder="a", now=later, until=later + MINUTE) is None
        await marks.release_lease(db, "sender", holder="b", now=later)
        assert await marks.take_lease(db, "sender", holder="a", now=later + MINUTE, until=later + 2 * MINUTE) == 3


async def test_of_two_who_want_a_free_lease_one_has_it(store: Store) -> None:
    async def take(holder: str) -> int | None:
        async with store.transaction() as db:
            return await marks.take_lease(db, "poller", holder=holder, now=NOON, until=NOON + MINUTE)

    assert sorted(await asyncio.gather(take("a"), take("b")), key=str) == [1, None]


async def test_a_moment_is_kept_and_replaced(store: Store) -> None:
    async with store.transaction() as db:
        assert await marks.moment(db, "polled") is None
        await marks.note_moment(db, "polled", at=NOON)
        await marks.note_moment(db, "polled", at=NOON + MINUTE)
        assert await marks.moment(db, "polled") == NOON + MINUTE
