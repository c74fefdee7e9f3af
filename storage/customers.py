"""Customers, payers and contact persons at rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, true, update

from sop.follow_up import FollowUpState
from sop.ledger import Customer
from sop.people import CONFIRMERS, ConsentState, ContactPerson, ContactState, Person
from storage import absences, rows
from storage.engine import Database
from storage.tables import contact_person, customer, follow_up, invoice, payer


async def get(db: Database, customer_id: int) -> Customer:
    return await rows.got(db, rows.of(customer, Customer).where(customer.c.id == customer_id), Customer)


async def of_payer(db: Database, payer_id: int) -> tuple[Customer, ...]:
    query = rows.of(customer, Customer).where(customer.c.payer_id == payer_id).order_by(customer.c.id)
    return await rows.listed(db, query, Customer)


async def of_payers(db: Database, payer_ids: Sequence[int]) -> tuple[Customer, ...]:
    query = rows.of(customer, Customer).where(customer.c.payer_id.in_(list(payer_ids))).order_by(customer.c.id)
    return await rows.listed(db, query, Customer)


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where a customer is found; `lines` are empty while nobody knows. For private chats and letters alone (G17)."""

    customer_id: int
    name: str
    lines: tuple[str, ...] = field(repr=False)


async def addresses(db: Database, payer_id: int) -> tuple[Address, ...]:
    """This function will give the addresses of a payer's customers, the city on a line of its own."""
    query = select(customer.c.id, customer.c.name, customer.c.address, customer.c.city)
    found = (await db.execute(query.where(customer.c.payer_id == payer_id).order_by(customer.c.id))).all()
    return tuple(
        Address(customer_id=row.id, name=row.name, lines=_address_lines(row.address, row.city)) for row in found
    )


def _address_lines(address: str | None, city: str | None) -> tuple[str, ...]:
    lines = [" ".join(one.split()) for one in (address or "").splitlines()]
    if city and city.strip().casefold() not in (address or "").casefold():
        lines.append(city.strip())
    return tuple(one for one in lines if one)


async def contacts_of_payer(db: Database, payer_id: int) -> tuple[ContactPerson, ...]:
    """This function will list the payer's contact persons, the first listed first."""
    query = (
        rows.of(contact_person, ContactPerson)
        .join(customer, customer.c.id == contact_person.c.customer_id)
        .where(customer.c.payer_id == payer_id)
        .order_by(contact_person.c.id)
    )
    return await rows.listed(db, query, ContactPerson)


async def contact(db: Database, contact_person_id: int) -> ContactPerson:
    query = rows.of(contact_person, ContactPerson).where(contact_person.c.id == contact_person_id)
    return await rows.got(db, query, ContactPerson)


async def payers_at(db: Database, address: str) -> tuple[int, ...]:
    """This function will name the payers that a sender's address may stand for; never guesses between them."""
    query = (
        select(customer.c.payer_id)
        .join(contact_person, contact_person.c.customer_id == customer.c.id)
        .where(contact_person.c.address == address, contact_person.c.state != ContactState.WRONG)
        .distinct()
    )
    return tuple((await db.execute(query)).scalars())


async def wrote_at(db: Database, payer_id: int) -> datetime | None:
    found = await db.execute(select(payer.c.wrote_at).where(payer.c.id == payer_id))
    moment: datetime | None = found.scalar_one_or_none()
    return moment


async def note_wrote(db: Database, payer_id: int, *, at: datetime) -> None:
    """This function will note when a payer wrote last; an older message that comes late changes nothing."""
    is_newer = or_(payer.c.wrote_at.is_(None), payer.c.wrote_at < at)
    await db.execute(update(payer).where(payer.c.id == payer_id, is_newer).values(wrote_at=at))


async def mark_wrong_number(db: Database, address: str) -> None:
    """This function will disable a number at once, for every customer it is listed under (G7)."""
    await db.execute(update(contact_person).where(contact_person.c.address == address).values(state=ContactState.WRONG))


async def mark_not_on_whatsapp(db: Database, address: str) -> None:
    """This function will note that a number has no WhatsApp; it can still be called."""
    await db.execute(update(contact_person).where(contact_person.c.address == address).values(on_whatsapp=False))


async def set_consent(db: Database, address: str, state: ConsentState, *, how: str, at: datetime) -> None:
    await db.execute(
        update(contact_person)
        .where(contact_person.c.address == address)
        .values(consent=state, consent_how=how, consent_at=at)
    )


async def count_without_consent(db: Database) -> int:
    """This function will count customers with an open balance whom the machine may not write to (7)."""
    consenting = select(contact_person.c.customer_id).where(
        contact_person.c.consent == ConsentState.GIVEN, contact_person.c.state != ContactState.WRONG
    )
    owing = select(invoice.c.customer_id).where(invoice.c.balance > 0)
    query = select(func.count()).select_from(customer).where(customer.c.id.in_(owing), customer.c.id.not_in(consenting))
    return int((await db.execute(query)).scalar_one())


async def search(db: Database, words: str, *, actor: Person, most: int = 8) -> tuple[Customer, ...]:
    """This function will find customers by name, code or invoice number, among those the person may see (G17)."""
    wanted = words.strip().lower()
    by_invoice = select(invoice.c.customer_id).where(func.lower(invoice.c.number).contains(wanted, autoescape=True))
    query = rows.of(customer, Customer).where(
        or_(
            func.lower(customer.c.name).contains(wanted, autoescape=True),
            func.lower(customer.c.code).contains(wanted, autoescape=True),
            customer.c.id.in_(by_invoice),
        ),
        await _is_seen_by(db, actor),
    )
    return await rows.listed(db, query.order_by(customer.c.name, customer.c.id).limit(most), Customer)


async def visible_payer(db: Database, payer_id: int, *, actor: Person) -> tuple[Customer, ...]:
    """This function will give the payer's customers if the person may see them, else none."""
    query = rows.of(customer, Customer).where(customer.c.payer_id == payer_id, await _is_seen_by(db, actor))
    return await rows.listed(db, query.order_by(customer.c.id), Customer)


async def _is_seen_by(db: Database, actor: Person) -> ColumnElement[bool]:
    """His own customers, those he covers for a colleague or works a card of; finance and managers see all."""
    if actor.role in CONFIRMERS:
        return true()
    working = select(follow_up.c.payer_id).where(
        follow_up.c.collector_id == actor.id, follow_up.c.state == FollowUpState.OPEN
    )
    owners = await absences.owners_worked_by(db, actor.id)
    return or_(customer.c.collector_id.in_(owners), customer.c.sales_id == actor.id, customer.c.payer_id.in_(working))


@dataclass(frozen=True, kw_only=True, slots=True)
class NewContactPerson:
    """A number to be added at a customer's."""

    customer_id: int
    address: str
    on_whatsapp: bool
    state: ContactState
    name: str | None = None
    salutation: str | None = None
    consent: ConsentState = ConsentState.UNKNOWN


async def add_contact(db: Database, new: NewContactPerson) -> None:
    """This function will add a contact person; a number that is there already is left as it is."""
    values = {name: getattr(new, name) for name in NewContactPerson.__dataclass_fields__}
    await rows.add_once(db, contact_person, values)


async def mark_listed(db: Database, address: str) -> None:
    """This function will take back "wrong number" (undo)."""
    await db.execute(
        update(contact_person).where(contact_person.c.address == address).values(state=ContactState.LISTED)
    )


async def payer_of_code(db: Database, code: str) -> int | None:
    """This function will find whose customer code was typed, whatever the capitals."""
    query = select(customer.c.payer_id).where(func.lower(customer.c.code) == code.strip().casefold())
    return (await db.execute(query)).scalar_one_or_none()
