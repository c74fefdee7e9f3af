"""The day's plan as set-based statements: the cost grows with what is due, not with what exists (section 2).

`sop.ladder` says which due dates reach which step; one INSERT ... SELECT marks the invoices, one more makes a card a
payer, one more queues the machine's reminders. Planned twice, or by three replicas at once, the unique keys leave
the same rows once (2.5). Everything here works on the payers of one zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Integer, Select, String, case, column, exists, func, literal, or_, select, values
from sqlalchemy.sql.elements import ColumnElement

from sop.follow_up import StepState
from sop.hold import HOLDS, HoldKind
from sop.ladder import Reach, Step
from storage import rows
from storage.engine import Database
from storage.tables import contact_event, customer, hold, invoice, invoice_step, payer

PART_HOLDS = tuple(rule.kind for rule in HOLDS.values() if rule.has_part)
CALL_HOLDS = tuple(rule.kind for rule in HOLDS.values() if rule.stops_call)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRun:
    """One zone's plan of one day; `zone` none stands for payers whose zone nobody knows.

    A segment with a ladder of its own is planned by itself (2.7): `segment` names it, and the plan of all others is
    `without` it.
    """

    today: date
    now: datetime
    zone: str | None
    reaches: Sequence[Reach]
    overdue_up_to: date  # the latest due date that is at H+4 or later today
    policy_version: str
    segment: str | None = None
    without: Sequence[str] = ()
    known: Sequence[str] = ()  # every segment of the document: an invoice's counts before its customer's (2.7)


async def mark_reached(db: Database, run: PlanRun) -> int:
    """This function will mark every open invoice that reached a dated step; gives how many rows are new.

    What the ladder calls due is recorded as held where a hold covers it; what it calls skipped or superseded stays so.
    """
    if not run.reaches:
        return 0
    reached = [(reach.due_on, reach.step.value, reach.reached_on, reach.fate.value) for reach in run.reaches]
    reach = (
        values(column("due_on", Date), column("step", String), column("reached_on", Date), column("fate", String))
        .data(reached)
        .cte("reach")
    )
    query = _marks(run, step=reach.c.step, reached_on=reach.c.reached_on, fate=reach.c.fate).select_from(
        reach.join(invoice, invoice.c.due_on == reach.c.due_on).join(payer, payer.c.id == invoice.c.payer_id)
    )
    return await insert_missing(db, query.where(invoice.c.listed_on <= reach.c.reached_on))


async def mark_overdue(db: Database, run: PlanRun) -> int:
    """This function will mark H+4 on every open invoice that is there or beyond without ever having been marked.

    That is what a first import brings (2.4), and what a long outage leaves behind (2.3).
    """
    step, today = literal(Step.H_PLUS_4.value, String), literal(run.today, Date)
    marked = exists().where(invoice_step.c.invoice_id == invoice.c.id, invoice_step.c.step == Step.H_PLUS_4)
    query = (
        _marks(run, step=step, reached_on=today, fate=literal(StepState.DUE.value, String))
        .select_from(invoice.join(payer, payer.c.id == invoice.c.payer_id))
        .where(invoice.c.due_on <= run.overdue_up_to, ~marked)
    )
    return await insert_missing(db, query)


async def mark_unanswered(db: Database, run: PlanRun, *, reminded_on: Sequence[date], due_after: date) -> int:
    """This function will mark the second touch of first reminders that nobody answered (000-IV.A.1).

    Only invoices due after `due_after` are asked about: for the others the call of H-3 has come already.
    """
    if not reminded_on:
        return 0
    first = invoice_step.alias("first_touch")
    answered = exists().where(
        contact_event.c.payer_id == invoice.c.payer_id,
        contact_event.c.at >= first.c.done_at,
        contact_event.c.is_answer,
        contact_event.c.undone_at.is_(None),
    )
    step, today = literal(Step.NO_REPLY.value, String), literal(run.today, Date)
    query = (
        _marks(run, step=step, reached_on=today, fate=literal(StepState.DUE.value, String))
        .select_from(
            first.join(invoice, invoice.c.id == first.c.invoice_id).join(payer, payer.c.id == invoice.c.payer_id)
        )
        .where(
            first.c.step == Step.H_MINUS_7,
            first.c.state == StepState.DONE,
            first.c.planned_on.in_(list(reminded_on)),
            invoice.c.due_on > due_after,
            ~answered,
        )
    )
    return await insert_missing(db, query)


def _marks(
    run: PlanRun, *, step: ColumnElement[Any], reached_on: ColumnElement[Any], fate: ColumnElement[Any]
) -> Select[Any]:
    """The rows to insert; the caller adds where the step comes from."""
    reason = holding_reason()
    state = case(
        (fate != StepState.DUE.value, fate),
        (reason.is_not(None), literal(StepState.HELD.value, String)),
        else_=fate,
    )
    return select(
        invoice.c.id,
        invoice.c.payer_id,
        step,
        reached_on,
        literal(run.today, Date),
        state,
        case((fate == StepState.DUE.value, reason)),
    ).where(invoice.c.balance > 0, in_zone(run.zone), *_in_segment(run))


def _in_segment(run: PlanRun) -> Iterator[ColumnElement[bool]]:
    known = (*run.known, *run.without, *(() if run.segment is None else (run.segment,)))
    if run.segment is not None:
        yield in_segments((run.segment,), known=known)
    if run.without:
        yield ~in_segments(run.without, known=known)


def in_segments(names: Sequence[str], *, known: Sequence[str]) -> ColumnElement[bool]:
    """This function will say in SQL whether an invoice belongs to these segments: by its own, else its customer's.

    An own segment that the document does not know is passed over.
    """
    own = func.coalesce(invoice.c.segment, "")
    his = invoice.c.customer_id.in_(select(customer.c.id).where(customer.c.segment.in_(list(names))))
    return or_(own.in_(list(names)), own.not_in(list(known)) & his)


def holding_reason() -> ColumnElement[Any]:
    """Why an invoice rests altogether: a hold on it or on its payer that covers all of its balance."""
    firmest = (
        select(func.min(hold.c.kind))
        .where(
            hold.c.payer_id == invoice.c.payer_id,
            hold.c.ended_at.is_(None),
            or_(hold.c.invoice_id.is_(None), hold.c.invoice_id == invoice.c.id),
            hold.c.kind.in_(CALL_HOLDS),
            or_(hold.c.amount.is_(None), hold.c.amount >= invoice.c.balance, hold.c.kind.not_in(PART_HOLDS)),
            covers_all(),
        )
        .scalar_subquery()
    )
    # Most payers have no hold at all: one list of those who have spares looking for each invoice.
    held = hold.alias("held")
    return case((invoice.c.payer_id.in_(select(held.c.payer_id).where(held.c.ended_at.is_(None))), firmest))


def covers_all() -> ColumnElement[bool]:
    """Unapplied credit holds only while it covers everything the payer owes; every other hold passes. (6)"""
    owed = invoice.alias("owed")
    total = select(rows.sum_of(owed.c.balance)).where(owed.c.payer_id == hold.c.payer_id, owed.c.balance > 0)
    return or_(hold.c.kind != HoldKind.CREDIT, hold.c.amount.is_(None), hold.c.amount >= total.scalar_subquery())


def in_zone(zone: str | None) -> ColumnElement[bool]:
    return payer.c.zone.is_(None) if zone is None else payer.c.zone == zone


async def insert_missing(db: Database, query: Select[Any]) -> int:
    names = ["invoice_id", "payer_id", "step", "reached_on", "planned_on", "state", "reason"]
    return await rows.add_selected(db, invoice_step, names, query)


def rank_of(step: ColumnElement[Any]) -> ColumnElement[int]:
    """This function will give in SQL how advanced a step is."""
    return case({one.value: one.rank for one in Step}, value=step, else_=None).cast(Integer)
