"""Recording what came of a card, and taking it back (section 3).

An outcome is one row; whatever it causes (promise, hold, claim, escalation, messages) bears its number, and that is
all that undo needs to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from bot.casework import cases, record, visit_facts
from bot.reply import plain
from bot.turn import Turn
from sop.case import Case
from sop.contact import Channel, Direction
from sop.follow_up import ChannelState, FollowUp, FollowUpState, StepState, may_be_worked
from sop.outcomes import OUTCOMES, Outcome
from sop.refusal import Refused
from sop.visit import Visit
from storage import follow_ups, outcomes, questions, screens
from storage.outcomes import NewContact, NewOutcome, OutcomeRow


class CardClosed(Refused):
    """The card was finished already, by the same press or another; nothing changes."""

    message: ClassVar[str] = "collector/refused_card_closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A card that may be worked now, with its payer's case."""

    card: FollowUp
    case: Case


async def begin(turn: Turn, follow_up_id: int) -> Work:
    """This function will open a card for an action. Raises NotFound (another's card) or CardClosed.

    A message that shows something else by now was pressed a moment too late, or twice: that counts once.
    """
    card = await follow_ups.visible(turn.db, follow_up_id, actor=turn.actor, for_update=True)
    if not may_be_worked(card) or await _shows_another(turn, card):
        raise CardClosed(state=card.state.value)
    return Work(card=card, case=await cases.load(turn, card.payer_id))


async def _shows_another(turn: Turn, card: FollowUp) -> bool:
    if turn.message_id is None:
        return False
    subject = await screens.subject_of(turn.db, chat_id=turn.chat_id, message_id=turn.message_id)
    return subject is not None and subject != f"follow_up:{card.id}"


async def note_outcome(turn: Turn, work: Work, kind: Outcome, **details: Any) -> int:
    """This function will record one outcome with its contact and its proof, and give its number."""
    card, rule = work.card, OUTCOMES[kind]
    new = NewOutcome(
        follow_up_id=card.id,
        payer_id=card.payer_id,
        kind=kind,
        person_id=turn.actor.id,
        before=_before(card),
        details={name: plain(value) for name, value in details.items()},
    )
    outcome_id = await outcomes.add(turn.db, new, now=turn.now)
    visit = None if kind is Outcome.NOTED else await visit_facts.made_today(turn, card.payer_id)
    if visit is not None:
        await visit_facts.note_outcome(turn, visit, outcome_id)
    contact = NewContact(
        payer_id=card.payer_id,
        channel=_channel(kind, visit),
        direction=Direction.IN if kind is Outcome.CUSTOMER_CALLED else Direction.OUT,
        result=kind.value,
        is_answer=rule.reached_customer,
        follow_up_id=card.id,
        outcome_id=outcome_id,
        person_id=turn.actor.id,
        details=new.details,
    )
    await outcomes.add_contact(turn.db, contact, at=turn.now)
    await record.note(turn, f"outcome_{kind.value}", payer_id=card.payer_id, follow_up=card.id, **details)
    await questions.drop_choices(turn.db, follow_up_id=card.id, person_id=turn.actor.id)
    return outcome_id


def _channel(kind: Outcome, visit: Visit | None) -> Channel:
    """An outcome that follows `Bertemu` was spoken face to face (9)."""
    if visit is not None:
        return Channel.VISIT
    return Channel.NOTE if kind is Outcome.NOTED else Channel.CALL


async def finish(turn: Turn, work: Work, kind: Outcome) -> None:
    """This function will close a card; once the customer was reached, a message by hand is needless."""
    card, message = work.card, work.card.message
    hold = card.message_hold
    if message is ChannelState.BY_HAND and OUTCOMES[kind].reached_customer:
        message, hold = ChannelState.HELD, "spoken_to"
    state = FollowUpState.DONE
    if message is ChannelState.BY_HAND:
        state = FollowUpState.OPEN  # the message still waits to be sent by hand
    call = ChannelState.NONE if card.call is ChannelState.NONE else ChannelState.DONE
    done = {"state": state, "call": call, "message": message, "message_hold": hold, "return_at": None}
    await follow_ups.change(turn.db, card.id, **done, finished_at=turn.now)
    if state is FollowUpState.DONE:
        await follow_ups.finish_steps(turn.db, card, StepState.DONE, now=turn.now)


async def finish_until(turn: Turn, work: Work, return_at: datetime) -> None:
    """This function will put a card away until it comes back."""
    await follow_ups.change(turn.db, work.card.id, return_at=return_at, is_return=True)


def undo_ends_at(outcome: OutcomeRow, turn: Turn) -> datetime:
    return outcome.at + timedelta(minutes=turn.policy.desk.undo_minutes)


def _before(card: FollowUp) -> dict[str, Any]:
    return {
        "state": card.state.value,
        "call": card.call.value,
        "message": card.message.value,
        "message_hold": card.message_hold,
        "return_at": plain(card.return_at),
        "is_return": card.is_return,
    }
