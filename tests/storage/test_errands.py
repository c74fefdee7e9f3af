"""Errands at rest, on both databases: whose they are, once each, and gone with their reason."""

from __future__ import annotations

from datetime import timedelta

from sop.errand import ErrandKind, ErrandState
from sop.follow_up import ChannelState, FollowUpState
from sop.ladder import Step
from sop.money import Money
from sop.people import Role
from storage import Database, Store, errands, invoices, people
from storage.errands import Done, NewErrand
from storage.people import NewPerson
from storage.tables import follow_up
from tests.storage.ledger import JAKARTA, NOON, WEDNESDAY, add, collector, debtor, owes


async def staff(db: Database, name: str, role: Role) -> int:
    """Somebody who opened his link."""
    person_id = await people.add(db, NewPerson(name=name, role=role, zone=JAKARTA, language="id"), now=NOON)
    await people.open_link(db, person_id, telegram_id=1000 + person_id)
    return person_id


async def kinds_of(db: Database, person_id: int) -> list[ErrandKind]:
    return [one.kind for one in await errands.open_for(db, await people.get(db, person_id))]


def new(payer_id: int, kind: ErrandKind, **more: object) -> NewErrand:
    return NewErrand(payer_id=payer_id, kind=kind, due_on=WEDNESDAY, **more)  # type: ignore[arg-type]


async def test_work_belongs_to_whoever_the_kind_names(store: Store) -> None:
    async with store.transaction() as db:
        rina, toni = await collector(db), await collector(db, "Toni")
        budi, sari = await staff(db, "Budi", Role.MANAGER), await staff(db, "Sari", Role.FINANCE)
        payer_id = await debtor(db, "Toko", collector_id=rina)
        kinds = (ErrandKind.POST_LETTER, ErrandKind.CHECK_AMOUNT, ErrandKind.COURT_FILE)
        for kind in kinds:
            await errands.add(db, new(payer_id, kind), now=NOON)
        await errands.add(db, new(payer_id, ErrandKind.TAKE_BACK, owner_id=toni), now=NOON)
        assert await kinds_of(db, rina) == [ErrandKind.POST_LETTER]
        assert await kinds_of(db, toni) == [ErrandKind.TAKE_BACK]
        assert await kinds_of(db, sari) == [ErrandKind.CHECK_AMOUNT]
        assert await kinds_of(db, budi) == [ErrandKind.COURT_FILE]
        await people.revoke(db, sari)  # without finance the managers do it
        assert await kinds_of(db, budi) == [ErrandKind.CHECK_AMOUNT, ErrandKind.COURT_FILE]
        assert len(await errands.open_of(db, payer_id)) == 4


async def test_whoever_works_the_card_today_has_the_errands_too(store: Store) -> None:
    async with store.transaction() as db:
        rina, toni = await collector(db), await collector(db, "Toni")
        payer_id = await debtor(db, "Toko", collector_id=rina)
        await errands.add(db, new(payer_id, ErrandKind.POST_LETTER), now=NOON)
        card = {"payer_id": payer_id, "planned_on": WEDNESDAY, "step": Step.H_0, "collector_id": toni}
        more = {"state": FollowUpState.OPEN, "call": ChannelState.DUE, "message": ChannelState.NONE}
        await add(db, follow_up, **card, **more, policy_version="1", is_return=False)
        assert await kinds_of(db, toni) == [ErrandKind.POST_LETTER]


async def test_it_is_done_once_and_opened_again_by_undo(store: Store) -> None:
    async with store.transaction() as db:
        rina = await collector(db)
        payer_id = await debtor(db, "Toko", collector_id=rina)
        errand_id = await errands.add(db, new(payer_id, ErrandKind.POST_LETTER, subject_id=9), now=NOON)
        same = await errands.open_about(db, ErrandKind.POST_LETTER, payer_id=payer_id, subject_id=9)
        assert same is not None and same.id == errand_id
        assert await errands.finish(db, errand_id, Done(by_id=rina, result="RR123"), now=NOON)
        assert not await errands.finish(db, errand_id, Done(by_id=rina, result="RR999"), now=NOON)
        done = await errands.get(db, errand_id)
        assert (done.state, done.result) == (ErrandState.DONE, "RR123")
        assert await errands.was_ordered(db, ErrandKind.POST_LETTER, subject_id=9)
        await errands.reopen(db, [errand_id])
        again = await errands.get(db, errand_id)
        assert (again.state, again.result) == (ErrandState.OPEN, None)


async def test_what_was_paid_for_is_gone(store: Store) -> None:
    async with store.transaction() as db:
        rina = await collector(db)
        payer_id = await debtor(db, "Toko", collector_id=rina)
        paid, open_ = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=2)
        about = [
            await errands.add(db, new(payer_id, ErrandKind.RESEND_INVOICE, subject_id=one), now=NOON)
            for one in (paid, open_)
        ]
        letter = await errands.add(db, new(payer_id, ErrandKind.POST_LETTER, subject_id=1), now=NOON)
        slip = await errands.add(db, new(payer_id, ErrandKind.TAX_DOCUMENT, subject_id=1), now=NOON)
        await invoices.reduce_balance(db, paid, Money.rupiah(1_000_000))
        assert await errands.cancel_settled(db, now=NOON) == 1
        assert (await errands.get(db, about[0])).state is ErrandState.CANCELLED
        await invoices.reduce_balance(db, open_, Money.rupiah(2))
        assert await errands.cancel_settled(db, now=NOON) == 2
        assert (await errands.get(db, letter)).state is ErrandState.CANCELLED
        assert [one.id for one in await errands.open_of(db, payer_id)] == [slip]  # the tax slip is still wanted


async def test_what_is_late_is_listed_and_a_subject_that_is_gone_takes_its_errands_along(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        await errands.add(db, new(payer_id, ErrandKind.POST_LETTER, subject_id=3), now=NOON)
        await errands.add(db, new(payer_id, ErrandKind.POST_LETTER, subject_id=4), now=NOON)
        assert await errands.late(db, today=WEDNESDAY) == ()
        late = await errands.late(db, today=WEDNESDAY + timedelta(days=1))
        assert [one.subject_id for one in late] == [3, 4]
        await errands.note_reminded(db, late[0].id, on=WEDNESDAY)
        assert (await errands.get(db, late[0].id)).reminded_on == WEDNESDAY
        assert await errands.cancel_for_subject(db, [ErrandKind.POST_LETTER], 3, now=NOON) == 1
        assert [one.subject_id for one in await errands.open_of(db, payer_id)] == [4]
