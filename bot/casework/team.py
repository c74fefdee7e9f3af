"""The collectors as their managers see them: numbers, leave, cap (section 12; compared only here)."""

from __future__ import annotations

from typing import ClassVar

from bot.casework import record
from bot.screens.team import CollectorFacts
from bot.turn import Turn
from sop.absence import Absence
from sop.people import Person, PersonState, Role
from sop.refusal import Refused
from storage import NotFound, absences, people, team

MOST_CAP = 500


class CapUnclear(Refused):
    """Not a number of cards, or more than anybody works in a day."""

    message: ClassVar[str] = "manager/refused_cap"


async def all_of(turn: Turn) -> tuple[CollectorFacts, ...]:
    """This function will describe every collector who works here, and those who left while customers are theirs."""
    staff = await people.of_role(turn.db, Role.COLLECTOR)
    found = await _described(turn, staff)
    return tuple(one for one in found if not one.is_gone or one.numbers.customers)


async def one_of(turn: Turn, person_id: int) -> CollectorFacts:
    """This function will describe one collector. Raises NotFound."""
    person = await people.get(turn.db, person_id)
    if person.role is not Role.COLLECTOR:
        raise NotFound("person")
    return (await _described(turn, (person,)))[0]


async def set_cap(turn: Turn, person_id: int, typed: str) -> int:
    """This function will set how many cards a collector works in a day. Raises NotFound and CapUnclear."""
    await one_of(turn, person_id)
    plain = typed.strip()
    if not plain.isdecimal() or not 1 <= int(plain) <= MOST_CAP:
        raise CapUnclear(most=MOST_CAP)
    await people.set_card_cap(turn.db, person_id, int(plain))
    await record.note(turn, "cap_set", person=person_id, cards=int(plain))
    return int(plain)


async def _described(turn: Turn, staff: tuple[Person, ...]) -> tuple[CollectorFacts, ...]:
    numbers = await team.numbers_of(turn.db, [one.id for one in staff], today=turn.day_in(None))
    leave = {one.person_id: one for one in await absences.alive(turn.db) if one.is_in_force}
    instead, names = await absences.acting(turn.db), await people.names(turn.db)

    def facts(person: Person) -> CollectorFacts:
        away: Absence | None = leave.get(person.id)
        cover_id = instead.get(person.id)
        return CollectorFacts(
            person=person,
            numbers=numbers[person.id],
            leave=away,
            cover=None if cover_id is None or person.state is PersonState.REVOKED else names[cover_id],
            cap=person.card_cap or turn.policy.desk.card_cap,
        )

    return tuple(facts(person) for person in staff)
