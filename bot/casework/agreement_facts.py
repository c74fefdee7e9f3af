"""What a question to the managers shows of the plan or the relief it is about (section 5)."""

from __future__ import annotations

from typing import Any

from bot.casework import cases
from bot.casework.plan_standing import look
from bot.turn import Desk
from sop.escalation import Escalation, EscalationReason
from storage import plans, reliefs

_PLANS = frozenset({EscalationReason.INSTALMENTS, EscalationReason.PLAN_MISSED})
ABOUT_AGREEMENTS = _PLANS | {EscalationReason.RELIEF, EscalationReason.NEW_TERMS}


async def asked_of(desk: Desk, one: Escalation) -> dict[str, Any]:
    """This function will give the schedule of a plan with what became of it, or the relief that is asked for."""
    if one.reason in _PLANS:
        return {"plan": await _plan(desk, one.subject_id or 0)}
    relief = await reliefs.get(desk.db, one.subject_id or 0)
    terms = next(iter(await reliefs.terms_of(desk.db, relief.payer_id)), None)
    facts = {
        "kind": relief.kind,
        "amount": relief.amount,
        "until_on": relief.until_on,
        "term_days": relief.term_days,
        "before": None if terms is None else terms.term_days,
    }
    return {"relief": facts}


async def _plan(desk: Desk, plan_id: int) -> dict[str, Any]:
    plan = await plans.get(desk.db, plan_id)
    judged = await look(desk, plan, await cases.load(desk, plan.payer_id))
    has_begun = plan.consent_at is not None
    return {
        "way": plan.way,
        "total": plan.amount,
        "paid": judged.money.received if has_begun else None,
        "schedule": [
            {"number": row.number, "on": row.due_on, "amount": row.amount, "state": found if has_begun else None}
            for row, found in zip(judged.rows, judged.found, strict=True)
        ],
    }
