"""What a card says of a payer's instalments: the plan that runs, or the one he has not agreed to yet (section 3)."""

from __future__ import annotations

from typing import Any

from bot.casework import plan_letters
from bot.casework.plan_standing import look, plain_of
from bot.turn import Desk
from sop.case import Case
from sop.hold import HoldKind
from sop.plan import PROPOSED, Plan, PlanState, Standing, asked_now, next_due
from storage import plans as stored


async def of_payer(desk: Desk, case: Case) -> dict[str, Any] | None:
    """This function will give the line of a card about instalments; none where there are none."""
    alive = await stored.of_payer(desk.db, case.payer_id, *PROPOSED, PlanState.RUNNING)
    running = next((one for one in alive if one.state is PlanState.RUNNING), None)
    if running is not None:
        return await _running(desk, running, case)
    proposed = next(iter(alive), None)
    if proposed is None:
        return None
    deadline = plan_letters.deadline_of(desk, proposed, case) if proposed.state is PlanState.OFFERED else None
    return {"id": proposed.id, "state": proposed.state, "total": proposed.amount, "deadline": deadline}


def rests_by_plan(case: Case) -> bool:
    """This function will say whether some of a payer's invoices are paid in instalments."""
    return any(one.kind is HoldKind.PLAN for one in case.holds)


async def _running(desk: Desk, plan: Plan, case: Case) -> dict[str, Any]:
    judged = await look(desk, plan, case)
    rows = plain_of(judged.rows)
    following = next_due(rows, judged.found)
    return {
        "id": plan.id,
        "state": plan.state,
        "total": plan.amount,
        "paid": judged.money.received,
        "of": len(rows),
        "number": 1 + sum(one is Standing.PAID for one in judged.found),
        "missed": sum(one is Standing.MISSED for one in judged.found),
        "on": None if following is None else following.due_on,
        "asked": asked_now(rows, judged.money.received, today=case.today),
        "way": plan.way,
    }
