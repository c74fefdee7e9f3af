"""Steps that were held when their day came, and fall due when the hold ends without payment. (2)"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, update

from sop.follow_up import StepState
from sop.ladder import Step
from storage.engine import Database
from storage.planning import PlanRun, holding_reason, in_zone
from storage.tables import invoice, invoice_step, payer


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


async def release_freed(db: Database, run: PlanRun) -> int:
    """This function will let every held H+4 fall due today that nothing holds any more, whatever held it before.

    More time that ran out, a claim that was not found, a dispute that was settled: the managers must hear of the debt.
    """
    freed = (
        select(invoice.c.id)
        .join(payer, payer.c.id == invoice.c.payer_id)
        .where(
            invoice.c.id == invoice_step.c.invoice_id,
            invoice.c.balance > 0,
            in_zone(run.zone),
            holding_reason().is_(None),
        )
        .exists()
    )
    held = (invoice_step.c.step == Step.H_PLUS_4, invoice_step.c.state == StepState.HELD)
    released = await db.execute(
        update(invoice_step).where(*held, freed).values(state=StepState.DUE, planned_on=run.today, reason=None)
    )
    return int(released.rowcount)


async def reopen_overdue(db: Database, invoice_ids: Iterable[int], *, today: date) -> int:
    """This function will let H+4 fall due again today on invoices that a reversal opened: managers hear anew."""
    reopened = await db.execute(
        update(invoice_step)
        .where(
            invoice_step.c.invoice_id.in_(list(invoice_ids)),
            invoice_step.c.step == Step.H_PLUS_4,
            invoice_step.c.state.in_((StepState.HELD, StepState.DONE)),
        )
        .values(state=StepState.DUE, planned_on=today, reason=None, done_at=None)
    )
    return int(reopened.rowcount)
