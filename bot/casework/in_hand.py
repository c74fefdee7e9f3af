"""What somebody has taken in cash and not deposited yet: his own list (section 3)."""

from __future__ import annotations

from bot.buttons import ListCash
from bot.reply import Screen, Tap, tap
from bot.screens.cash import in_hand_screen
from bot.turn import Desk
from sop.money import Money
from sop.people import Person
from storage import cash, payers


async def shown(desk: Desk, person: Person) -> Screen:
    """This function will list what a person has not deposited yet."""
    his = await cash.in_hand_of(desk.db, person.id)
    names = await payers.names(desk.db, list(dict.fromkeys(one.payer_id for one in his)))
    return in_hand_screen([(one, names[one.payer_id]) for one in his])


async def row(desk: Desk, person: Person) -> tuple[Tap, ...]:
    """This function will give `Tunai di tangan` with the sum, where there is any."""
    total = Money.total(one.amount for one in await cash.in_hand_of(desk.db, person.id))
    return (tap("my_cash", ListCash(), amount=total),) if total else ()
