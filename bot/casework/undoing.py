"""Taking an outcome back (section 3): whatever it caused bears its number, and goes with it."""

from __future__ import annotations

from typing import Any, ClassVar

from bot.casework import (
    cash,
    contacts,
    disputes,
    escalations,
    exchanges,
    extensions,
    giros,
    objections,
    plans,
    promises,
    record,
    reliefs,
)
from bot.casework.outcomes import undo_ends_at
from bot.turn import Turn
from sop.follow_up import ChannelState, FollowUp, FollowUpState, StepState
from sop.outcomes import Outcome
from sop.people import CONFIRMERS
from sop.refusal import Refused
from storage import NotFound, errands, follow_ups, holds, outbox, outcomes, visits
from storage.outcomes import OutcomeRow


class AlreadyUndone(Refused):
    """The same tap twice: it is undone, once."""

    message: ClassVar[str] = "collector/refused_already_undone"


async def own(turn: Turn, outcome_id: int) -> OutcomeRow:
    """This function will load an outcome for who recorded it; raises NotFound for another's, AlreadyUndone."""
    row = await outcomes.get(turn.db, outcome_id)
    if row.person_id != turn.actor.id and turn.actor.role not in CONFIRMERS:
        raise NotFound("outcome")
    if row.undone_at is not None:
        raise AlreadyUndone()
    return row


def may_undo(turn: Turn, row: OutcomeRow) -> bool:
    return turn.now <= undo_ends_at(row, turn)


async def undo(turn: Turn, row: OutcomeRow) -> FollowUp:
    """This function will take everything back that an outcome caused and give the card as it was before."""
    if not await outcomes.mark_undone(turn.db, row.id, now=turn.now):
        raise AlreadyUndone()
    await outbox.cancel_of_outcome(turn.db, row.id, reason="undone")
    await promises.withdraw_of_outcome(turn, row.id)
    await objections.withdraw_of_outcome(turn, row.id)
    await disputes.withdraw_of_outcome(turn, row.id)
    await extensions.withdraw_of_outcome(turn, row.id)
    await cash.withdraw_of_outcome(turn, row.id)
    await giros.withdraw_of_outcome(turn, row.id)
    await plans.withdraw_of_outcome(turn, row.id)
    await reliefs.withdraw_of_outcome(turn, row.id)
    await escalations.withdraw_of_outcome(turn, row.id)
    await exchanges.withdraw_of_outcome(turn, row.id)
    await errands.cancel_of_outcome(turn.db, row.id, now=turn.now)
    await visits.forget_outcome(turn.db, row.id)
    await holds.end_of_outcome(turn.db, row.id, now=turn.now)
    if row.kind in (Outcome.WRONG_NUMBER, Outcome.STOP_WHATSAPP, Outcome.CONSENT_WHATSAPP):
        await contacts.restore(turn, row.details["address"], row.details.get("consent"))
    await record.note(turn, "outcome_undone", payer_id=row.payer_id, outcome=row.id, outcome_kind=row.kind)
    return await _put_back(turn, row)


async def reopen(turn: Turn, row: OutcomeRow) -> FollowUp:
    """This function will open a card again for a correction; what was recorded first stays on record."""
    await follow_ups.change(turn.db, row.follow_up_id, state=FollowUpState.OPEN, return_at=None)
    await record.note(turn, "card_reopened", payer_id=row.payer_id, outcome=row.id, outcome_kind=row.kind)
    return await follow_ups.get(turn.db, row.follow_up_id)


async def _put_back(turn: Turn, row: OutcomeRow) -> FollowUp:
    card = await follow_ups.get(turn.db, row.follow_up_id)
    before: dict[str, Any] = row.before
    await follow_ups.change(
        turn.db,
        card.id,
        state=FollowUpState(before["state"]),
        call=ChannelState(before["call"]),
        message=_message_before(card, before),
        message_hold=before["message_hold"],
        is_return=before["is_return"],
        return_at=None,
        finished_at=None,
    )
    await follow_ups.finish_steps(turn.db, card, StepState.DUE, now=turn.now)
    return await follow_ups.get(turn.db, card.id)


def _message_before(card: FollowUp, before: dict[str, Any]) -> ChannelState:
    """A message that left meanwhile stays sent."""
    return card.message if card.message is ChannelState.DONE else ChannelState(before["message"])
