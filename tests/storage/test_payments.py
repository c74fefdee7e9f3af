"""Payments at rest, on both databases: booked once, and the balances follow."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import select

from sop.follow_up import StepState
from sop.money import Money
from sop.payment import PaymentSource
from storage import Store, invoices, payments
from storage.payments import NewPayment
from storage.tables import invoice_step
from tests.storage.ledger import NOON, WEDNESDAY, debtor, mark, owes, run_of

MILLION = Money.rupiah(1_000_000)


def transfer(payer_id: int, amount: Money = MILLION, *, reference: str | None = None) -> NewPayment:
    return NewPayment(
        payer_id=payer_id, amount=amount, paid_on=WEDNESDAY, source=PaymentSource.COMMAND, reference=reference
    )


async def test_a_payment_lowers_the_balances_it_pays(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        first, second = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=2_000_000)
        shares = {first: MILLION, second: Money.rupiah(500_000)}
        await payments.post(db, transfer(payer_id, Money.rupiah(1_700_000)), shares, now=NOON)
        open_ = {one.id: (one.paid.whole(), one.balance.whole()) for one in await invoices.open_of(db, payer_id)}
        assert open_ == {second: (500_000, 1_500_000)}
        assert await payments.unapplied(db, payer_id) == Money.rupiah(200_000)
        assert await payments.received_on(db, [first, second], since=NOON) == Money.rupiah(1_500_000)
        assert await payments.received_on(db, [first], since=NOON + timedelta(seconds=1)) == Money.ZERO


async def test_the_same_reference_counts_once_even_at_the_same_instant(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        first = await owes(db, payer_id, WEDNESDAY, amount=5_000_000)

    async def book() -> bool:
        async with store.transaction() as db:
            new = transfer(payer_id, reference="claim:1")
            return await payments.post(db, new, {first: MILLION}, now=NOON) is not None

    assert sorted(await asyncio.gather(*(book() for _ in range(3)))) == [False, False, True]
    async with store.transaction() as db:
        assert [one.balance for one in await invoices.open_of(db, payer_id)] == [Money.rupiah(4_000_000)]
        assert len(await payments.of_payer(db, payer_id)) == 1


async def test_steps_still_due_of_a_paid_invoice_are_held_with_the_reason(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        paid, open_ = await owes(db, payer_id, WEDNESDAY), await owes(db, payer_id, WEDNESDAY, amount=2)
        await mark(db, run_of())
        await payments.post(db, transfer(payer_id), {paid: MILLION}, now=NOON)
        assert await payments.hold_steps(db, payer_id, reason="paid") == 1
        query = select(invoice_step.c.invoice_id, invoice_step.c.state, invoice_step.c.reason)
        found = {row.invoice_id: (row.state, row.reason) for row in (await db.execute(query)).all()}
        assert found == {paid: (StepState.HELD, "paid"), open_: (StepState.DUE, None)}


async def test_numbers_are_found_whatever_the_capitals_and_signs(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko")
        await owes(db, payer_id, WEDNESDAY)
        number = (await invoices.open_of(db, payer_id))[0].number
        assert await invoices.numbers_like(db, number[:6].lower()) == (number,)
        assert await invoices.numbers_like(db, "%") == ()  # no wildcard
        found = await invoices.find_by_number(db, f" {number.lower()} ")
        assert found is not None and found.number == number
