"""What must always be true of the books is seen when it is not: each test spoils one row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from sop.contact import Channel, Direction
from sop.escalation import EscalationReason, EscalationState
from sop.follow_up import ChannelState, FollowUpState
from sop.guard import MessageKind
from sop.hold import HoldKind
from sop.ladder import Step
from sop.money import Money
from sop.outbox import OutboxState, Way
from sop.promise import PromiseState
from storage import Store, holds, outbox, outcomes, soundness
from storage.holds import NewHold
from storage.outbox import NewMessage
from storage.outcomes import CHASED, NewContact
from storage.tables import escalation, follow_up, invoice, promise
from storage.tables import outbox as outbox_table
from tests.storage.ledger import NOON, WEDNESDAY, add, debtor, owes

DUE = WEDNESDAY - timedelta(days=8)


async def test_balances_tell_amount_paid_and_what_is_allocated(store: Store) -> None:
    async with store.transaction() as db:
        await owes(db, await debtor(db, "Toko Satu"), DUE, amount=1_000_000)
        await db.execute(update(invoice).values(paid=Money.rupiah(400_000)))  # and the balance was forgotten
        (found,) = await soundness.balances(db)
    assert found.balance != found.amount - found.paid - found.credited
    assert found.allocated == Money.ZERO


async def test_who_has_paid_or_is_held_is_at_rest(store: Store) -> None:
    async with store.transaction() as db:
        owing, paid, held, half = [await debtor(db, name) for name in ("Satu", "Dua", "Tiga", "Empat")]
        for one in (owing, held, half):
            await owes(db, one, DUE)
        await holds.place(db, NewHold(payer_id=held, kind=HoldKind.CLAIM), now=NOON)
        part = NewHold(payer_id=half, kind=HoldKind.DISPUTE, amount=Money.rupiah(1))
        await holds.place(db, part, now=NOON)
        assert await soundness.payers_at_rest(db, [owing, paid, held, half]) == ("Dua", "Tiga")


async def test_chases_by_machine_and_by_hand_are_one_row_in_time(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Satu")
        message = NewMessage(way=Way.WHATSAPP, kind=MessageKind.CHASE, message="customer/T05", payer_id=payer_id)
        await outbox.queue(db, message, now=NOON)
        await outbox.queue(db, message, now=NOON)  # no business key: this is how a repetition would look
        later = NOON + timedelta(hours=1)
        await db.execute(update(outbox_table).values(state=OutboxState.SENT, sent_at=later))
        by_hand = NewContact(
            payer_id=payer_id, channel=Channel.WHATSAPP_BY_HAND, direction=Direction.OUT, result=CHASED, is_answer=False
        )
        await outcomes.add_contact(db, by_hand, at=NOON)
        found = await soundness.chases(db)
        assert [(one.by_machine, one.sent_at) for one in found] == [(False, NOON), (True, later), (True, later)]
        assert await soundness.repeated_messages(db) == ("customer/T05 Toko Satu",)


async def test_a_broken_promise_that_still_holds_is_astray(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Satu")
        values = {"amount": Money.rupiah(1), "promised_on": DUE, "received": Money.ZERO, "taken_at": NOON}
        row = await add(db, promise, payer_id=payer_id, state=PromiseState.OPEN, approved=True, **values)
        assert await soundness.promises_astray(db) == ()
        await db.execute(update(promise).where(promise.c.id == row).values(state=PromiseState.BROKEN))
        assert await soundness.promises_astray(db) == ("Toko Satu",)


async def test_overdue_payers_are_counted_with_the_managers_questions(store: Store) -> None:
    async with store.transaction() as db:
        asked, alone = await debtor(db, "Satu"), await debtor(db, "Dua")
        for one in (asked, alone):
            await owes(db, one, DUE)
        opened = {"opened_at": NOON, "deadline_at": NOON, "level": 1, "reason": EscalationReason.H4}
        for _ in range(2):
            await add(db, escalation, payer_id=asked, state=EscalationState.OPEN, **opened)
        found = {one.payer: (one.alive, one.ended) for one in await soundness.overdue(db, due_up_to=DUE)}
        assert found == {"Satu": (2, 0), "Dua": (0, 0)}
        assert await soundness.overdue(db, due_up_to=DUE - timedelta(days=1)) == ()


async def test_messages_that_stand_still_and_cards_left_open_are_named(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Satu")
        message = NewMessage(way=Way.WHATSAPP, kind=MessageKind.SERVICE, message="customer/T10", payer_id=payer_id)
        await outbox.queue(db, message, now=NOON)
        card = {"planned_on": WEDNESDAY, "step": Step.H_0, "policy_version": "1", "state": FollowUpState.OPEN}
        await add(db, follow_up, payer_id=payer_id, call=ChannelState.DUE, message=ChannelState.NONE, **card)
        assert await soundness.stuck_messages(db, before=NOON) == ()
        assert await soundness.stuck_messages(db, before=datetime(2026, 11, 19, tzinfo=UTC)) == (
            "customer/T10 (queued)",
        )
        assert await soundness.cards_left_open(db, before=WEDNESDAY, now=NOON) == 0
        assert await soundness.cards_left_open(db, before=date(2026, 11, 19), now=NOON) == 1
        await db.execute(update(follow_up).values(return_at=NOON + timedelta(days=1)))  # comes back tomorrow
        assert await soundness.cards_left_open(db, before=date(2026, 11, 19), now=NOON) == 0
