"""The harness of the journeys: the real program against the played Telegram and Twilio, everything over HTTP.

A journey reads as a chat. The `office` fixture stands at 04:30 in Jakarta on Wednesday 18 November 2026, before the
day's plan; its clock moves only by `travel`. Every deed of a phone settles: when it returns, the program has done all
that was due and the phones show it.

    async def test_nobody_answers(office: Office) -> None:
        rina = await office.collector("Rina")
        toko = await office.customer("Toko Maju", collector=rina)
        await office.invoice(toko, "F-001", due_on="2026-11-17", amount=1_000_000)
        await office.morning()                    # plan and digest; 09:00
        await rina.say("/tugas")
        await rina.press("Mulai")                 # by label, on the newest message that has it
        await rina.press("Tidak diangkat")
        assert "Sibuk" in rina.labels             # rina.last / .text / .labels / .toast / .messages / .news

* People: `office.collector|manager|finance|admin|sales(name, zone=, language=)` are staff already;
  `office.stranger(name)` only has Telegram. `rina.press(label, on=message, chat=group)`, `.press_data(data)` (forged,
  or kept from `rina.button(label).data`), `.say`, `.reply` (to the newest message that asks), `.send_photo`,
  `.send_document`, `.block`, `.start(payload)`. `rina.seen()` first, then `rina.news` holds only what came since.
* `group = await office.group(rina, budi)` is the linked managers' group (`linked=False`: just a group without the bot);
  press in it with `budi.press("Setujui", chat=group)`; `group.last`, `group.migrate()`, `group.kick_bot(by)`.
* `await office.invite(Role.COLLECTOR, "Rina")` gives a link's token, `await phone.start(token)` opens it.
* Books: `office.customer(name, zone=, phone=, consent=, collector=, with_payer=, code=, segment=,
  consequence_clause=)`, `office.invoice(customer, number, due_on, amount, listed_on=)` (rupiah; dates may be ISO text).
  `async with office.transaction() as db:` for anything else, with the functions of `storage`.
* Time: `travel(to="09:00")` (next time it is 9 in Jakarta), `travel(to="2026-11-20 08:00")`, `travel(hours=3)`,
  `travel(days=2)` stop wherever something may be due on the way (stops.py). `office.now`.
* Two presses at the same instant: `async with office.at_once(): await rina.press("X"); await rina.press("X")`.
* WhatsApp: the fixture `open_office` opens other offices: `await open_office(whatsapp="twilio")` (all templates
  approved), or with settings such as COMPANY_NAME="...". `office.customer_phone(toko)` has `.messages` (what reached
  him), `.say`, `.tap`, `.send_photo`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.app import opened
from bot.casework import invitations
from bot.demo.clockwork import PlayedClock
from bot.settings import Settings, settings_of
from simulator.client import SimClient
from simulator.config import DEFAULT_ACCOUNT_SID, DEFAULT_AUTH_TOKEN, DEFAULT_SENDER, DEFAULT_TOKEN
from simulator.server import Simulator
from sop.people import Role
from storage import people
from storage.people import NewPerson
from tests.journeys import books, templates
from tests.journeys.books import Debtor, NewDebtor, NewInvoice
from tests.journeys.phones import CustomerPhone, Group, Phone
from tests.journeys.running import MORNING, Running

__all__ = ["MORNING", "Debtor", "Group", "Office", "Phone", "opened_office"]

COMPANY = {
    "COMPANY_NAME": "PT Sumber Rejeki",
    "COMPANY_PHONE": "+6281200009999",
    "PAYMENT_INSTRUCTIONS": "BCA 1112223334",
}
TWILIO = {
    "TWILIO_ACCOUNT_SID": DEFAULT_ACCOUNT_SID,
    "TWILIO_AUTH_TOKEN": DEFAULT_AUTH_TOKEN,
    "TWILIO_WHATSAPP_FROM": DEFAULT_SENDER,
    "WHATSAPP_ATTESTATION": "Pengingat tagihan sendiri kepada pelanggan yang setuju",
}


@dataclass(kw_only=True)
class Office(Running):
    """One company with its staff and customers, for one journey."""

    settings: Settings
    _customers: int = 0

    # People

    async def stranger(self, name: str, **facts: Any) -> Phone:
        """Somebody with Telegram whom the company does not know."""
        user_id = await self.sim.add_user(name, **facts)
        phone = Phone(sim=self.sim, settle=self.settle, chat_id=user_id, name=name, user_id=user_id)
        self.chats.append(phone)
        return phone

    async def collector(self, name: str, **more: Any) -> Phone:
        return await self.staff(name, Role.COLLECTOR, **more)

    async def manager(self, name: str, **more: Any) -> Phone:
        return await self.staff(name, Role.MANAGER, **more)

    async def finance(self, name: str, **more: Any) -> Phone:
        return await self.staff(name, Role.FINANCE, **more)

    async def admin(self, name: str, **more: Any) -> Phone:
        return await self.staff(name, Role.ADMIN, **more)

    async def sales(self, name: str, **more: Any) -> Phone:
        return await self.staff(name, Role.SALES, **more)

    async def staff(self, name: str, role: Role, *, zone: str = "Asia/Jakarta", language: str = "id") -> Phone:
        """One of the staff, with the bot opened."""
        phone = await self.stranger(name)
        async with self.transaction() as db:
            new = NewPerson(name=name, role=role, zone=zone, language=language)
            phone.person_id = await people.add(db, new, now=self.now.astimezone(UTC))
            await people.open_link(db, phone.person_id, telegram_id=phone.user_id)
        await phone.start()
        phone.seen()
        return phone

    async def invite(self, role: Role | None, name: str) -> str:
        """The token of a new link, as `santun invite` prints it (`role` none: for a managers' group)."""
        async with self.transaction() as db:
            return await invitations.create(self.app.world.desk(db, now=self.now.astimezone(UTC)), role, name)

    async def group(self, *members: Phone, title: str = "Manajemen", linked: bool = True) -> Group:
        """The managers' group (`linked=False`: any group, the bot is not in it)."""
        chat_id = await self.sim.add_group(title, [one.user_id for one in members])
        group = Group(sim=self.sim, settle=self.settle, chat_id=chat_id)
        self.chats.append(group)
        if linked:
            async with self.transaction() as db:
                await people.link_group(db, chat_id=chat_id, title=title, now=self.now.astimezone(UTC))
            await group.add_bot(members[0])
            group.seen()
        return group

    def customer_phone(self, debtor: Debtor) -> CustomerPhone:
        return next(one for one in self.chats if isinstance(one, CustomerPhone) and one.number == debtor.phone)

    # Books

    async def customer(
        self,
        name: str,
        *,
        collector: Phone | None = None,
        phone: str | None = None,
        zone: str | None = "Asia/Jakarta",
        consent: bool | None = True,
        with_payer: Debtor | None = None,
        **more: Any,
    ) -> Debtor:
        """A customer with a contact; `consent` none: never asked, False: withdrawn. `more`: code, segment, ..."""
        self._customers += 1
        number = phone or f"+62812000{self._customers:05}"
        new = NewDebtor(
            name=name,
            phone=number,
            zone=zone,
            consent=consent,
            collector_id=collector.person_id if collector else None,
            with_payer=with_payer.payer_id if with_payer else None,
            more=more,
        )
        async with self.transaction() as db:
            debtor = await books.add_debtor(db, new)
        if all(one.number != number for one in self.chats if isinstance(one, CustomerPhone)):
            await self.sim.add_customer(number, name=name)
            self.chats.append(CustomerPhone(sim=self.sim, settle=self.settle, number=number))
        return debtor

    async def invoice(
        self, debtor: Debtor, number: str, due_on: date | str, amount: int, *, listed_on: date | str | None = None
    ) -> int:
        """An open invoice of so many rupiah; gives its id."""
        new = NewInvoice(
            number=number, due_on=_day(due_on), amount=amount, listed_on=_day(listed_on) if listed_on else None
        )
        async with self.transaction() as db:
            return await books.add_invoice(db, debtor, new)


def _day(on: date | str) -> date:
    return date.fromisoformat(on) if isinstance(on, str) else on


@asynccontextmanager
async def opened_office(
    database_url: str, *, start: datetime = MORNING, whatsapp: str = "link", **settings: str
) -> AsyncIterator[Office]:
    """An office on a database that has the schema; `settings` as in `.env.example`."""
    simulator = Simulator(start=start)
    url = await simulator.start()
    given = {
        "TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN,
        "TELEGRAM_API_URL": url,
        "SANTUN_CLOCK_URL": f"{url}/sim/clock",
        "DATABASE_URL": database_url,
        "WHATSAPP_MODE": whatsapp,
        **COMPANY,
    }
    if whatsapp == "twilio":
        given |= TWILIO | {"TWILIO_API_URL": url, "TWILIO_CONTENT_URL": url}
    read = settings_of(given | settings)
    try:
        async with SimClient(url) as sim, opened(read, clock=PlayedClock(simulator=simulator)) as app:
            if whatsapp == "twilio":
                await templates.approve(app, sim, read, now=start)
            yield Office(sim=sim, app=app, now=start, settings=read)
    finally:
        await simulator.stop()
