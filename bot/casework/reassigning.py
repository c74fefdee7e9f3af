"""Customers go to another collector for good: one payer, a part, or all; both hear of it once (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.buttons import ListCards, MoveAll, StartCards
from bot.buttons.staffing import POOL
from bot.casework import handing, leave, notices, record
from bot.casework.notices import Post
from bot.reply import screen, tap
from bot.turn import Desk, Turn
from sop.money import Money
from sop.people import Person, PersonState, Role
from sop.reassignment import NothingToMove, Owned, Part, Share, part_named, parts_of, spread_over
from sop.refusal import Refused
from storage import NotFound, absences, assignments, customers, invoices, people
from storage.assignments import Move
from storage.outbox import URGENT


class NoTarget(Refused):
    """The one chosen is no collector (any more), or has the customers already."""

    message: ClassVar[str] = "manager/refused_no_target"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A bulk move as it is now: whose customers, which, and what each would get."""

    owner: Person
    part: Part
    to_id: int
    shares: tuple[Share, ...]
    targets: dict[int, Person]

    @property
    def count(self) -> int:
        return len(self.part.payers)


async def owner_of(turn: Turn, person_id: int) -> Person:
    """This function will load whose customers may go; also of somebody who left. Raises NotFound."""
    person = await people.get(turn.db, person_id)
    if person.role is not Role.COLLECTOR:
        raise NotFound("person")
    return person


async def targets_beside(turn: Turn, person_id: int | None) -> tuple[Person, ...]:
    """This function will list the collectors who may get customers: who works here, also who has no chat yet."""
    staff = await people.with_roles(turn.db, Role.COLLECTOR, reachable_only=False)
    return tuple(one for one in staff if one.id != person_id)


async def parts(turn: Turn, owner: Person) -> tuple[Part, ...]:
    """This function will list what of somebody's customers may go."""
    return parts_of(await _owned(turn, owner))


async def wanted(turn: Turn, person_id: int, code: str, to_id: int) -> Wanted:
    """This function will work out a move as it would be now. Raises NotFound, NothingToMove and NoTarget."""
    owner = await owner_of(turn, person_id)
    part = part_named(await _owned(turn, owner), code)
    staff = {one.id: one for one in await targets_beside(turn, owner.id)}
    chosen = list(staff) if to_id == POOL else [to_id]
    if not chosen or any(one not in staff for one in chosen):
        raise NoTarget()
    return Wanted(owner=owner, part=part, to_id=to_id, shares=spread_over(part.payers, chosen), targets=staff)


async def carry_out(turn: Turn, move: Wanted) -> None:
    """This function will move the customers with their open cards, and tell both sides."""
    for share in move.shares:
        payer_ids = [one.payer_id for one in share.payers]
        await _assign(turn, Move(payer_ids=payer_ids, from_id=move.owner.id, to_id=share.to_id, by_id=turn.actor.id))
        told = screen(
            "collector/customers_gained",
            (tap("start", StartCards()), tap("list", ListCards())),
            owner=move.owner.name,
            count=len(share.payers),
            balance=share.balance,
            overdue=share.overdue,
        )
        await notices.tell(turn, move.targets[share.to_id], told, Post(urgency=URGENT))
    names = [move.targets[one.to_id].name for one in move.shares]
    await _tell_owner(turn, move.owner, names, count=move.count, payer=None)


async def move_payer(turn: Turn, payer_id: int, to_id: int) -> Person:
    """This function will give one payer to another collector. Raises NotFound and NoTarget."""
    his = await customers.visible_payer(turn.db, payer_id, actor=turn.actor)
    if not his:
        raise NotFound("payer")
    owners = {one.collector_id for one in his}
    target = next((one for one in await targets_beside(turn, None) if one.id == to_id), None)
    if target is None or owners == {target.id}:
        raise NoTarget()
    await _assign(turn, Move(payer_ids=[payer_id], from_id=None, to_id=target.id, by_id=turn.actor.id))
    owed = await invoices.open_of(turn.db, payer_id)
    total = Money.total(one.balance for one in owed)
    told = screen("collector/customer_gained", payer=his[0].name, balance=total)
    await notices.tell(turn, target, told, Post(urgency=URGENT))
    for owner_id in sorted(one for one in owners if one not in (None, target.id)):
        await _tell_owner(turn, await people.get(turn.db, owner_id), [target.name], count=1, payer=his[0].name)
    return target


async def let_go(desk: Desk, person: Person) -> None:
    """This function will put the work of somebody who left into the pool and ask the managers to reassign it."""
    await leave.drop_cover(desk, person)
    moved = await absences.divert_cards(desk.db)
    if person.role is not Role.COLLECTOR:
        return
    owned = await assignments.owned_by(desk.db, person.id, today=desk.day_in(None))
    if not owned:
        return
    shown = screen(
        "manager/collector_left",
        (tap("move_all", MoveAll(person.id)),),
        name=person.name,
        count=len(owned),
        balance=Money.total(one.balance for one in owned),
        overdue=Money.total(one.overdue for one in owned),
        cards=moved,
    )
    await notices.tell_managers(desk, shown, Post(urgency=URGENT))


async def _owned(turn: Turn, owner: Person) -> tuple[Owned, ...]:
    return await assignments.owned_by(turn.db, owner.id, today=turn.day_in(None))


async def _assign(turn: Turn, move: Move) -> None:
    worker_id = await absences.worker_of(turn.db, move.to_id)
    if not await assignments.move(turn.db, move, worker_id=worker_id, now=turn.now):
        raise NothingToMove()
    noted = [(payer_id, {"from": move.from_id, "to": move.to_id}) for payer_id in move.payer_ids]
    await record.note_all(turn, "collector_changed", noted)


async def _tell_owner(turn: Turn, owner: Person, names: Sequence[str], *, count: int, payer: str | None) -> None:
    if owner.state is PersonState.REVOKED:
        return
    await handing.withdraw(turn, owner)
    told = screen("collector/customers_moved", names=list(names), count=count, payer=payer)
    await notices.tell(turn, owner, told, Post(urgency=URGENT))
