"""The outbox on both databases: one row a business key, one sender a row, statuses forward only (design: Outbox)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from sop.guard import MessageKind
from sop.outbox import OutboxState, Way
from storage import Store, outbox, outbox_whatsapp
from storage.outbox import ANSWER, BULK, LEASE, NewMessage
from storage.outbox_whatsapp import BY_HAND, Report
from tests.storage.ledger import NOON, debtor

MINUTE = timedelta(minutes=1)
LETTER = NewMessage(way=Way.WHATSAPP, kind=MessageKind.CHASE, message="customer/T01", business_key="once")
NEWS = NewMessage(way=Way.TELEGRAM, kind=MessageKind.STAFF, message="news", chat_id=7)


async def queued(store: Store, new: NewMessage) -> int:
    async with store.transaction() as db:
        outbox_id = await outbox.queue(db, new, now=NOON)
    assert outbox_id is not None
    return outbox_id


async def test_a_business_key_exists_once(store: Store) -> None:
    await queued(store, LETTER)
    async with store.transaction() as db:
        assert await outbox.queue(db, LETTER, now=NOON) is None
        assert await outbox.queue(db, replace(LETTER, business_key=None), now=NOON) is not None


async def test_of_many_senders_one_claims_a_message(store: Store) -> None:
    await queued(store, LETTER)

    async def claim() -> int:
        async with store.transaction() as db:
            return len(await outbox.claim_due(db, way=Way.WHATSAPP, now=NOON, most=10))

    assert sorted(await asyncio.gather(*(claim() for _ in range(4)))) == [0, 0, 0, 1]


async def test_the_urgent_leave_first_and_what_is_not_due_waits(store: Store) -> None:
    bulk = await queued(store, replace(NEWS, urgency=BULK))
    later = await queued(store, replace(NEWS, urgency=ANSWER, send_after=NOON + MINUTE))
    answer = await queued(store, replace(NEWS, urgency=ANSWER))
    async with store.transaction() as db:
        claimed = await outbox.claim_due(db, way=Way.TELEGRAM, now=NOON, most=10)
        assert [one.id for one in claimed] == [answer, bulk]
        assert await outbox.next_due_at(db) == NOON + MINUTE
        assert (await outbox.get(db, later)).state is OutboxState.QUEUED


async def test_what_was_being_sent_is_found_when_its_lease_ran_out(store: Store) -> None:
    outbox_id = await queued(store, LETTER)
    async with store.transaction() as db:
        await outbox.claim_due(db, way=Way.WHATSAPP, now=NOON, most=10)
        assert await outbox.cut_off(db, way=Way.WHATSAPP, now=NOON + LEASE) == ()
        (lost,) = await outbox.cut_off(db, way=Way.WHATSAPP, now=NOON + LEASE + MINUTE)
        assert lost.id == outbox_id
        assert await outbox.note_unknown(db, outbox_id)
        assert not await outbox.note_unknown(db, outbox_id)
        assert await outbox.claim_due(db, way=Way.WHATSAPP, now=NOON + timedelta(days=1), most=10) == []


@pytest.mark.parametrize(
    ("reports", "final"),
    [
        (["sent", "delivered", "read"], "read"),
        (["read", "delivered", "sent"], "read"),  # out of order
        (["delivered", "delivered"], "delivered"),  # twice
        (["sent", "failed"], "failed"),
        (["delivered", "failed"], "delivered"),  # it did arrive
    ],
)
async def test_reports_move_a_message_forward_only(store: Store, reports: list[str], final: str) -> None:
    outbox_id = await queued(store, LETTER)
    async with store.transaction() as db:
        await outbox.claim_due(db, way=Way.WHATSAPP, now=NOON, most=10)
        assert await outbox.note_sent(db, outbox_id, provider_id="SM1", now=NOON)
        for status in reports:
            await outbox_whatsapp.report(db, Report(provider_id="SM1", status=OutboxState(status)), now=NOON)
        assert (await outbox.get(db, outbox_id)).state is OutboxState(final)


async def test_a_report_with_our_reference_resolves_what_is_unknown(store: Store) -> None:
    outbox_id = await queued(store, LETTER)
    async with store.transaction() as db:
        await outbox.claim_due(db, way=Way.WHATSAPP, now=NOON, most=10)
        await outbox.note_unknown(db, outbox_id)
        told = Report(provider_id="SM1", status=OutboxState.DELIVERED, outbox_id=outbox_id)
        before = await outbox_whatsapp.report(db, told, now=NOON)
        assert before is not None
        assert before.state is OutboxState.UNKNOWN
        after = await outbox.get(db, outbox_id)
        assert (after.state, after.provider_id, after.sent_at) == (OutboxState.DELIVERED, "SM1", NOON)
        assert await outbox_whatsapp.is_known(db, "SM1")


async def test_what_was_cancelled_is_never_revived_by_a_report(store: Store) -> None:
    outbox_id = await queued(store, LETTER)
    async with store.transaction() as db:
        await outbox.cancel(db, outbox_id, reason="paid")
        told = Report(provider_id="SM1", status=OutboxState.SENT, outbox_id=outbox_id)
        assert await outbox_whatsapp.report(db, told, now=NOON) is None
        assert (await outbox.get(db, outbox_id)).state is OutboxState.CANCELLED


async def test_pacing_is_no_attempt(store: Store) -> None:
    outbox_id = await queued(store, NEWS)
    async with store.transaction() as db:
        await outbox.claim_due(db, way=Way.TELEGRAM, now=NOON, most=10)
        await outbox.pace(db, outbox_id, send_after=NOON + MINUTE)
        assert (await outbox.get(db, outbox_id)).attempts == 0
        await outbox.claim_due(db, way=Way.TELEGRAM, now=NOON + MINUTE, most=10)
        await outbox.put_back(db, outbox_id, send_after=NOON, is_repeat=True)
        one = await outbox.get(db, outbox_id)
        assert (one.attempts, one.is_repeat) == (1, True)


async def test_what_waits_for_one_reason_is_released_together(store: Store) -> None:
    waits = await queued(store, LETTER)
    other = await queued(store, replace(LETTER, business_key="other"))
    async with store.transaction() as db:
        await outbox.hold_back(db, waits, reason="finance_not_posted", until=NOON + 60 * MINUTE)
        await outbox.hold_back(db, other, reason="claim", until=NOON + 60 * MINUTE)
        assert await outbox.release_held(db, reason="finance_not_posted", now=NOON) == 1
        assert [one.id for one in await outbox.claim_due(db, way=Way.WHATSAPP, now=NOON, most=10)] == [waits]


async def test_a_message_offered_by_hand_is_found_until_it_was_sent(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
    outbox_id = await queued(store, replace(LETTER, payer_id=payer_id))
    async with store.transaction() as db:
        assert await outbox_whatsapp.find_offered(db, outbox_id) is None
        await outbox.hold_back(db, outbox_id, reason=BY_HAND, until=NOON + MINUTE)
        assert [one.id for one in await outbox_whatsapp.offered(db, [payer_id])] == [outbox_id]
        await outbox_whatsapp.note_by_hand(db, outbox_id, body="Halo", now=NOON)
        assert await outbox_whatsapp.find_offered(db, outbox_id) is None
        assert (await outbox.get(db, outbox_id)).state is OutboxState.SENT


async def test_a_groups_waiting_messages_follow_it(store: Store) -> None:
    outbox_id = await queued(store, replace(NEWS, chat_id=-5, edits=12))
    async with store.transaction() as db:
        await outbox.move_chat(db, old_chat_id=-5, new_chat_id=-1005)
        one = await outbox.get(db, outbox_id)
        assert (one.chat_id, one.edits) == (-1005, None)
