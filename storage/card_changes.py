"""Cards that a plan makes or changes beside those of the steps: promises, returns, a later import (2.1, 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, String, case, func, literal, or_, select, update

from sop.calendar import ONE_DAY
from sop.follow_up import ChannelState, FollowUpState
from sop.ladder import Step
from sop.promise import PromiseState
from storage import rows
from storage.cards import CALL_RANKS, step_of_rank, touched_by
from storage.engine import Database
from storage.planning import PlanRun, in_zone, rank_of
from storage.tables import customer, follow_up, invoice, invoice_step, payer, promise

_NEWS = (PromiseState.BROKEN, PromiseState.PARTIAL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """A card whose payer reached a more advanced step after it was made."""

    follow_up_id: int
    step: Step
    needs_call: bool


async def make_promise_cards(db: Database, run: PlanRun, *, after: date) -> int:
    """This function will make the cards of promises due today (or since `after`), and of those judged today (3)."""
    in_time = promise.c.promised_on.between(after + ONE_DAY, run.today)
    due = (promise.c.state == PromiseState.OPEN) & in_time
    judged = promise.c.state.in_(_NEWS) & (promise.c.closed_on == run.today)
    step = (
        select(func.max(rank_of(invoice_step.c.step))).where(invoice_step.c.payer_id == promise.c.payer_id)
    ).scalar_subquery()
    query = (
        select(
            promise.c.payer_id,
            literal(run.today, Date),
            step_of_rank(func.coalesce(step, Step.H_0.rank)),
            func.min(customer.c.collector_id),
            literal(FollowUpState.OPEN.value, String),
            literal(ChannelState.DUE.value, String),
            literal(ChannelState.NONE.value, String),
            literal(run.policy_version, String),
        )
        .select_from(
            promise.join(payer, payer.c.id == promise.c.payer_id).join(customer, customer.c.payer_id == payer.c.id)
        )
        .where(or_(due, judged), in_zone(run.zone), _owes())
        .group_by(promise.c.payer_id)
    )
    names = ["payer_id", "planned_on", "step", "collector_id", "state", "call", "message", "policy_version"]
    return await rows.add_selected(db, follow_up, names, query)


def _owes() -> Any:
    return select(invoice.c.id).where(invoice.c.payer_id == promise.c.payer_id, invoice.c.balance > 0).exists()


async def count_of_day(db: Database, run: PlanRun) -> int:
    """This function will count the cards of today that this zone's payers have already."""
    query = select(func.count()).select_from(follow_up.join(payer, payer.c.id == follow_up.c.payer_id))
    found = await db.execute(query.where(follow_up.c.planned_on == run.today, in_zone(run.zone)))
    return int(found.scalar_one())


async def raise_cards(db: Database, run: PlanRun) -> int:
    """This function will lift today's unfinished cards to a step that a later import brought; gives how many."""
    touched = touched_by(run).subquery("touched")
    rank, call = func.max(touched.c.rank), func.max(case((touched.c.rank.in_(CALL_RANKS), 1), else_=0))
    query = (
        select(follow_up.c.id, rank, call)
        .join(touched, touched.c.payer_id == follow_up.c.payer_id)
        .where(follow_up.c.planned_on == run.today, follow_up.c.state.in_((FollowUpState.OPEN, FollowUpState.MACHINE)))
        .group_by(follow_up.c.id, follow_up.c.step)
        .having(rank > rank_of(follow_up.c.step))
    )
    found = (await db.execute(query)).all()
    for follow_up_id, new_rank, needs_call in found:
        await _raise(db, Raised(follow_up_id=follow_up_id, step=list(Step)[new_rank], needs_call=bool(needs_call)))
    return len(found)


async def _raise(db: Database, card: Raised) -> None:
    values: dict[str, Any] = {"step": card.step}
    if card.needs_call:
        values |= {"call": ChannelState.DUE, "state": FollowUpState.OPEN}
    await db.execute(update(follow_up).where(follow_up.c.id == card.follow_up_id).values(values))


async def carry_returns_over(db: Database, run: PlanRun) -> int:
    """This function will let today's card of a payer take over from an older one that was to come back: one a day."""
    older = _returning(run)
    found = (await db.execute(older)).all()
    for old_id, new_id, return_at in found:
        back = {"return_at": return_at, "is_return": True}
        await db.execute(update(follow_up).where(follow_up.c.id == new_id).values(back))
        closed = {"state": FollowUpState.CANCELLED, "finished_at": run.now, "return_at": None}
        await db.execute(update(follow_up).where(follow_up.c.id == old_id).values(closed))
    return len(found)


def _returning(run: PlanRun) -> Select[Any]:
    new = follow_up.alias("new")
    return (
        select(follow_up.c.id, new.c.id, follow_up.c.return_at)
        .join(new, new.c.payer_id == follow_up.c.payer_id)
        .join(payer, payer.c.id == follow_up.c.payer_id)
        .where(
            follow_up.c.planned_on < run.today,
            follow_up.c.state == FollowUpState.OPEN,
            follow_up.c.return_at >= run.now,
            new.c.planned_on == run.today,
            new.c.state == FollowUpState.OPEN,
            in_zone(run.zone),
        )
    )


async def unplaced(db: Database, *, now: datetime, days: Sequence[date]) -> dict[int, list[int]]:
    """This function will list by collector the open cards of these days that no digest has put in order yet."""
    query = select(follow_up.c.collector_id, follow_up.c.id).where(
        follow_up.c.planned_on.in_(list(days)),
        follow_up.c.state == FollowUpState.OPEN,
        follow_up.c.collector_id.is_not(None),
        follow_up.c.place.is_(None),
        or_(follow_up.c.return_at.is_(None), follow_up.c.return_at <= now),
    )
    cards: dict[int, list[int]] = {}
    for collector_id, follow_up_id in (await db.execute(query.order_by(follow_up.c.id))).all():
        cards.setdefault(collector_id, []).append(follow_up_id)
    return cards
