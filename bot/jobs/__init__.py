"""What falls due by the clock. A due thing is a row; the heartbeat only asks which rows are due now.

Every job claims its planned moment in `job_run`, in the transaction of its effects: of three replicas one does it,
and a moment that was missed is caught up at the next beat.
"""

from __future__ import annotations

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
    letter_follow_up,
    planning,
    pool,
    returning,
    sales_mornings,
    standing,
    unassigned,
    visit_reports,
    warning_letters,
)
from bot.clock import Clock
from bot.jobs.beat import Beat, Job
from bot.turn import World
from storage import Store

JOBS: tuple[Job, ...] = (
    Job(name="leave", run=leave.follow_due),
    Job(name="plan", run=planning.plan_due),
    Job(name="standing", run=standing.count_due),
    Job(name="snapshot", run=planning.snapshot_due),
    Job(name="digest", run=digest.send_due),
    Job(name="pool", run=pool.tell_due),
    Job(name="digest_unopened", run=digest.ask_unopened),
    Job(name="returning", run=returning.push_due),
    Job(name="by_hand", run=by_hand.offer_due),
    Job(name="deadlines", run=escalations.chase_deadlines),
    Job(name="sales_late", run=sales_mornings.tell_due),
    Job(name="letters", run=warning_letters.keep_true),
    Job(name="visits", run=visit_reports.follow_due),
    Job(name="letters_unanswered", run=letter_follow_up.ask_due),
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
    """This function will do everything that is due now, one job apart from the other; gives how much was done."""
    return await Beat(store=store, world=world, now=await clock.now()).run(JOBS)
