"""Which customers go to whom, and the preview before they do (section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.buttons import Cancel, ConfirmMove, MoveAll, MovePayerTo, MoveSome, MoveTo, OpenCollector, OpenRecord
from bot.buttons.staffing import POOL
from bot.reply import Screen, Tap, in_columns, screen, tap
from sop.money import Money
from sop.people import Person
from sop.reassignment import Part, PartKind, Share


def parts_screen(owner: Person, parts: Sequence[Part]) -> Screen:
    """This function will ask which of a collector's customers go."""
    rows = [(_part_tap(owner, one),) for one in parts]
    return screen(
        "manager/move_what",
        *rows,
        (tap("back", OpenCollector(owner.id)),),
        name=owner.name,
        count=len(parts[0].payers) if parts else 0,
    )


def targets_screen(owner: Person, part: Part, targets: Sequence[Person]) -> Screen:
    """This function will ask to whom; several may share them evenly."""
    taps = [tap("cover_name", MoveTo(owner.id, part.code, one.id), name=one.name) for one in targets]
    evenly = (tap("spread", MoveTo(owner.id, part.code, POOL)),) if len(targets) > 1 else ()
    return screen(
        "manager/move_whom",
        *in_columns(taps, columns=2),
        evenly,
        (tap("back", MoveAll(owner.id)),),
        name=owner.name,
        count=len(part.payers),
        balance=Money.total(one.balance for one in part.payers),
    )


def move_preview_screen(owner: Person, part: Part, to_id: int, shares: Iterable[tuple[Person, Share]]) -> Screen:
    """This function will show what each would get, before anything moves."""
    confirm = tap("correct", ConfirmMove(owner.id, part.code, to_id, len(part.payers)))
    return screen(
        "manager/move_preview",
        (confirm, tap("change", MoveSome(owner.id, part.code))),
        (tap("cancel", Cancel()),),
        name=owner.name,
        count=len(part.payers),
        balance=Money.total(one.balance for one in part.payers),
        shares=share_lines(shares),
    )


def moved_screen(owner: Person, count: int, shares: Iterable[tuple[Person, Share]]) -> Screen:
    """This function will confirm what went to whom."""
    return screen(
        "manager/moved",
        (tap("back", OpenCollector(owner.id)),),
        name=owner.name,
        count=count,
        shares=share_lines(shares),
    )


def payer_targets_screen(payer_id: int, name: str, owner: str | None, targets: Iterable[Person]) -> Screen:
    """This function will ask to whom one payer goes."""
    taps = [tap("cover_name", MovePayerTo(payer_id, one.id), name=one.name) for one in targets]
    back = (tap("back", OpenRecord(payer_id)),)
    return screen("manager/move_payer", *in_columns(taps, columns=2), back, payer=name, owner=owner)


def share_lines(shares: Iterable[tuple[Person, Share]]) -> list[dict[str, object]]:
    """This function will write who gets what."""
    return [
        {"name": person.name, "count": len(share.payers), "balance": share.balance, "overdue": share.overdue}
        for person, share in shares
    ]


def _part_tap(owner: Person, part: Part) -> Tap:
    button = MoveSome(owner.id, part.code)
    if part.kind is PartKind.ALL:
        return tap("part_all", button, count=len(part.payers))
    label = "part_class" if part.kind is PartKind.CLASS else "part_city"
    return tap(label, button, name=part.name, count=len(part.payers))
