"""Money that finds its invoices: every consequence, and one thanks (section 8; 004)."""

from __future__ import annotations

from bot.casework import credit_use, redrawing, settlement, settlements, shortfalls, thanks
from bot.casework.thanks import Transfer
from bot.turn import Desk
from sop.allocation import Payable
from sop.case import Case
from sop.hold import HoldKind

SET_ASIDE = frozenset({HoldKind.DISPUTE, HoldKind.CASH_IN_HAND, HoldKind.GIRO, HoldKind.PLAN})


async def placed(desk: Desk, transfer: Transfer) -> None:
    """This function will draw every consequence of money that was just put on invoices, or kept as credit."""
    if not await settlements.earn(desk, transfer.payer_id, payment_id=transfer.payment_id):
        await shortfalls.explain(desk, transfer)
    settled = await settlement.draw(desk, transfer.payer_id)
    await thanks.say(desk, settled, transfer)
    await redrawing.everywhere(
        desk, f"{credit_use.SUBJECT}{transfer.payer_id}", await credit_use.shown(desk, transfer.payer_id)
    )


def payables_of(case: Case) -> tuple[Payable, ...]:
    """This function will list what a payer may pay; disputed, giro and plan invoices only when they are named."""
    held = {one.invoice_id for one in case.holds if one.kind in SET_ASIDE}
    return tuple(
        Payable(invoice_id=one.id, due_on=one.due_on, balance=one.balance, set_aside=bool(held & {None, one.id}))
        for one in case.invoices
    )
