"""What a newer receivable list means for the books: whose invoice it is, and what changed since. (sop 2.4, 8)

Nothing is guessed: a customer is found by his code, else by his exact name; a due date or an amount that differs from
the books is told, never taken over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sop.ledger import Invoice
from sop.listed import Listed
from sop.money import Money
from sop.terms import TermBasis


class Verdict(Enum):
    """What one listed invoice means. Only the first three may change the books."""

    NEW = "new"
    PAID_DOWN = "paid_down"
    UNCHANGED = "unchanged"
    DUE_CHANGED = "due_changed"  # due_on changes by tukar faktur or a decision only
    AMOUNT_CHANGED = "amount_changed"
    BALANCE_HIGHER = "balance_higher"  # the books know of money that the list does not
    OTHER_CUSTOMER = "other_customer"
    CUSTOMER_UNCLEAR = "customer_unclear"  # several customers bear this name, and the row has no code


ACCEPTED = frozenset({Verdict.NEW, Verdict.PAID_DOWN, Verdict.UNCHANGED})


def verdict_of(
    listed: Listed, known: Invoice | None, *, customer_id: int | None, earlier_due: Collection[date] = ()
) -> Verdict:
    """This function will compare a listed invoice with the books; `customer_id` none: a customer they do not know.

    `earlier_due` are its due dates before tukar faktur: a list that still says one of them says nothing new.
    """
    if known is None:
        return Verdict.NEW
    if known.customer_id != customer_id:
        return Verdict.OTHER_CUSTOMER
    if known.due_on != listed.due_on and listed.due_on not in earlier_due:
        return Verdict.DUE_CHANGED
    if known.amount != listed.amount:
        return Verdict.AMOUNT_CHANGED
    return _by_balance(listed.balance, known.balance)


def _by_balance(listed: Money, known: Money) -> Verdict:
    if listed == known:
        return Verdict.UNCHANGED
    return Verdict.PAID_DOWN if listed < known else Verdict.BALANCE_HIGHER


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownCustomer:
    """A customer in the books; `collector_id` may differ from the listed collector when he was reassigned since."""

    id: int
    payer_id: int
    code: str | None
    name: str
    zone: str | None
    segment: str | None
    collector_id: int | None
    listed_collector: str | None
    sales_id: int | None = None
    listed_sales: str | None = None
    exchange_days: Mapping[str, Any] | None = None
    pay_days: Mapping[str, Any] | None = None
    term_basis: TermBasis | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """The rows of one customer of the list; `known` is none for a customer the books do not have."""

    known: KnownCustomer | None
    rows: tuple[Listed, ...]

    @property
    def code(self) -> str | None:
        return next((row.customer_code for row in self.rows if row.customer_code), None)

    @property
    def collector(self) -> str | None:
        """Whom the list names first."""
        return next((row.collector for row in self.rows if row.collector is not None), None)

    @property
    def phones(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(phone for row in self.rows for phone in row.phones))

    @property
    def may_be_written_to(self) -> bool:
        """Whether the list lets the machine write to him (7)."""
        return any(row.consent and row.whatsapp_phones for row in self.rows)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A customer whom the list gives to another collector than the one chosen here: he stays where he is."""

    customer: str
    listed: str
    collector_id: int | None


def kept_of(parties: Iterable[Party], ids: Mapping[str, int], *, decided: Collection[int]) -> tuple[Kept, ...]:
    """This function will list whom a list does not move, because somebody chose his collector here. (3)

    `ids` says who is meant by a plain name, `decided` which customers' collector was chosen here.
    """
    return tuple(
        Kept(customer=known.name, listed=party.collector or "", collector_id=known.collector_id)
        for party in parties
        if (known := party.known) is not None
        and known.id in decided
        and party.collector is not None
        and ids.get(plain_name(party.collector)) != known.collector_id
    )


def plain_name(name: str) -> str:
    """This function will give the form in which two names are the same: no capitals, dots, commas or double spaces."""
    return " ".join(name.casefold().replace(".", " ").replace(",", " ").split())


def parties_of(
    rows: Sequence[Listed], customers: Iterable[KnownCustomer]
) -> tuple[tuple[Party, ...], tuple[Listed, ...]]:
    """This function will sort a list's rows by customer; the second are rows whose customer is not clear."""
    matching = _Matching(customers)
    for row in rows:
        if row.customer_code:
            matching.take_coded(row)
    unclear = tuple(row for row in rows if not row.customer_code and not matching.take_named(row))
    return matching.parties(), unclear


class _Matching:
    """Finds each row's customer: rows with a code first, since they say which codes a name has."""

    def __init__(self, customers: Iterable[KnownCustomer]) -> None:
        self._by_code: dict[str, KnownCustomer] = {}
        self._by_name: dict[str, list[KnownCustomer]] = {}
        self._rows: dict[str, list[Listed]] = {}
        self._known: dict[str, KnownCustomer | None] = {}
        self._keys_of_name: dict[str, set[str]] = {}
        for one in customers:
            if one.code:
                self._by_code[one.code.casefold()] = one
            self._by_name.setdefault(plain_name(one.name), []).append(one)

    def take_coded(self, row: Listed) -> None:
        code, name = (row.customer_code or "").casefold(), plain_name(row.customer)
        known = self._by_code.get(code) or self._without_code(name, code)
        self._put(row, known, f"code:{code}")

    def take_named(self, row: Listed) -> bool:
        name = plain_name(row.customer)
        keys = {f"id:{one.id}" for one in self._by_name.get(name, ())} | self._keys_of_name.get(name, set())
        if len(keys) > 1:
            return False
        known = self._by_name[name][0] if self._by_name.get(name) else None
        self._put(row, known, next(iter(keys), f"name:{name}"))
        return True

    def parties(self) -> tuple[Party, ...]:
        return tuple(Party(known=self._known[key], rows=tuple(rows)) for key, rows in self._rows.items())

    def _without_code(self, name: str, code: str) -> KnownCustomer | None:
        """A customer known by this very name who has no code yet; one code may take him, not two."""
        same = self._by_name.get(name, [])
        if len(same) != 1 or same[0].code:
            return None
        taken = self._keys_of_name.get(name, set())
        return same[0] if taken <= {f"id:{same[0].id}"} and self._adopted(same[0], code) else None

    def _adopted(self, known: KnownCustomer, code: str) -> bool:
        rows = self._rows.get(f"id:{known.id}", [])
        return all((row.customer_code or "").casefold() == code for row in rows)

    def _put(self, row: Listed, known: KnownCustomer | None, key: str) -> None:
        key = key if known is None else f"id:{known.id}"
        self._known.setdefault(key, known)
        self._rows.setdefault(key, []).append(row)
        self._keys_of_name.setdefault(plain_name(row.customer), set()).add(key)


def payers_of(parties: Sequence[Party], payer_of_phone: Mapping[str, int], wrong: Collection[str]) -> tuple[int, ...]:
    """This function will say who pays together: for each party the payer's id, or a negative number for a new payer.

    Customers that share a number have one payer (1), unless somebody said that it is a `wrong` one. Two payers that
    exist already are never merged: the earlier one takes the new customer.
    """
    groups = _Groups()
    for phone, payer_id in payer_of_phone.items():
        groups.join(phone, payer_id)
    for place, party in enumerate(parties):
        for phone in set(party.phones).difference(wrong):
            groups.join(phone, _mark(place, party))
    found: dict[str | int, int] = {}
    for member in groups.members():
        if isinstance(member, int):
            root = groups.root(member)
            found[root] = _preferred(found.get(root), member)
    return tuple(
        party.known.payer_id if party.known else found.get(groups.root(_mark(place, party)), _mark(place, party))
        for place, party in enumerate(parties)
    )


def _mark(place: int, party: Party) -> int:
    """A payer that exists by his id; one still to be made by a negative number of the place in the list."""
    return party.known.payer_id if party.known else -place - 1


def _preferred(one: int | None, other: int) -> int:
    """The earliest payer of the books, else the earliest of the list."""
    if one is None:
        return other
    return min((one, other), key=lambda mark: (mark < 0, abs(mark)))


class _Groups:
    """What belongs together: phones and payers, joined two at a time."""

    def __init__(self) -> None:
        self._above: dict[str | int, str | int] = {}

    def root(self, member: str | int) -> str | int:
        while (above := self._above.setdefault(member, member)) != member:
            self._above[member] = self._above[above]
            member = above
        return member

    def join(self, one: str | int, other: str | int) -> None:
        self._above[self.root(one)] = self.root(other)

    def members(self) -> tuple[str | int, ...]:
        return tuple(self._above)
