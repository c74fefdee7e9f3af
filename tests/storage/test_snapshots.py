"""Daily balances on both databases: every open invoice once a day, with its age (12)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from sop.money import Money
from storage import Store, invoices, snapshots
from storage.tables import balance_snapshot
from tests.storage.ledger import WEDNESDAY, debtor, owes


async def test_open_invoices_are_kept_once_a_day_with_their_age(store: Store) -> None:
    async with store.transaction() as db:
        payer_id = await debtor(db, "Toko Maju")
        late = await owes(db, payer_id, date(2026, 10, 31), amount=2_000_000)
        early = await owes(db, payer_id, date(2026, 12, 1), amount=500_000)
        paid = await owes(db, payer_id, WEDNESDAY, amount=700_000)
        await invoices.reduce_balance(db, paid, Money.rupiah(700_000))
        assert await snapshots.take(db, WEDNESDAY) == 2
        assert await snapshots.take(db, WEDNESDAY) == 0
        found = {row.invoice_id: (row.balance, row.days_past_due) for row in await db.execute(select(balance_snapshot))}
        assert found == {late: (Money.rupiah(2_000_000), 18), early: (Money.rupiah(500_000), 0)}
