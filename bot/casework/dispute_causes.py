"""What customers dispute in a month, by cause, with the money that waits: the loop back to who can mend it (004)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.buttons import OpenDispute, ShowCauses
from bot.casework import disputes
from bot.reply import Screen, Tap, screen, tap
from bot.turn import Desk
from storage import disputes as stored
from storage.disputes import CauseRow

MOST_BUTTONS = 20


async def of_month(desk: Desk, month: date) -> tuple[CauseRow, ...]:
    """This function will give the causes of the disputes opened in the month of a day, the most held first."""
    first = month.replace(day=1)
    since = desk.day_start(None).replace(year=first.year, month=first.month, day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    until = since.replace(year=following.year, month=following.month)
    return await stored.causes_between(desk.db, since, until)


async def shown(desk: Desk, month: date) -> Screen:
    """This function will draw a month's causes, and the disputes that still hold as buttons."""
    rows, first = await of_month(desk, month), month.replace(day=1)
    open_now = await stored.holding(desk.db)
    buttons: list[tuple[Tap, ...]] = []
    for dispute in open_now[:MOST_BUTTONS]:
        facts = await disputes.facts_of(desk, dispute)
        number, part = facts.invoice.number, dispute.part_of(facts.invoice.balance)
        row = tap("dispute_row", OpenDispute(dispute.id), payer=facts.payer, number=number, amount=part)
        buttons.append((row,))
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    later = (tap("later_page", ShowCauses(after)),) if after <= desk.day_in(None) else ()
    lines = [
        {
            "cause": one.cause,
            "opened": one.opened,
            "holding": one.holding,
            "held": one.held,
            "credited": one.credited,
            "rejected": one.rejected,
        }
        for one in rows
    ]
    turned = (tap("earlier", ShowCauses(before)), *later)
    return screen("manager/dispute_causes", *buttons, turned, month=first, causes=lines, open=len(open_now))
