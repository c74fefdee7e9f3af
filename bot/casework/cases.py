"""Loading one payer's case as it is in this transaction."""

from __future__ import annotations

from bot.turn import Desk
from sop.case import Case
from sop.hold import Moment
from storage import cash, customers, disputes, follow_ups, giros, holds, invoices, objections, promises


async def load(desk: Desk, payer_id: int) -> Case:
    """This function will read a payer's case as it is in this transaction."""
    his = await customers.of_payer(desk.db, payer_id)
    today = desk.day_in(his[0].zone if his else None)
    return Case(
        payer_id=payer_id,
        today=today,
        moment=Moment(now=desk.now, today=today),
        customers=his,
        contacts=await customers.contacts_of_payer(desk.db, payer_id),
        invoices=await invoices.open_of(desk.db, payer_id),
        steps=await follow_ups.latest_steps(desk.db, payer_id),
        holds=await holds.active(desk.db, payer_id),
        promises=await promises.of_payer(desk.db, payer_id),
        claims=await objections.claims_of_payer(desk.db, payer_id),
        disputes=await disputes.of_payer(desk.db, payer_id),
        cash=await cash.waiting_of_payer(desk.db, payer_id),
        giros=await giros.waiting_of_payer(desk.db, payer_id),
    )
