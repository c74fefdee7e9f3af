"""Customers go to another collector: one, a part or all of them, to one or spread over several. (sop 3)"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from sop.listing import plain_name
from sop.money import Money
from sop.refusal import Refused
from sop.signs import Abc


@dataclass(frozen=True, kw_only=True, slots=True)
class Owned:
    """A payer of a collector, with what he owes; `city` none where nobody knows it."""

    payer_id: int
    name: str
    city: str | None
    abc: Abc
    balance: Money
    overdue: Money


class PartKind(Enum):
    ALL = "all"
    CLASS = "class"
    CITY = "city"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some of a collector's payers: `code` stands on the button, `name` is a class or a city."""

    kind: PartKind
    code: str
    name: str
    payers: tuple[Owned, ...]


class NothingToMove(Refused):
    """The collector has no such customers (any more)."""

    message: ClassVar[str] = "manager/refused_nothing_to_move"


def parts_of(owned: Sequence[Owned]) -> tuple[Part, ...]:
    """This function will list what of a collector's customers may go: all, a class, a city; empty parts are left out.

    A city is numbered by its place in the alphabet of his cities.
    """
    parts = [Part(kind=PartKind.ALL, code="all", name="", payers=tuple(owned))]
    for abc in Abc:
        his = tuple(one for one in owned if one.abc is abc)
        parts.append(Part(kind=PartKind.CLASS, code=abc.value, name=abc.value.upper(), payers=his))
    cities = sorted({plain_name(one.city): one.city for one in owned if one.city}.items())
    for place, (plain, city) in enumerate(cities):
        his = tuple(one for one in owned if one.city and plain_name(one.city) == plain)
        parts.append(Part(kind=PartKind.CITY, code=f"k{place}", name=city, payers=his))
    return tuple(one for one in parts if one.payers)


def part_named(owned: Sequence[Owned], code: str) -> Part:
    """This function will give the part a button names. Raises NothingToMove."""
    found = next((one for one in parts_of(owned) if one.code == code), None)
    if found is None:
        raise NothingToMove()
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What one collector would get."""

    to_id: int
    payers: tuple[Owned, ...]

    @property
    def balance(self) -> Money:
        return Money.total(one.balance for one in self.payers)

    @property
    def overdue(self) -> Money:
        return Money.total(one.overdue for one in self.payers)


def spread_over(payers: Iterable[Owned], to_ids: Sequence[int]) -> tuple[Share, ...]:
    """This function will share payers out: everybody gets as many, give or take one, and about as much money.

    The largest go first, forwards and backwards in turn, so that the first collector does not get the largest of
    every round. Whoever would get none is left out.
    """
    shares: dict[int, list[Owned]] = {to_id: [] for to_id in to_ids}
    ordered = sorted(payers, key=lambda one: (-one.balance.sen, one.payer_id))
    for place, one in enumerate(ordered):
        lap, seat = divmod(place, len(to_ids))
        shares[to_ids[seat] if lap % 2 == 0 else to_ids[-1 - seat]].append(one)
    return tuple(Share(to_id=to_id, payers=tuple(his)) for to_id, his in shares.items() if his)
