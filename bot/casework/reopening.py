"""A payer's card of today, there again for a reason of its own: returned, declined, not found (sections 5, 6)."""

from __future__ import annotations

from bot.casework import cases
from bot.turn import Desk
from sop.case import Case
from sop.follow_up import ChannelState, FollowUp, FollowUpState
from sop.ladder import Step
from storage import follow_ups

ON_TOP = 0  # placed, so that no digest announces or orders it again: whoever reopens it tells the collector


async def reopen_card(desk: Desk, payer_id: int, *, reason: str) -> FollowUp:
    """This function will open the payer's card of today on top of the others, or make it; `reason` names its line."""
    case = await cases.load(desk, payer_id)
    card = await follow_ups.add(desk.db, _new_card(desk, case))
    fresh = {"state": FollowUpState.OPEN, "call": ChannelState.DUE, "return_at": None, "finished_at": None}
    await follow_ups.change(desk.db, card.id, **fresh, reason=reason, place=ON_TOP)
    return await follow_ups.get(desk.db, card.id)


def _new_card(desk: Desk, case: Case) -> dict[str, object]:
    open_steps = [case.steps[one.id] for one in case.invoices if one.id in case.steps]
    return {
        "payer_id": case.payer_id,
        "planned_on": case.today,
        "step": max(open_steps, key=lambda step: step.rank, default=Step.H_0),
        "collector_id": next((one.collector_id for one in case.customers if one.collector_id is not None), None),
        "state": FollowUpState.OPEN,
        "call": ChannelState.DUE,
        "message": ChannelState.NONE,
        "policy_version": desk.policy.version,
    }
