"""A receivable list into the books: customers, payers, contact persons and invoices, in the caller's transaction.

What the list says about a customer is taken over; what it says about a known invoice is not: `storage.books` has
judged that, and a balance goes down by a payment only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, select, update

from sop.follow_up import FollowUpState
from sop.listed import Listed, habits_of
from sop.listing import Party, Verdict, plain_name
from sop.money import Money
from sop.people import ConsentState, ContactState, Person, PersonState, Role
from storage import assignments, rows
from storage.books import Comparison, KnownContact
from storage.engine import Database
from storage.tables import contact_person, customer, follow_up, invoice, payer, person

LIST = "list"  # how a consent that stands in the company's own list was given


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """When a list is put into the books; `listed_on` is the company's own day."""

    now: datetime
    listed_on: date


async def put(db: Database, comparison: Comparison, arrival: Arrival) -> int:
    """This function will store what is new in a list; gives the number of new invoices."""
    payers = await _payers(db, comparison)
    found = _Staff(
        collectors=await collectors(db),
        sales=await _named(db, Role.SALES),
        decided=await assignments.decided_customers(db),
    )
    customers = [
        await _customer(db, party, payer_id, found) for party, payer_id in zip(comparison.parties, payers, strict=True)
    ]
    await _contacts(db, comparison, customers, arrival)
    return await _invoices(db, comparison, customers, arrival)


async def bind_collector(db: Database, person_id: int, name: str) -> int:
    """This function will give a collector the customers that a list names after him and nobody has, and their cards."""
    listed = await db.execute(select(customer.c.listed_collector).where(customer.c.collector_id.is_(None)).distinct())
    same = [one for one in listed.scalars() if one is not None and plain_name(one) == plain_name(name)]
    his = select(customer.c.payer_id).where(customer.c.collector_id.is_(None), customer.c.listed_collector.in_(same))
    await db.execute(
        update(follow_up)
        .where(follow_up.c.collector_id.is_(None), follow_up.c.state == FollowUpState.OPEN)
        .where(follow_up.c.payer_id.in_(his))
        .values(collector_id=person_id)
    )
    bound = await db.execute(
        update(customer)
        .where(customer.c.collector_id.is_(None), customer.c.listed_collector.in_(same))
        .values(collector_id=person_id)
    )
    return int(bound.rowcount)


async def _payers(db: Database, comparison: Comparison) -> list[int]:
    """The payer of each party, the new ones made; a payer is called and placed like its first customer."""
    first: dict[int, Listed] = {}
    for party, mark in zip(comparison.parties, comparison.payers, strict=True):
        if mark < 0:
            first.setdefault(mark, party.rows[0])
    made = await _add_all(db, payer, [{"name": one.customer, "zone": one.zone} for one in first.values()])
    ids = dict(zip(first, made, strict=True))
    return [ids.get(mark, mark) for mark in comparison.payers]


async def collectors(db: Database) -> dict[str, int]:
    """This function will say by plain name who a list may mean; a name that two collectors bear means nobody."""
    return await _named(db, Role.COLLECTOR)


async def _named(db: Database, role: Role) -> dict[str, int]:
    query = rows.of(person, Person).where(person.c.role == role, person.c.state != PersonState.REVOKED)
    found: dict[str, list[int]] = {}
    for one in await rows.listed(db, query, Person):
        found.setdefault(plain_name(one.name), []).append(one.id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Staff:
    """Who a list may mean, by plain name, and the customers whose collector somebody chose here."""

    collectors: Mapping[str, int]
    sales: Mapping[str, int]
    decided: frozenset[int]

    def moves(self, party: Party) -> bool:
        """Only a name that is news moves a customer, and never one whose collector was chosen here."""
        if party.collector is None:
            return False
        known = party.known
        return known is None or (known.listed_collector != party.collector and known.id not in self.decided)


async def _customer(db: Database, party: Party, payer_id: int, staff: _Staff) -> int:
    said, known = _said_of(party), party.known
    if party.collector is not None and staff.moves(party):
        said["collector_id"] = staff.collectors.get(plain_name(party.collector))  # none: whoever is invited by it
    seller = said.get("listed_sales")
    if seller is not None and (known is None or known.listed_sales != seller):
        said["sales_id"] = staff.sales.get(plain_name(seller))
    if known is None:
        new = {"payer_id": payer_id, "code": party.code, "name": party.rows[0].customer, **said}
        return rows.new_id(await db.execute(customer.insert().values(new)))
    said |= {} if known.code or party.code is None else {"code": party.code}
    news = {name: value for name, value in said.items() if value != getattr(known, name)}
    if news:
        await db.execute(update(customer).where(customer.c.id == known.id).values(news))
    if "zone" in news:
        unplaced = update(payer).where(payer.c.id == payer_id, payer.c.zone.is_(None))
        await db.execute(unplaced.values(zone=news["zone"]))
    return known.id


def _said_of(party: Party) -> dict[str, Any]:
    """What the list says about a customer: each from the first row that says it."""
    said: dict[str, Any] = {}
    for row in party.rows:
        named = {"zone": row.zone, "segment": row.segment, "listed_collector": row.collector}
        named["listed_sales"] = row.sales
        named |= habits_of(row)
        said = {name: value for name, value in named.items() if value is not None} | said
    return said


async def _contacts(db: Database, comparison: Comparison, customers: Sequence[int], arrival: Arrival) -> None:
    new: list[dict[str, Any]] = []
    for party, customer_id in zip(comparison.parties, customers, strict=True):
        known = {one.address: one for one in comparison.contacts.get(customer_id, ())}
        for address, row in _people_of(party).items():
            if address in known:
                await _renew(db, known[address], row, arrival)
            else:
                new.append(_new_contact(customer_id, address, row, arrival))
    if new:
        await db.execute(contact_person.insert(), new)


def _people_of(party: Party) -> dict[str, Listed]:
    """The row that speaks for each number: the first with a contact's name, else the first."""
    found: dict[str, Listed] = {}
    for row in party.rows:
        for phone in row.phones:
            if phone not in found or (found[phone].contact_name is None and row.contact_name is not None):
                found[phone] = row
    return found


def _new_contact(customer_id: int, address: str, row: Listed, arrival: Arrival) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "name": row.contact_name,
        "salutation": row.salutation,
        "address": address,
        "on_whatsapp": address in row.whatsapp_phones,
        "state": ContactState.LISTED,
        "consent": ConsentState.GIVEN if row.consent else ConsentState.UNKNOWN,
        "consent_how": None if row.consent is None else LIST,
        "consent_at": None if row.consent is None else arrival.now,
    }


async def _renew(db: Database, known: KnownContact, row: Listed, arrival: Arrival) -> None:
    """A name the list corrects, and its word on consent; a wrong number stays wrong."""
    news: dict[str, Any] = {
        name: value
        for name, value in (("name", row.contact_name), ("salutation", row.salutation))
        if value is not None and value != getattr(known, name)
    }
    consent = _consent(known, row.consent)
    if consent is not known.consent:
        news |= {"consent": consent, "consent_how": LIST, "consent_at": arrival.now}
    if news:
        await db.execute(update(contact_person).where(contact_person.c.id == known.id).values(news))


def _consent(known: KnownContact, listed: bool | None) -> ConsentState:
    """What a list's `Persetujuan WA` makes of a consent.

    "tidak" says that there is no opt-in (a person may still send each message by hand), not that the customer told us
    to stop: so it is UNKNOWN, and takes back only what a list has given, not what was recorded in the chat. "ya"
    never overrules a customer who withdrew; only he himself can give it again (7).
    """
    if listed and known.consent is ConsentState.UNKNOWN:
        return ConsentState.GIVEN
    if listed is False and known.consent is ConsentState.GIVEN and known.consent_how == LIST:
        return ConsentState.UNKNOWN
    return known.consent


async def _invoices(db: Database, comparison: Comparison, customers: Sequence[int], arrival: Arrival) -> int:
    new = {one.listed.number for one in comparison.of(Verdict.NEW)}
    places = zip(comparison.parties, customers, strict=True)
    payer_of = await _payer_of(db, customers)
    values = [
        _new_invoice(row, customer_id, payer_of[customer_id], arrival)
        for party, customer_id in places
        for row in party.rows
        if row.number in new
    ]
    if values:
        await db.execute(invoice.insert(), values)
    return len(values)


async def _payer_of(db: Database, customers: Sequence[int]) -> dict[int, int]:
    wanted = set(customers)
    found = await db.execute(select(customer.c.id, customer.c.payer_id))
    return {customer_id: payer_id for customer_id, payer_id in found.all() if customer_id in wanted}


def _new_invoice(row: Listed, customer_id: int, payer_id: int, arrival: Arrival) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "payer_id": payer_id,
        "number": row.number,
        "segment": row.invoice_segment,
        "issued_on": row.issued_on,
        "due_on": row.due_on,
        "amount": row.amount,
        "paid": row.paid,
        "credited": Money.ZERO,
        "balance": row.balance,
        "listed_on": arrival.listed_on,
    }


async def _add_all(db: Database, table: Table, values: Iterable[Mapping[str, Any]]) -> list[int]:
    """Many rows in one statement, their numbers in the same order."""
    new = list(values)
    if not new:
        return []
    added = await db.execute(table.insert().returning(table.c.id, sort_by_parameter_order=True), new)
    return [int(number) for number in added.scalars()]
