"""Persons, invitations and the managers' group at rest, on both databases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sop.people import PersonState, Role
from storage import Database, Store, people
from storage.people import NewPerson

NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=48)


async def _rina(db: Database, *, telegram_id: int | None = None, name: str = "Rina") -> int:
    new = NewPerson(name=name, role=Role.COLLECTOR, zone="Asia/Jakarta", language="id")
    person_id = await people.add(db, new, now=NOW)
    if telegram_id is not None:
        await people.open_link(db, person_id, telegram_id=telegram_id)
    return person_id


async def test_an_invitation_is_spent_once_and_only_in_time(store: Store) -> None:
    async with store.transaction() as db:
        person_id = await _rina(db)
        for digest in ("in time", "late"):
            await people.add_invite(db, token_digest=digest, role=Role.COLLECTOR, person_id=person_id, expires_at=LATER)
        assert await people.use_invite(db, "in time", now=NOW)
        assert not await people.use_invite(db, "in time", now=NOW)
        assert not await people.use_invite(db, "late", now=LATER)
        assert not await people.use_invite(db, "never made", now=NOW)


async def test_of_two_who_spend_one_invitation_at_once_one_succeeds(store: Store) -> None:
    async with store.transaction() as db:
        await people.add_invite(db, token_digest="one", role=None, person_id=None, expires_at=LATER)

    async def spend() -> bool:
        async with store.transaction() as db:
            return await people.use_invite(db, "one", now=NOW)

    assert sorted(await asyncio.gather(*(spend() for _ in range(5)))) == [False] * 4 + [True]


async def test_an_account_stands_for_one_person(store: Store) -> None:
    async with store.transaction() as db:
        old = await _rina(db, telegram_id=7_000_000_001)
        new = await _rina(db, telegram_id=7_000_000_001, name="Rini")
        found = await people.by_telegram(db, 7_000_000_001)
        assert found is not None
        assert found.id == new
        assert (await people.get(db, old)).state is PersonState.REVOKED


async def test_names_are_found_as_lists_write_them(store: Store) -> None:
    async with store.transaction() as db:
        person_id = await _rina(db, name="Rina S. Wijaya")
        for name in ("rina s wijaya", " RINA  S. WIJAYA", "Rina S. Wijaya"):
            found = await people.find_by_name(db, name)
            assert found is not None
            assert found.id == person_id
        assert await people.find_by_name(db, "Rina") is None
        assert await people.find_by_name(db, "Rina S. Wijaya", role=Role.MANAGER) is None


async def test_who_still_works_here_is_found_before_who_left(store: Store) -> None:
    async with store.transaction() as db:
        left = await _rina(db)
        await people.revoke(db, left)
        assert await people.find_by_name(db, "Rina") is None
        gone = await people.find_by_name(db, "Rina", also_revoked=True)
        assert gone is not None
        assert gone.id == left
        here = await _rina(db)
        found = await people.find_by_name(db, "Rina", also_revoked=True)
        assert found is not None
        assert found.id == here


async def test_revoking_takes_the_unopened_links_along(store: Store) -> None:
    async with store.transaction() as db:
        person_id = await _rina(db, telegram_id=1)
        await people.add_invite(db, token_digest="d", role=Role.COLLECTOR, person_id=person_id, expires_at=LATER)
        await people.revoke(db, person_id)
        assert await people.find_invite(db, "d") is None
        assert await people.by_telegram(db, 1) is None


async def test_a_closed_chat_is_news_once(store: Store) -> None:
    async with store.transaction() as db:
        person_id = await _rina(db, telegram_id=1)
        first = await people.set_unreachable(db, 1, at=NOW)
        assert first is not None
        assert first.id == person_id
        assert await people.set_unreachable(db, 1, at=LATER) is None
        assert (await people.get(db, person_id)).unreachable_at == NOW
        assert await people.with_roles(db, Role.COLLECTOR) == ()
        assert await people.set_unreachable(db, 1, at=None) is not None
        assert await people.set_unreachable(db, 1, at=None) is None
        assert [one.id for one in await people.with_roles(db, Role.COLLECTOR)] == [person_id]


async def test_a_group_is_followed_once_and_left_once(store: Store) -> None:
    async with store.transaction() as db:
        await people.link_group(db, chat_id=-5, title="Manajemen", now=NOW)
        assert await people.move_group(db, old_chat_id=-5, new_chat_id=-1_000_000_000_005)
        assert not await people.move_group(db, old_chat_id=-5, new_chat_id=-1_000_000_000_005)
        assert await people.is_linked_group(db, -1_000_000_000_005)
        assert await people.leave_group(db, chat_id=-1_000_000_000_005, now=NOW)
        assert not await people.leave_group(db, chat_id=-1_000_000_000_005, now=NOW)
        assert await people.group_of_managers(db) is None


async def test_the_newest_group_is_the_managers_and_an_old_one_may_come_back(store: Store) -> None:
    async with store.transaction() as db:
        for chat_id in (-1, -2, -1):
            await people.link_group(db, chat_id=chat_id, title="Manajemen", now=NOW)
            assert await people.group_of_managers(db) == chat_id
        assert not await people.is_linked_group(db, -2)
