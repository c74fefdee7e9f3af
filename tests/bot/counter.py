"""One payer at finance's counter, on a real database and without chats: what a machine of random events presses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bot.turn import Company, Turn
from sop.money import Money
from sop.people import Person, PersonState, Role
from sop.policy import Policy, policy_from_toml
from sop.refusal import Refused
from storage import Database, NotFound, Store, customers, people
from storage.people import NewPerson
from storage.tables import invoice
from tests.storage.ledger import CALENDAR, JAKARTA, add, collector, debtor

MORNING = datetime(2026, 11, 16, 3, tzinfo=UTC)  # 10:00 in Jakarta, a Monday
COMPANY = Company(
    name="PT Sumber Rejeki",
    phone="+6281200009999",
    payment_instructions="BCA 1112223334",
    language="id",
    zone=JAKARTA,
    whatsapp_mode="link",
)
DISCOUNT = policy_from_toml("[discount]\nbasis_points = 200\ndays_before_due = 7\n")
_serial = count(1)


class Counter:
    """Every deed is one transaction, as dispatch makes it; a refusal changes nothing."""

    def __init__(self, url: str, *, policy: Policy = DISCOUNT) -> None:
        self.loop = asyncio.new_event_loop()
        self.store = Store(url)
        self.policy, self.now = policy, MORNING
        self.refused = 0
        self.invoice_ids: list[int] = []
        self.loop.run_until_complete(self._open())

    async def _open(self) -> None:
        async with self.store.transaction() as db:
            serial = next(_serial)
            new = NewPerson(name=f"Dewi {serial}", role=Role.FINANCE, zone=JAKARTA, language="id")
            person_id = await people.add(db, new, now=self.now)
            self.collector_id = await collector(db, f"Rina {serial}")
            self.payer_id = await debtor(db, f"Toko {serial}", collector_id=self.collector_id)
        self.dewi = Person(
            id=person_id,
            name=new.name,
            role=Role.FINANCE,
            state=PersonState.ACTIVE,
            language="id",
            zone=JAKARTA,
            telegram_id=None,
            unreachable_at=None,
        )

    def close(self) -> None:
        self.loop.run_until_complete(self.store.close())
        self.loop.close()

    @property
    def today(self) -> date:
        return (self.now + timedelta(hours=7)).date()

    def do(self, deed: Callable[[Turn], Awaitable[Any]]) -> Any:
        """What the deed gives, or the refusal; whatever a refused deed had begun is rolled back."""
        try:
            return self.loop.run_until_complete(self._in_one_transaction(deed))
        except (Refused, NotFound) as refusal:
            self.refused += 1
            return refusal

    def ask(self, question: Callable[[Database], Awaitable[Any]]) -> Any:
        async def asked(turn: Turn) -> Any:
            return await question(turn.db)

        return self.loop.run_until_complete(self._in_one_transaction(asked))

    async def _in_one_transaction(self, deed: Callable[[Turn], Awaitable[Any]]) -> Any:
        async with self.store.transaction() as db:
            turn = Turn(
                db=db,
                now=self.now,
                policy=self.policy,
                calendar=CALENDAR,
                company=COMPANY,
                actor=self.dewi,
                chat_id=1,
            )
            return await deed(turn)

    def owes(self, rupiah: int, *, due_in: int = 0) -> int:
        """A new invoice of the payer."""

        async def booked(turn: Turn) -> int:
            amount = Money.rupiah(rupiah)
            chosen = await turn.db.execute(invoice.select().where(invoice.c.payer_id == self.payer_id))
            number = f"F-{self.payer_id}-{len(chosen.all())}"
            his = await customers.of_payer(turn.db, self.payer_id)
            return await add(
                turn.db,
                invoice,
                customer_id=his[0].id,
                payer_id=self.payer_id,
                number=number,
                due_on=self.today + timedelta(days=due_in),
                amount=amount,
                paid=Money.ZERO,
                credited=Money.ZERO,
                balance=amount,
                listed_on=date(2026, 1, 2),
            )

        invoice_id: int = self.do(booked)
        self.invoice_ids.append(invoice_id)
        return invoice_id

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)
