"""What falls due by the clock. A due thing is a row; the heartbeat only asks which rows are due now.

Every job claims its planned moment in `job_run`, in the transaction of its effects: of three replicas one does it,
and a moment that was missed is caught up at the next beat.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from bot.casework import (
    by_hand,
    cash,
    claims,
    credit_use,
    digest,
    dispute_chase,
    errands,
    escalations,
    exchanges,
    giros,
    leave,
    planning,
    returning,
    sales_mornings,
    standing,
    unassigned,
    warning_letters,
)
from bot.clock import Clock
from bot.turn import Desk, World
from storage import Store

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One kind of due thing. `run` does what is due at the desk's moment and says how many things it did."""

    name: str
    run: Callable[[Desk], Awaitable[int]]


JOBS: tuple[Job, ...] = (
    Job(name="leave", run=leave.follow_due),
    Job(name="plan", run=planning.plan_due),
    Job(name="standing", run=standing.count_due),
    Job(name="snapshot", run=planning.snapshot_due),
    Job(name="digest", run=digest.send_due),
    Job(name="digest_unopened", run=digest.ask_unopened),
    Job(name="returning", run=returning.push_due),
    Job(name="by_hand", run=by_hand.offer_due),
    Job(name="deadlines", run=escalations.chase_deadlines),
    Job(name="sales_late", run=sales_mornings.tell_due),
    Job(name="letters", run=warning_letters.keep_true),
    Job(name="claims", run=claims.chase_claims),
    Job(name="deposits", run=cash.chase_deposits),
    Job(name="giros", run=giros.chase),
    Job(name="exchanges", run=exchanges.order_due),
    Job(name="errands", run=errands.chase),
    Job(name="disputes", run=dispute_chase.chase),
    Job(name="finance_morning", run=claims.morning),
    Job(name="unassigned", run=unassigned.remind),
    Job(name="credit_use", run=credit_use.ask_due),
)


async def tick(*, store: Store, clock: Clock, world: World) -> int:
    """This function will do everything that is due now, each job in its own transaction; gives how much was done."""
    now, done = await clock.now(), 0
    for job in JOBS:
        try:
            async with store.transaction() as db:
                done += await job.run(world.desk(db, now=now))
        except Exception:  # one job that fails must not keep the others from their hour
            log.exception("job_failed", action="job_failed", job=job.name)
    return done
