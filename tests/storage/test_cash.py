"""Cash and giros at rest on both databases: a paper counts once, and what was undone frees its number (3)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from sop.cash import CashState
from sop.giro import GiroState
from sop.money import Money
from storage import Database, Store, cash, giros
from storage.cash import NewCash
from storage.giros import NewGiro
from tests.storage.ledger import NOON, WEDNESDAY, collector, debtor, owes

MILLION = Money.rupiah(1_000_000)


async def new_cash(db: Database, number: str = "TT-1") -> NewCash:
    payer_id, taken_by_id = await debtor(db, "Toko Maju"), await collector(db)
    invoice_id = await owes(db, payer_id, WEDNESDAY)
    return NewCash(
        payer_id=payer_id,
        amount=MILLION,
        number=number,
        taken_by_id=taken_by_id,
        shares={invoice_id: MILLION},
        photo_id=None,
        outcome_id=None,
    )


async def test_cash_is_found_by_who_has_it_and_who_paid_it_until_it_is_answered(store: Store) -> None:
    async with store.transaction() as db:
        new = await new_cash(db)
        cash_id = await cash.add(db, new, now=NOON)
        assert cash_id is not None
        receipt = await cash.get(db, cash_id, for_update=True)
        assert (receipt.state, receipt.shares, receipt.taken_at) == (CashState.IN_HAND, new.shares, NOON)
        for found in (
            await cash.waiting(db),
            await cash.in_hand_of(db, new.taken_by_id),
            await cash.waiting_of_payer(db, new.payer_id),
        ):
            assert found == (receipt,)
        assert await cash.in_hand_of(db, new.taken_by_id + 1) == ()
        await cash.change(db, cash_id, state=CashState.NOT_RECEIVED)
        assert len(await cash.waiting(db)) == 1  # it is still with him
        await cash.change(db, cash_id, state=CashState.DEPOSITED)
        assert await cash.waiting(db) == ()


async def test_a_receipt_number_counts_once_until_it_is_undone(store: Store) -> None:
    async with store.transaction() as db:
        new = await new_cash(db)
        first = await cash.add(db, new, now=NOON)
        assert first is not None
        assert await cash.is_number_taken(db, "TT-1")
        assert await cash.add(db, new, now=NOON) is None
        await cash.change(db, first, state=CashState.WITHDRAWN)
        assert not await cash.is_number_taken(db, "TT-1")
        assert await cash.add(db, new, now=NOON) is not None


async def test_of_two_with_the_same_number_at_once_one_counts(store: Store) -> None:
    async with store.transaction() as db:
        new = await new_cash(db)

    async def take() -> int | None:
        async with store.transaction() as db:
            return await cash.add(db, new, now=NOON)

    taken = await asyncio.gather(*(take() for _ in range(4)))
    assert len([one for one in taken if one is not None]) == 1


async def test_a_giro_is_known_by_number_and_bank_while_it_is_held_or_has_cleared(store: Store) -> None:
    async with store.transaction() as db:
        taken = await new_cash(db)
        new = NewGiro(
            payer_id=taken.payer_id,
            amount=MILLION,
            number="GA 1",
            bank="BCA",
            effective_on=date(2026, 11, 27),
            taken_by_id=taken.taken_by_id,
            shares=taken.shares,
            photo_id=None,
            outcome_id=None,
        )
        giro_id = await giros.add(db, new, now=NOON)
        held = await giros.get(db, giro_id)
        assert (held.state, held.shares, held.effective_on) == (GiroState.HELD, taken.shares, date(2026, 11, 27))
        assert await giros.waiting(db) == await giros.waiting_of_payer(db, taken.payer_id) == (held,)
        assert await giros.is_held(db, "GA 1", "BCA")
        assert not await giros.is_held(db, "GA 1", "BRI")
        other = await giros.add(db, replace(new, bank="BRI"), now=NOON)
        await giros.change(db, giro_id, state=GiroState.BOUNCED)
        assert not await giros.is_held(db, "GA 1", "BCA")  # presented again it is taken again
        await giros.change(db, other, state=GiroState.CLEARED)
        assert await giros.is_held(db, "GA 1", "BRI")
        assert await giros.waiting(db) == ()
