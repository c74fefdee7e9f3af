"""What the books know that a list may speak of, loaded once an import and compared in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from sop.ledger import Invoice
from sop.listed import Listed
from sop.listing import KnownCustomer, Party, Verdict, parties_of, payers_of, verdict_of
from sop.people import ConsentState, ContactState
from storage import exchanges, rows
from storage.engine import Database
from storage.tables import contact_person, customer, invoice

_AT_ONCE = 5_000  # numbers in one question: SQLite takes 32,766 values a statement


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownContact:
    """A contact person as the books have him."""

    id: int
    customer_id: int
    address: str
    name: str | None
    salutation: str | None
    state: ContactState
    consent: ConsentState
    consent_how: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One listed invoice and what it means; `known` is the books' invoice of that number."""

    listed: Listed
    verdict: Verdict
    known: Invoice | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """A list beside the books. `payers` has one number for each party: an id, or a negative number for a new payer.

    `missing` counts open invoices that the list does not name: they are left as they are.
    """

    parties: tuple[Party, ...]
    payers: tuple[int, ...]
    judged: tuple[Judged, ...]
    contacts: Mapping[int, tuple[KnownContact, ...]]
    missing: int

    def of(self, *verdicts: Verdict) -> tuple[Judged, ...]:
        return tuple(one for one in self.judged if one.verdict in verdicts)


async def compare(db: Database, listed: Sequence[Listed]) -> Comparison:
    """This function will lay a list beside the books; it changes nothing."""
    customers = await rows.listed(db, rows.of(customer, KnownCustomer).order_by(customer.c.id), KnownCustomer)
    contacts = await rows.listed(db, rows.of(contact_person, KnownContact).order_by(contact_person.c.id), KnownContact)
    parties, unclear = parties_of(listed, customers)
    known = await _invoices(db, [row.number for row in listed])
    earlier = await exchanges.earlier_due(db)
    judged = [_judged(row, party, known, earlier) for party in parties for row in party.rows]
    judged += [Judged(listed=row, verdict=Verdict.CUSTOMER_UNCLEAR, known=None) for row in unclear]
    return Comparison(
        parties=parties,
        payers=payers_of(parties, _payer_of_phone(customers, contacts), _wrong(contacts)),
        judged=tuple(sorted(judged, key=lambda one: one.listed.row)),
        contacts=_by_customer(contacts),
        missing=await _open_count(db) - sum(1 for one in known.values() if one.balance),
    )


def _judged(row: Listed, party: Party, known: Mapping[str, Invoice], earlier: Mapping[int, frozenset[date]]) -> Judged:
    found = known.get(row.number)
    customer_id = party.known.id if party.known else None
    due = frozenset[date]() if found is None else earlier.get(found.id, frozenset())
    return Judged(listed=row, verdict=verdict_of(row, found, customer_id=customer_id, earlier_due=due), known=found)


async def _invoices(db: Database, numbers: Sequence[str]) -> dict[str, Invoice]:
    found: dict[str, Invoice] = {}
    for some in _some_at_once(numbers):
        query = rows.of(invoice, Invoice).where(invoice.c.number.in_(some))
        found |= {one.number: one for one in await rows.listed(db, query, Invoice)}
    return found


def _some_at_once(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


async def _open_count(db: Database) -> int:
    return int((await db.execute(select(func.count()).where(invoice.c.balance > 0))).scalar_one())


def _payer_of_phone(customers: Sequence[KnownCustomer], contacts: Sequence[KnownContact]) -> dict[str, int]:
    """The payer of each number the books know; a wrong number says nothing about who belongs together."""
    payer_of = {one.id: one.payer_id for one in customers}
    found: dict[str, int] = {}
    for contact in contacts:
        if contact.state is not ContactState.WRONG:
            found.setdefault(contact.address, payer_of[contact.customer_id])
    return found


def _wrong(contacts: Sequence[KnownContact]) -> frozenset[str]:
    return frozenset(one.address for one in contacts if one.state is ContactState.WRONG)


def _by_customer(contacts: Sequence[KnownContact]) -> dict[int, tuple[KnownContact, ...]]:
    found: dict[int, list[KnownContact]] = {}
    for contact in contacts:
        found.setdefault(contact.customer_id, []).append(contact)
    return {customer_id: tuple(his) for customer_id, his in found.items()}
