"""Steps that were held when their day came, and fall due when the hold ends without payment. (2)"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import update

from sop.follow_up import StepState
from sop.ladder import Step
from storage.engine import Database
from storage.tables import invoice_step


async def release_overdue(db: Database, invoice_ids: Iterable[int], *, today: date) -> int:
    """This function will let a held H+4 fall due today: its day comes once, and the managers must still hear of it."""
    released = await db.execute(
        update(invoice_step)
        .where(
            invoice_step.c.invoice_id.in_(list(invoice_ids)),
            invoice_step.c.step == Step.H_PLUS_4,
            invoice_step.c.state == StepState.HELD,
        )
        .values(state=StepState.DUE, planned_on=today, reason=None)
    )
    return int(released.rowcount)
