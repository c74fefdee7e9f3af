"""The customers of a rehearsal: they read WhatsApp, write back, and pay or do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bot.demo.cast import Customer, Keeping
from bot.demo.clockwork import Acts
from bot.demo.diary import first_words
from bot.demo.scene import Scene, Transfer
from bot.demo.words import words_of
from simulator.shown import CustomerMessage
from sop.ledger import Invoice
from sop.money import Money
from sop.promise import Promise, PromiseState
from storage import invoices, promises

READS = ("10:40", "13:50", "16:05")
ANSWERS_OF_A_HUNDRED = 22
STOPS_OF_A_HUNDRED = 2
TAPS_OF_A_HUNDRED = 50
TOWN = "pelanggan"


@dataclass(kw_only=True)
class Town:
    """Everybody who owes, as one will."""

    scene: Scene
    chances: Random

    async def pay(self) -> Acts:
        """Every morning at ten, closed days included, whoever wants to pays by bank transfer."""
        while True:
            yield self.scene.next_daily("10:00")
            for customer in self.scene.customers:
                before = len(self.scene.transfers)
                await self._pays(customer)
                self._told(customer, self.scene.transfers[before:])

    async def read(self) -> Acts:
        """Three times a day the customers look at WhatsApp; some write back a few minutes later."""
        while True:
            yield min(self.scene.next_daily(clock) for clock in READS)
            for customer in self.scene.customers:
                fresh = await self._fresh(customer)
                if fresh is None or not self._answers():
                    continue
                yield self.scene.now + timedelta(minutes=self.chances.randint(1, 4))
                await self._write(customer, fresh)

    async def _pays(self, customer: Customer) -> None:
        async with self.scene.app.store.transaction() as db:
            owed = await invoices.open_of(db, customer.payer_id)
            promised = await promises.of_payer(db, customer.payer_id)
        sent = {one.number for one in self.scene.unposted(customer)}
        waiting = [one for one in promised if one.state is PromiseState.OPEN]
        free = [one for one in owed if one.number not in sent]
        for promise in waiting:
            if promise.promised_on == self.scene.today:
                self._settle(customer, promise, free)
        if not waiting:
            self._pay_due(customer, free)

    def _settle(self, customer: Customer, promise: Promise, owed: Sequence[Invoice]) -> None:
        kept = customer.keeping(promise.id)
        covered = [one for one in owed if one.id in promise.invoice_ids] or owed[:1]
        if kept is Keeping.NOTHING or not covered:
            return
        left = promise.amount if kept is Keeping.FULL else promise.amount.split(2)[0]
        for one in covered:
            share = min(left, one.balance)
            left -= share
            if share:
                self._transfer(customer, one, share)

    def _pay_due(self, customer: Customer, owed: Sequence[Invoice]) -> None:
        for one in owed:
            if one.id not in customer.pays_on:
                customer.pays_on[one.id] = one.due_on + timedelta(days=customer.delay_days())
            if customer.pays_on[one.id] == self.scene.today:
                self._transfer(customer, one, one.balance)

    def _transfer(self, customer: Customer, owed: Invoice, amount: Money) -> None:
        sent = Transfer(customer=customer, number=owed.number, amount=amount, on=self.scene.today)
        self.scene.transfers.append(sent)

    def _told(self, customer: Customer, sent: Sequence[Transfer]) -> None:
        if sent:
            total = Money.total(one.amount for one in sent)
            self.scene.note(TOWN, "transfer", payer=customer.name, count=len(sent), amount=total)

    async def _fresh(self, customer: Customer) -> CustomerMessage | None:
        """The newest message of the company that he has not seen; none when there is none."""
        shown = [one for one in await self.scene.sim.customer_messages(customer.phone) if one.visible]
        seen, customer.heard = customer.heard, len(shown)
        fresh = [one for one in shown[seen:] if not one.inbound]
        return fresh[-1] if fresh else None

    def _answers(self) -> bool:
        return self.chances.randrange(100) < ANSWERS_OF_A_HUNDRED

    async def _write(self, customer: Customer, fresh: CustomerMessage) -> None:
        if fresh.buttons and self.chances.randrange(100) < TAPS_OF_A_HUNDRED:
            label = self._button(customer, fresh)
            await self.scene.sim.customer_presses(customer.phone, label)
            return self.scene.note(TOWN, "tapped", payer=customer.name, label=label)
        text = self._words(customer)
        await self.scene.sim.customer_says(customer.phone, text)
        self.scene.note(TOWN, "wrote", payer=customer.name, text=first_words(text))

    def _button(self, customer: Customer, fresh: CustomerMessage) -> str:
        paid = self.scene.unposted(customer)
        return fresh.buttons[0] if paid else self.chances.choice(fresh.buttons[-2:])

    def _words(self, customer: Customer) -> str:
        spoken = words_of("customer", self.scene.diary.language)
        if self.chances.randrange(100) < STOPS_OF_A_HUNDRED:
            return self.chances.choice(spoken["stop"])
        if self.scene.unposted(customer):
            return self.chances.choice(spoken["has_paid"])
        return self.chances.choice(spoken["will_pay"] + spoken["question"])
