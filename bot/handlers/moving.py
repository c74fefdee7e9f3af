"""`Pindahkan`: a customer, a part or all of a collector's go to another, with a preview (section 3)."""

from __future__ import annotations

from bot.buttons import ConfirmMove, MoveAll, MovePayer, MovePayerTo, MoveSome, MoveTo
from bot.casework import reassigning
from bot.casework.reassigning import Wanted
from bot.reply import Reply, Screen, screen
from bot.screens.reassignment import (
    move_preview_screen,
    moved_screen,
    parts_screen,
    payer_targets_screen,
    targets_screen,
)
from bot.turn import Turn
from sop.people import Person
from sop.reassignment import NothingToMove, Share
from storage import NotFound, customers, people


async def choose_part(pressed: MoveAll, turn: Turn) -> Reply:
    """`Pindahkan semua`: all of them, a class, or a city."""
    owner = await reassigning.owner_of(turn, pressed.person_id)
    parts = await reassigning.parts(turn, owner)
    if not parts:
        raise NothingToMove()
    return Reply(screen=parts_screen(owner, parts))


async def choose_target(pressed: MoveSome, turn: Turn) -> Reply:
    """To one collector, or spread evenly over all others."""
    owner = await reassigning.owner_of(turn, pressed.person_id)
    part = next((one for one in await reassigning.parts(turn, owner) if one.code == pressed.part), None)
    if part is None:
        raise NothingToMove()
    return Reply(screen=targets_screen(owner, part, await reassigning.targets_beside(turn, owner.id)))


async def preview_move(pressed: MoveTo, turn: Turn) -> Reply:
    """What each would get, in customers and money."""
    return Reply(screen=_preview(await reassigning.wanted(turn, pressed.person_id, pressed.part, pressed.to_id)))


async def carry_out(pressed: ConfirmMove, turn: Turn) -> Reply:
    """`Benar`: what the preview named moves; when it is not the same any more, the fresh preview is shown."""
    move = await reassigning.wanted(turn, pressed.person_id, pressed.part, pressed.to_id)
    if move.count != pressed.seen:
        return Reply(screen=_preview(move), toast="manager/move_changed_toast")
    await reassigning.carry_out(turn, move)
    return Reply(screen=moved_screen(move.owner, move.count, _shares(move)))


async def choose_for_payer(pressed: MovePayer, turn: Turn) -> Reply:
    """`Pindahkan` in a record: to whom."""
    his = await customers.visible_payer(turn.db, pressed.payer_id, actor=turn.actor)
    if not his:
        raise NotFound("payer")
    owner_id = next((one.collector_id for one in his if one.collector_id is not None), None)
    owner = None if owner_id is None else (await people.get(turn.db, owner_id)).name
    targets = await reassigning.targets_beside(turn, owner_id)
    return Reply(screen=payer_targets_screen(pressed.payer_id, his[0].name, owner, targets))


async def move_payer(pressed: MovePayerTo, turn: Turn) -> Reply:
    """One payer goes over at once."""
    target = await reassigning.move_payer(turn, pressed.payer_id, pressed.to_id)
    return Reply(screen=await _payer_moved(turn, pressed.payer_id, target))


async def _payer_moved(turn: Turn, payer_id: int, target: Person) -> Screen:
    his = await customers.of_payer(turn.db, payer_id)
    return screen("manager/payer_moved", payer=his[0].name, name=target.name)


def _preview(move: Wanted) -> Screen:
    return move_preview_screen(move.owner, move.part, move.to_id, _shares(move))


def _shares(move: Wanted) -> list[tuple[Person, Share]]:
    return [(move.targets[one.to_id], one) for one in move.shares]
