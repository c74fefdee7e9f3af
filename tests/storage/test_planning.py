"""The plan's marks on both databases: once whatever happens, and exactly what the ladder says (2.2 to 2.5)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from sop.contact import Channel, Direction
from sop.follow_up import StepState
from sop.hold import HoldKind
from sop.ladder import Step
from sop.money import Money
from sop.policy import DEFAULT, LadderDays, Policy, Segment
from storage import Store, holds, outcomes
from storage.holds import NewHold
from storage.outcomes import NewContact
from storage.tables import invoice, invoice_step
from tests.storage.ledger import NOON, WEDNESDAY, debtor, mark, owes, run_of


async def steps(db, payer_id: int) -> dict[Step, tuple[StepState, str | None]]:  # type: ignore[no-untyped-def]
    rows = await db.execute(select(invoice_step).where(invoice_step.c.payer_id == payer_id))
    return {row.step: (row.state, row.reason) for row in rows}


@pytest.mark.parametrize(
    ("due_on", "step"),
    [
        (date(2026, 11, 25), Step.H_MINUS_7),
        (date(2026, 11, 21), Step.H_MINUS_3),
        (date(2026, 11, 18), Step.H_0),
        (date(2026, 11, 17), Step.H_PLUS_1),
        (date(2026, 11, 16), Step.H_PLUS_2),
        (date(2026, 11, 14), Step.H_PLUS_3),  # Saturday; Sunday does not count
        (date(2026, 11, 13), Step.H_PLUS_4),
        (date(2026, 9, 1), Step.H_PLUS_4),  # long overdue, never marked before
    ],
)
async def test_an_invoice_is_marked_with_its_step_of_today(store: Store, due_on: date, step: Step) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, due_on)
        assert await mark(db, run_of()) == 1
        assert await steps(db, payer_id) == {step: (StepState.DUE, None)}


async def test_the_same_plan_again_adds_nothing(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        for day in (14, 17, 18, 25):
            await owes(db, payer_id, date(2026, 11, day))
        assert await mark(db, run_of()) == 4
    async with store.transaction() as db:
        assert await mark(db, run_of()) == 0


async def test_what_is_paid_or_between_two_steps_or_elsewhere_is_left_alone(store: Store) -> None:
    async with store.transaction() as db:
        paid = await owes(db, await debtor(db, "Lunas"), WEDNESDAY)
        await db.execute(update(invoice).where(invoice.c.id == paid).values(balance=Money.ZERO))
        await owes(db, await debtor(db, "Di antara"), date(2026, 11, 23))
        await owes(db, await debtor(db, "Timur", zone="Asia/Jayapura"), WEDNESDAY)
        await owes(db, await debtor(db, "Entah", zone=None), WEDNESDAY)
        assert await mark(db, run_of()) == 0
        assert await mark(db, run_of(zone=None)) == 1


async def test_a_held_invoice_is_recorded_with_its_reason(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        invoice_id = await owes(db, payer_id, WEDNESDAY)
        await holds.place(db, NewHold(payer_id=payer_id, kind=HoldKind.CLAIM, invoice_id=invoice_id), now=NOON)
        await mark(db, run_of())
        assert await steps(db, payer_id) == {Step.H_0: (StepState.HELD, "claim")}


async def test_a_dispute_of_a_part_holds_nothing_else(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        invoice_id = await owes(db, payer_id, WEDNESDAY)
        part = NewHold(payer_id=payer_id, kind=HoldKind.DISPUTE, invoice_id=invoice_id, amount=Money.rupiah(10_000))
        await holds.place(db, part, now=NOON)
        await mark(db, run_of())
        assert await steps(db, payer_id) == {Step.H_0: (StepState.DUE, None)}


async def test_days_missed_are_caught_up_with_the_most_advanced_step(store: Store) -> None:
    """Down since Saturday: due on Tuesday, it missed H-3 and H0; H+1 is done, the others are recorded (2.3)."""
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, date(2026, 11, 17))
        since = date(2026, 11, 13)
        await mark(db, run_of(since=since), since=since)
        assert await steps(db, payer_id) == {
            Step.H_MINUS_3: (StepState.SKIPPED, None),
            Step.H_0: (StepState.SKIPPED, None),
            Step.H_PLUS_1: (StepState.DUE, None),
        }


async def test_steps_before_the_listing_are_not_replayed(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, date(2026, 11, 17), listed_on=WEDNESDAY)
        since = date(2026, 11, 13)
        await mark(db, run_of(since=since), since=since)
        assert await steps(db, payer_id) == {Step.H_PLUS_1: (StepState.DUE, None)}


@pytest.mark.parametrize("answered", [False, True])
async def test_an_unanswered_first_reminder_asks_for_a_second_touch(store: Store, answered: bool) -> None:
    sent_at = datetime(2026, 11, 16, 3, tzinfo=UTC)
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        await owes(db, payer_id, date(2026, 11, 23))
        await mark(db, run_of(date(2026, 11, 16)))
        await db.execute(update(invoice_step).values(state=StepState.DONE, done_at=sent_at))
        if answered:
            heard = NewContact(
                payer_id=payer_id,
                channel=Channel.WHATSAPP,
                direction=Direction.IN,
                result="wrote",
                is_answer=True,
            )
            await outcomes.add_contact(db, heard, at=NOON)
        await mark(db, run_of())
        assert (Step.NO_REPLY in await steps(db, payer_id)) is not answered


async def test_a_segment_with_its_own_ladder_is_planned_by_it(store: Store) -> None:
    """Ten days before for big ones, seven for everybody else (2.7)."""
    own = Policy(ladder=LadderDays(first_reminder_days_before=10))
    policy = Policy(segments=(Segment(name="besar", policy=own),))
    async with store.transaction() as db:
        big, small = await debtor(db, "Besar", segment="besar"), await debtor(db, "Kecil")
        for payer_id in (big, small):
            await owes(db, payer_id, date(2026, 11, 28))
            await owes(db, payer_id, date(2026, 11, 25))
        await mark(db, run_of(policy=DEFAULT, without=("besar",)))
        await mark(db, run_of(policy=policy.for_segment("besar"), segment="besar"))
        marked = select(invoice_step.c.payer_id, invoice.c.due_on).join(invoice)
        found = {(row.payer_id, row.due_on) for row in await db.execute(marked)}
        assert found == {(big, date(2026, 11, 28)), (small, date(2026, 11, 25))}


async def test_an_invoices_own_segment_counts_before_its_customers(store: Store) -> None:
    """invoice > customer > default (2.7): each invoice is planned by one ladder, and by one only."""
    own = Policy(ladder=LadderDays(first_reminder_days_before=10))
    policy = Policy(segments=(Segment(name="besar", policy=own), Segment(name="biasa", policy=Policy())))
    early, usual = date(2026, 11, 28), date(2026, 11, 25)
    async with store.transaction() as db:
        big, small = await debtor(db, "Besar", segment="besar"), await debtor(db, "Kecil")
        for payer_id, segment in ((big, "biasa"), (big, "dihapus"), (big, None), (small, "besar"), (small, None)):
            for due_on in (early, usual):
                invoice_id = await owes(db, payer_id, due_on, amount=len(segment or "") + 1)
                await db.execute(invoice.update().where(invoice.c.id == invoice_id).values(segment=segment))
        await mark(db, run_of(policy=DEFAULT, without=("besar",), known=policy.segment_names))
        await mark(db, run_of(policy=own, segment="besar", known=policy.segment_names))
        marked = select(invoice.c.payer_id, invoice.c.segment, invoice.c.due_on).join(invoice_step)
        found = {tuple(row) for row in await db.execute(marked)}
        assert found == {
            (big, "biasa", usual),  # set apart from its customer's ladder
            (big, "dihapus", early),  # a name the document does not know says nothing
            (big, None, early),
            (small, "besar", early),
            (small, None, usual),
        }
