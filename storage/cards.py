"""The second half of the plan: from marked steps to one card a payer, and to the machine's reminders (section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    Exists,
    Integer,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from sop.escalation import UNDECIDED, EscalationState
from sop.follow_up import ChannelState, FollowUpState, StepState
from sop.guard import MessageKind
from sop.ladder import RUNGS, Step
from sop.outbox import OutboxState, Way
from sop.people import ConsentState, ContactState
from storage import rows
from storage.engine import Database
from storage.outbox import BULK
from storage.planning import PlanRun, holding_reason, in_zone, rank_of
from storage.tables import (
    contact_person,
    customer,
    escalation,
    escalation_invoice,
    follow_up,
    invoice,
    invoice_step,
    outbox,
    payer,
)

MESSAGE_RANKS = tuple(rung.step.rank for rung in RUNGS if rung.message is not None)
CALL_RANKS = tuple(rung.step.rank for rung in RUNGS if rung.call)
_CARD_RANKS = tuple({*MESSAGE_RANKS, *CALL_RANKS})
_STEP_OF_RANK = {step.rank: step.value for step in Step}


@dataclass(frozen=True, kw_only=True, slots=True)
class CardRules:
    """How messages leave here: by machine, by hand, or not; and which segments never by machine (2.7)."""

    by_machine: bool
    by_hand: bool
    segments_by_hand: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReminderHours:
    """When today's reminders may leave: not before, and not at all after."""

    send_after: datetime
    expires_at: datetime


async def make_cards(db: Database, run: PlanRun, rules: CardRules) -> int:
    """This function will make one card for every payer with a step due today; gives how many are new."""
    touched = touched_by(run).subquery("touched")
    step, message_step = func.max(touched.c.rank), func.max(case((touched.c.rank.in_(MESSAGE_RANKS), touched.c.rank)))
    grouped = (
        select(
            touched.c.payer_id,
            func.min(touched.c.collector_id).label("collector_id"),
            step.label("step"),
            message_step.label("message_step"),
            func.max(case((touched.c.rank.in_(CALL_RANKS), 1), else_=0)).label("has_call"),
        )
        .group_by(touched.c.payer_id)
        .subquery("grouped")
    )
    message = _message_state(grouped, rules).label("message")
    stated = select(grouped, message).subquery("stated")
    silent = stated.c.message.in_(_values(ChannelState.NONE, ChannelState.HELD))
    unsendable = stated.c.message_step.is_not(None) & silent
    call = case((or_(stated.c.has_call == 1, unsendable), ChannelState.DUE.value), else_=ChannelState.NONE.value)
    alone = (call == ChannelState.NONE.value) & (stated.c.message == ChannelState.DUE.value)
    query = select(
        stated.c.payer_id,
        literal(run.today, Date),
        step_of_rank(stated.c.step),
        step_of_rank(stated.c.message_step),
        stated.c.collector_id,
        case((alone, FollowUpState.MACHINE.value), else_=FollowUpState.OPEN.value),
        call,
        stated.c.message,
        literal(run.policy_version, String),
    )
    names = ["payer_id", "planned_on", "step", "message_step", "collector_id", "state", "call", "message"]
    return await rows.add_selected(db, follow_up, [*names, "policy_version"], query)


def touched_by(run: PlanRun) -> Any:
    """This function will select the payers something is due for today: a step, or a call beside an escalation."""
    marked = (
        select(invoice_step.c.payer_id, rank_of(invoice_step.c.step).label("rank"), customer.c.collector_id)
        .select_from(
            invoice_step.join(invoice, invoice.c.id == invoice_step.c.invoice_id)
            .join(customer, customer.c.id == invoice.c.customer_id)
            .join(payer, payer.c.id == invoice_step.c.payer_id)
        )
        .where(
            invoice_step.c.planned_on == run.today,
            invoice_step.c.state == StepState.DUE,
            rank_of(invoice_step.c.step).in_(_CARD_RANKS),
            in_zone(run.zone),
        )
    )
    return union_all(marked, _calls_beside_escalations(run))


def _calls_beside_escalations(run: PlanRun) -> Select[Any]:
    rank = case(
        (escalation.c.state == EscalationState.DECIDED, Step.AFTER_DECISION.rank), else_=Step.WHILE_DECIDING.rank
    )
    return (
        select(escalation.c.payer_id, rank.label("rank"), customer.c.collector_id)
        .select_from(
            escalation.join(escalation_invoice, escalation_invoice.c.escalation_id == escalation.c.id)
            .join(invoice, invoice.c.id == escalation_invoice.c.invoice_id)
            .join(customer, customer.c.id == invoice.c.customer_id)
            .join(payer, payer.c.id == escalation.c.payer_id)
        )
        .where(
            escalation.c.next_call_on <= run.today,
            escalation.c.state != EscalationState.CANCELLED,
            invoice.c.balance > 0,
            holding_reason().is_(None),
            in_zone(run.zone),
        )
    )


async def move_calls_on(db: Database, run: PlanRun, *, while_deciding: date, after_decision: date) -> None:
    """This function will set the next call beside every escalation whose call is planned for today."""
    due = escalation.c.next_call_on <= run.today
    here = exists().where(payer.c.id == escalation.c.payer_id, in_zone(run.zone))
    undecided = escalation.c.state.in_((*UNDECIDED, EscalationState.RETURNED))
    await db.execute(update(escalation).where(due, here, undecided).values(next_call_on=while_deciding))
    decided = escalation.c.state == EscalationState.DECIDED
    await db.execute(update(escalation).where(due, here, decided).values(next_call_on=after_decision))


async def queue_reminders(db: Database, run: PlanRun, hours: ReminderHours, *, language: str) -> int:
    """This function will queue the machine's reminder of every card that has one; the words are chosen at sending."""
    day = run.today.isoformat()
    key = literal("chase:", String) + cast(follow_up.c.payer_id, String) + ":" + follow_up.c.message_step + ":" + day
    columns: Mapping[str, Any] = {
        "way": literal(Way.WHATSAPP.value, String),
        "kind": literal(MessageKind.CHASE.value, String),
        "state": literal(OutboxState.QUEUED.value, String),
        "business_key": key,
        "urgency": literal(BULK, Integer),
        "payer_id": follow_up.c.payer_id,
        "follow_up_id": follow_up.c.id,
        "message": literal("customer/reminder", String),
        "language": literal(language, String),
        "values": literal({}, outbox.c["values"].type),
        "taps": literal([], outbox.c.taps.type),
        "send_after": literal(hours.send_after, outbox.c.send_after.type),
        "expires_at": literal(hours.expires_at, outbox.c.expires_at.type),
        "attempts": literal(0, Integer),
        "created_at": literal(run.now, outbox.c.created_at.type),
    }
    query = (
        select(*columns.values())
        .select_from(follow_up.join(payer, payer.c.id == follow_up.c.payer_id))
        .where(follow_up.c.planned_on == run.today, follow_up.c.message == ChannelState.DUE, in_zone(run.zone))
    )
    return await rows.add_selected(db, outbox, list(columns), query)


async def close_missed(db: Database, run: PlanRun) -> int:
    """This function will close the cards of earlier days that nobody worked; what they skipped stays on record."""
    here = exists().where(payer.c.id == follow_up.c.payer_id, in_zone(run.zone))
    old = follow_up.c.planned_on < run.today
    waiting = or_(follow_up.c.return_at.is_(None), follow_up.c.return_at < run.now)
    missed = (
        update(follow_up)
        .where(old, follow_up.c.state == FollowUpState.OPEN, waiting, here)
        .values(state=FollowUpState.MISSED, finished_at=run.now)
    )
    count = int((await db.execute(missed)).rowcount)
    if count:
        card = exists().where(
            follow_up.c.payer_id == invoice_step.c.payer_id,
            follow_up.c.planned_on == invoice_step.c.planned_on,
            follow_up.c.state == FollowUpState.MISSED,
        )
        await db.execute(
            update(invoice_step)
            .where(invoice_step.c.planned_on < run.today, invoice_step.c.state == StepState.DUE, card)
            .values(state=StepState.SKIPPED, reason="missed")
        )
    return count


def _message_state(grouped: Any, rules: CardRules) -> ColumnElement[str]:
    none, due, by_hand, held = _values(ChannelState.NONE, ChannelState.DUE, ChannelState.BY_HAND, ChannelState.HELD)
    if not (rules.by_machine or rules.by_hand):
        return literal(none, String)
    asked = [(grouped.c.message_step.is_(None), none)]
    if rules.segments_by_hand:
        asked.append((_is_set_apart(grouped, rules.segments_by_hand), none))
    if rules.by_machine:
        asked.append((_has_contact(grouped, contact_person.c.consent == ConsentState.GIVEN), due))
    asked.append((_has_contact(grouped, contact_person.c.consent != ConsentState.WITHDRAWN), by_hand))
    return case(*asked, else_=held)


def _has_contact(grouped: Any, consenting: ColumnElement[bool]) -> Exists:
    return exists().where(
        contact_person.c.customer_id == customer.c.id,
        customer.c.payer_id == grouped.c.payer_id,
        contact_person.c.on_whatsapp,
        contact_person.c.state != ContactState.WRONG,
        consenting,
    )


def _is_set_apart(grouped: Any, segments: Sequence[str]) -> ColumnElement[bool]:
    """A customer of the payer, or one of his open invoices, belongs to a segment that no machine speaks to (2.7)."""
    his, owed = (select(one.c.payer_id).where(one.c.segment.in_(list(segments))) for one in (customer, invoice))
    return or_(grouped.c.payer_id.in_(his), grouped.c.payer_id.in_(owed.where(invoice.c.balance > 0)))


def step_of_rank(rank: ColumnElement[Any]) -> ColumnElement[Any]:
    """This function will give in SQL the step that is so advanced."""
    return case(_STEP_OF_RANK, value=rank, else_=null())


def _values(*states: ChannelState) -> tuple[str, ...]:
    return tuple(state.value for state in states)
