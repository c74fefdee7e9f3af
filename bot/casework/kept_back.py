"""A part kept back: how it is shown, and how its question ends (section 8)."""

from __future__ import annotations

from bot.casework import errands, record, redrawing
from bot.reply import Screen
from bot.screens.deduction import SUBJECT, DeductionFacts, deduction_screen
from bot.turn import Desk, Turn
from sop.deductions import DeductionState, KeptBack, fitting
from sop.errand import ErrandKind
from sop.hold import HoldKind
from storage import customers, holds, invoices
from storage import deductions as stored


async def shown(desk: Desk, deduction_id: int) -> Screen:
    """This function will draw a deduction as it is now."""
    kept = await stored.get(desk.db, deduction_id)
    (invoice,) = await invoices.listed(desk.db, [kept.invoice_id])
    his = await customers.of_payer(desk.db, kept.payer_id)
    fits = fitting(invoice.amount, kept.amount, policy=desk.policy)
    return deduction_screen(DeductionFacts(kept=kept, invoice=invoice, payer=his[0].name, fits=fits))


async def drop(desk: Desk, kept: KeptBack) -> None:
    """This function will end the question and its hold without any other consequence."""
    await holds.end(
        desk.db, payer_id=kept.payer_id, kind=HoldKind.DEDUCTION, invoice_ids=[kept.invoice_id], now=desk.now
    )
    await close(desk, kept, state=DeductionState.REJECTED)


async def drop_settled(desk: Desk, payer_id: int) -> None:
    """This function will end the questions about invoices that are settled by now."""
    for kept in await stored.settled(desk.db, payer_id):
        await drop(desk, kept)


async def close(desk: Desk, kept: KeptBack, **values: object) -> None:
    """This function will write down how a question ended, and end what was ordered and shown for it."""
    by_id = desk.actor.id if isinstance(desk, Turn) else None
    await stored.change(desk.db, kept.id, closed_by_id=by_id, closed_at=desk.now, **values)
    await errands.cancel_for_subject(desk, (ErrandKind.TAX_DOCUMENT,), kept.id)
    details = {"deduction": kept.id, "state": values["state"], "amount": kept.amount}
    await record.note(desk, "deduction_closed", payer_id=kept.payer_id, **details)
    await redrawing.everywhere(desk, f"{SUBJECT}{kept.id}", await shown(desk, kept.id))
