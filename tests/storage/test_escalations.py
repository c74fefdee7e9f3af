"""Questions to the managers at rest, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from sop.escalation import AlreadyDecided, AlreadyTaken, Decision, Escalation, EscalationReason, EscalationState, decide
from sop.guard import MessageKind
from sop.money import Money
from sop.outbox import OutboxState, Way
from sop.people import Role
from storage import Database, NotFound, Store, escalations, invoices, outbox, outbox_screens, people
from storage.attempts import attempt
from storage.escalations import NewEscalation
from storage.outbox import NewMessage
from storage.outbox_screens import Content
from storage.people import NewPerson
from tests.storage.ledger import JAKARTA, NOON, WEDNESDAY, debtor, owes

TOMORROW = NOON + timedelta(days=1)


async def asked(
    db: Database, payer_id: int | None, *invoice_ids: int, reason: EscalationReason = EscalationReason.H4
) -> Escalation:
    new = NewEscalation(reason=reason, deadline_at=TOMORROW, payer_id=payer_id, invoice_ids=invoice_ids)
    return await escalations.add(db, new, now=NOON)


async def manager(db: Database, name: str) -> int:
    return await people.add(db, NewPerson(name=name, role=Role.MANAGER, zone=JAKARTA, language="id"), now=NOON)


async def test_a_question_knows_by_name_who_took_and_who_decided_it(store: Store) -> None:
    async with store.transaction() as db:
        one = await asked(db, await debtor(db, "Toko"))
        budi, sari = await manager(db, "Budi"), await manager(db, "Sari")
        await escalations.change(db, one.id, owner_id=budi, decided_by_id=sari)
        found = await escalations.get(db, one.id, for_update=True)
        assert (one.owner, one.decided_by, found.owner, found.decided_by) == (None, None, "Budi", "Sari")
        with pytest.raises(NotFound):
            await escalations.get(db, one.id + 1)


async def test_an_invoice_joins_once(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        first, second = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=2)
        one = await asked(db, payer_id, first, first)
        await escalations.join(db, one.id, [first, second])
        await escalations.join(db, one.id, [second])
        assert await escalations.invoices_of(db, one.id) == (first, second)


async def test_of_two_who_decide_at_once_one_is_first(store: Store) -> None:
    async with store.transaction() as db:
        one = await asked(db, await debtor(db, "Toko"))
        both = [await manager(db, "Budi"), await manager(db, "Sari")]

    async def press(person_id: int) -> bool:
        async with store.transaction() as db:
            found = await escalations.get(db, one.id, for_update=True)
            try:
                after = decide(found, Decision.STOP, person_id, now=NOON)
            except AlreadyDecided:
                return False
            await escalations.change(db, one.id, state=after.state, decided_by_id=after.decided_by_id)
            return True

    assert sorted(await asyncio.gather(*(press(one) for one in both))) == [False, True]


@pytest.mark.parametrize(
    ("budis", "saris"),
    [
        (Decision.STOP, Decision.TO_LEGAL),
        (Decision.TAKE, Decision.VISIT),
        (Decision.RETURN, Decision.STOP),
        (Decision.TAKE, Decision.TAKE),
        (Decision.HOLD_DELIVERY, Decision.STOP),  # goods beside the debt: both count
    ],
)
async def test_two_managers_race_and_the_books_hold_one_story(store: Store, budis: Decision, saris: Decision) -> None:
    async with store.transaction() as db:
        one = await asked(db, await debtor(db, "Toko"))
        budi, sari = await manager(db, "Budi"), await manager(db, "Sari")

    async def press(person_id: int, decision: Decision) -> bool:
        async with store.transaction() as db:
            found = await escalations.get(db, one.id, for_update=True)
            try:
                after = decide(found, decision, person_id, now=NOON)
            except (AlreadyDecided, AlreadyTaken):
                return False
            values = {"state": after.state, "owner_id": after.owner_id, "decision": after.decision}
            await escalations.change(
                db, one.id, **values, decided_by_id=after.decided_by_id, decided_at=after.decided_at
            )
            return True

    won = await asyncio.gather(press(budi, budis), press(sari, saris), press(budi, budis))
    async with store.transaction() as db:
        found = await escalations.get(db, one.id)
    assert any(won)
    by = {budi: budis, sari: saris}
    if found.decided_by_id is not None:
        assert found.decision is by[found.decided_by_id]
    if found.owner_id is not None:
        assert by[found.owner_id] is Decision.TAKE
    assert not (found.owner_id and found.decided_by_id and found.owner_id != found.decided_by_id)


async def test_what_was_taken_by_somebody_who_left_is_found(store: Store) -> None:
    async with store.transaction() as db:
        budi, sari = await manager(db, "Budi"), await manager(db, "Sari")
        await people.open_link(db, budi, telegram_id=1)
        await people.open_link(db, sari, telegram_id=2)
        taken = [await asked(db, await debtor(db, name)) for name in ("Toko A", "Toko B")]
        for one, person_id in zip(taken, (budi, sari), strict=True):
            await escalations.change(db, one.id, state=EscalationState.TAKEN, owner_id=person_id)
        assert await escalations.taken_by_nobody(db) == ()
        await people.revoke(db, sari)
        assert [one.id for one in await escalations.taken_by_nobody(db)] == [taken[1].id]


async def test_a_ruling_is_the_newest_decision_about_what_is_open(store: Store) -> None:
    async with store.transaction() as db:
        payer_id, budi = await debtor(db, "Toko"), await manager(db, "Budi")
        invoice_id = await owes(db, payer_id, WEDNESDAY)
        older, newer = await asked(db, payer_id, invoice_id), await asked(db, payer_id, invoice_id)
        request = await asked(db, payer_id, invoice_id, reason=EscalationReason.PROMISE_BEYOND)
        assert await escalations.ruling_of(db, payer_id) is None
        for hours, (one, decision) in enumerate(
            ((older, Decision.VISIT), (newer, Decision.STOP), (request, Decision.APPROVE))
        ):
            made = {"decision": decision, "decided_by_id": budi, "decided_at": NOON + timedelta(hours=hours)}
            await escalations.change(db, one.id, state=EscalationState.DECIDED, **made)
        found = await escalations.ruling_of(db, payer_id)
        assert found is not None and (found.id, found.decided_by) == (newer.id, "Budi")
        await invoices.reduce_balance(db, invoice_id, Money.rupiah(1_000_000))
        assert await escalations.ruling_of(db, payer_id) is None  # paid: nothing is ruled any more


async def test_a_part_that_fails_leaves_the_rest(store: Store) -> None:
    async with store.transaction() as db:
        one = await asked(db, await debtor(db, "Toko"))
        with pytest.raises(NotFound):
            async with attempt(db):
                await escalations.change(db, one.id, note="lost")
                await escalations.get(db, one.id + 1)
        await escalations.change(db, one.id, level=2)
    async with store.transaction() as db:
        found = await escalations.get(db, one.id)
    assert (found.note, found.level) == (None, 2)


async def test_settled_is_what_has_no_open_invoice_left(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        first, second = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=2)
        one, other = await asked(db, payer_id, first), await asked(db, payer_id, first, second)
        bare = await asked(db, payer_id, reason=EscalationReason.OBSTACLE)
        assert await escalations.settled(db, payer_id) == ()
        await invoices.reduce_balance(db, first, Money.rupiah(1_000_000))
        assert [each.id for each in await escalations.settled(db, payer_id)] == [one.id]
        await invoices.reduce_balance(db, second, Money.rupiah(2))
        assert [each.id for each in await escalations.settled(db, payer_id)] == [one.id, other.id]
        await escalations.change(db, one.id, state=EscalationState.CANCELLED)
        left = [each.id for each in await escalations.settled(db, payer_id)]
        assert left == [other.id]
        assert bare.id not in left  # it names no invoice: nobody knows whether it is settled


async def test_only_late_and_living_questions_are_chased(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        states = [EscalationState.OPEN, EscalationState.TAKEN, EscalationState.RETURNED, EscalationState.DECIDED]
        made = [await asked(db, payer_id) for _ in states]
        for one, state in zip(made, states, strict=True):
            await escalations.change(db, one.id, state=state)
        assert await escalations.overdue(db, now=NOON) == ()
        late = await escalations.overdue(db, now=TOMORROW)
        assert [one.id for one in late] == [one.id for one in made[:3]]


async def test_many_payers_are_looked_up_in_one_go(store: Store) -> None:
    async with store.transaction() as db:
        payers = [await debtor(db, f"Toko {number}") for number in range(3)]
        one = await asked(db, payers[1])
        await asked(db, payers[2], reason=EscalationReason.REFUSED)
        found = await escalations.alive_of_payers(db, [*payers, *range(10_000, 11_500)], {EscalationReason.H4})
        assert [each.id for each in found] == [one.id]


async def test_a_question_about_a_day_is_found_by_whose_day_it_is(store: Store) -> None:
    async with store.transaction() as db:
        reason = EscalationReason.DIGEST_UNOPENED
        one = await asked(db, None, reason=reason)
        await escalations.change(db, one.id, subject_id=7)
        assert [each.id for each in await escalations.alive_about(db, reason, [7])] == [one.id]
        assert await escalations.alive_about(db, reason, [8]) == ()
        assert await escalations.alive_about(db, EscalationReason.H4, [7]) == ()


async def test_a_delivery_is_held_and_released(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        assert await escalations.delivery_held_at(db, payer_id) is None
        await escalations.hold_delivery(db, payer_id, since=NOON)
        assert await escalations.delivery_held_at(db, payer_id) == NOON
        await escalations.hold_delivery(db, payer_id, since=None)
        assert await escalations.delivery_held_at(db, payer_id) is None


async def test_what_waits_in_the_outbox_gets_its_new_face_and_what_has_left_does_not(store: Store) -> None:
    async with store.transaction() as db:
        new = NewMessage(
            way=Way.TELEGRAM, kind=MessageKind.STAFF, message="manager/escalation", subject="escalation:1", chat_id=1
        )
        waiting, gone = await outbox.queue(db, new, now=NOON), await outbox.queue(db, new, now=NOON)
        assert waiting is not None and gone is not None
        await outbox.cancel(db, gone, reason="undone")
        content = Content(message="manager/changed", values={"state": "decided"}, taps=[])
        assert await outbox_screens.refresh_waiting(db, "escalation:1", content) == 1
        assert (await outbox.get(db, waiting)).message == "manager/changed"
        assert (await outbox.get(db, waiting)).values == {"state": "decided"}
        assert (await outbox.get(db, gone)).state is OutboxState.CANCELLED
        assert (await outbox.get(db, gone)).message == "manager/escalation"
        assert await outbox_screens.refresh_waiting(db, "escalation:2", content) == 0


async def test_many_are_added_at_once_in_their_order(store: Store) -> None:
    async with store.transaction() as db:
        payers = [await debtor(db, f"Toko {number}") for number in range(4)]
        owed = [await owes(db, payer_id, WEDNESDAY, amount=number + 1) for number, payer_id in enumerate(payers)]
        news = [
            NewEscalation(
                reason=EscalationReason.H4,
                deadline_at=TOMORROW,
                payer_id=payer_id,
                invoice_ids=[invoice_id, invoice_id],
            )
            for payer_id, invoice_id in zip(payers, owed, strict=True)
        ]
        numbers = await escalations.add_all(db, news, now=NOON)
        assert [(await escalations.get(db, number)).payer_id for number in numbers] == payers
        assert [await escalations.invoices_of(db, number) for number in numbers] == [(one,) for one in owed]
        sums = await escalations.balances(db, [*numbers, 99_999])
        assert [sums[number].whole() for number in numbers] == [1, 2, 3, 4]
        assert sums[99_999] == Money.ZERO
        await escalations.change_all(db, numbers[:2], state=EscalationState.TAKEN)
        assert [one.state for one in await escalations.undecided(db)].count(EscalationState.TAKEN) == 2
        assert await escalations.add_all(db, [], now=NOON) == ()
