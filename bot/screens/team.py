"""The managers' view of their collectors, and the report as a text that fits a phone (sections 3, 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.buttons import (
    AskCap,
    AskLeave,
    EndLeave,
    ListCollectorCards,
    ListCollectorPromises,
    ListCollectors,
    MoveAll,
    OpenCollector,
    OpenRecord,
    ReassignToday,
)
from bot.reply import Rows, Screen, in_columns, screen, tap
from sop.absence import Absence
from sop.people import Person, PersonState
from sop.promise import Promise
from storage.team import Numbers, OpenCard


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectorFacts:
    """One collector: his numbers, his leave in force, and who stands in."""

    person: Person
    numbers: Numbers
    leave: Absence | None
    cover: str | None
    cap: int

    @property
    def is_gone(self) -> bool:
        return self.person.state is PersonState.REVOKED


def collectors_screen(team: Sequence[CollectorFacts], *, pool: int) -> Screen:
    """This function will list the collectors with today's state, a button each."""
    taps = [tap("cover_name", OpenCollector(one.person.id), name=one.person.name) for one in team]
    lines = [{"name": one.person.name, **_values(one)} for one in team]
    return screen("manager/collectors", *in_columns(taps, columns=2), collectors=lines, pool=pool)


def collector_screen(one: CollectorFacts) -> Screen:
    """This function will draw one collector with what a manager may do."""
    return screen("manager/collector", *_rows(one), name=one.person.name, cap=one.cap, **_values(one))


def cards_screen(person: Person, cards: Sequence[OpenCard], *, page: int, size: int) -> Screen:
    """This function will list a collector's open cards; a button opens the record."""
    shown = cards[page * size : (page + 1) * size]
    rows = [(tap("card_row", OpenRecord(one.payer_id), step=one.step, payer=one.payer),) for one in shown]
    before = (tap("earlier", ListCollectorCards(person.id, page - 1)),) if page else ()
    after = (tap("later_page", ListCollectorCards(person.id, page + 1)),) if len(cards) > (page + 1) * size else ()
    back = (tap("back", OpenCollector(person.id)),)
    return screen("manager/collector_cards", *rows, (*before, *after), back, name=person.name, count=len(cards))


def promises_screen(person: Person, promises: Sequence[Promise], names: Mapping[int, str]) -> Screen:
    """This function will list the open promises of a collector's customers, the earliest first."""
    rows = [
        (tap("promise_row", OpenRecord(one.payer_id), payer=names[one.payer_id], on=one.promised_on),)
        for one in promises
    ]
    lines = [{"payer": names[one.payer_id], "amount": one.amount, "on": one.promised_on} for one in promises]
    back = (tap("back", OpenCollector(person.id)),)
    return screen("manager/collector_promises", *rows, back, name=person.name, promises=lines)


def _rows(one: CollectorFacts) -> Rows:
    person_id = one.person.id
    look = (tap("collector_cards", ListCollectorCards(person_id)), tap("promises", ListCollectorPromises(person_id)))
    move = (tap("move_all", MoveAll(person_id)),) if one.numbers.customers else ()
    back = (tap("back", ListCollectors()),)
    if one.is_gone:
        return (move, back)
    away = (tap("leave", AskLeave(person_id)), tap("reassign_today", ReassignToday(person_id)))
    if one.leave is not None:
        away = (tap("back_again", EndLeave(one.leave.id)), tap("leave", AskLeave(person_id)))
    return (look, away, (*move, tap("cap", AskCap(person_id))), back)


def _values(one: CollectorFacts) -> dict[str, Any]:
    return {
        "open": one.numbers.open,
        "done": one.numbers.done,
        "customers": one.numbers.customers,
        "promised": one.numbers.promised,
        "overdue": one.numbers.overdue,
        "total": one.numbers.total,
        "away_until": None if one.leave is None else one.leave.until_on,
        "cover": one.cover,
        "gone": one.is_gone,
    }
