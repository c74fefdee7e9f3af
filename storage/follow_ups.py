"""Cards at rest: who may see them, in which order they come, and how they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from sop.follow_up import FollowUp, FollowUpState, StepState
from sop.ladder import Step
from sop.people import CONFIRMERS, Person
from storage import absences, rows
from storage.engine import Database
from storage.tables import follow_up, invoice_step


async def get(db: Database, follow_up_id: int) -> FollowUp:
    return await rows.got(db, rows.of(follow_up, FollowUp).where(follow_up.c.id == follow_up_id), FollowUp)


async def visible(db: Database, follow_up_id: int, *, actor: Person, for_update: bool = False) -> FollowUp:
    """This function will load a card for somebody who may see it; raises NotFound, also for another's card."""
    query = rows.of(follow_up, FollowUp).where(follow_up.c.id == follow_up_id)
    if actor.role not in CONFIRMERS:
        query = query.where(follow_up.c.collector_id.in_(await absences.owners_worked_by(db, actor.id)))
    return await rows.got(db, query.with_for_update() if for_update else query, FollowUp)


async def open_of_collector(db: Database, collector_id: int, *, now: datetime) -> tuple[FollowUp, ...]:
    """This function will list a collector's open cards that are not waiting to return, in the day's order."""
    query = rows.of(follow_up, FollowUp).where(
        follow_up.c.collector_id == collector_id,
        follow_up.c.state == FollowUpState.OPEN,
        or_(follow_up.c.return_at.is_(None), follow_up.c.return_at <= now),
    )
    ordered = query.order_by(func.coalesce(follow_up.c.place, 9999), follow_up.c.id)
    return await rows.listed(db, ordered, FollowUp)


async def of_collector_on(db: Database, collector_id: int, on: date) -> tuple[FollowUp, ...]:
    query = rows.of(follow_up, FollowUp).where(follow_up.c.collector_id == collector_id, follow_up.c.planned_on == on)
    return await rows.listed(db, query.order_by(func.coalesce(follow_up.c.place, 9999), follow_up.c.id), FollowUp)


async def open_on(db: Database, on: date) -> tuple[FollowUp, ...]:
    query = rows.of(follow_up, FollowUp).where(follow_up.c.planned_on == on, follow_up.c.state == FollowUpState.OPEN)
    return await rows.listed(db, query.order_by(follow_up.c.id), FollowUp)


async def open_of_payer(db: Database, payer_id: int) -> tuple[FollowUp, ...]:
    query = rows.of(follow_up, FollowUp).where(
        follow_up.c.payer_id == payer_id, follow_up.c.state.in_((FollowUpState.OPEN, FollowUpState.MACHINE))
    )
    return await rows.listed(db, query.order_by(follow_up.c.id), FollowUp)


async def find_on(db: Database, payer_id: int, on: date) -> FollowUp | None:
    query = rows.of(follow_up, FollowUp).where(follow_up.c.payer_id == payer_id, follow_up.c.planned_on == on)
    return await rows.found(db, query, FollowUp)


async def returning(db: Database, *, now: datetime) -> tuple[FollowUp, ...]:
    """This function will list the cards whose time to come back has come and which were not pushed since."""
    query = rows.of(follow_up, FollowUp).where(
        follow_up.c.state == FollowUpState.OPEN,
        follow_up.c.return_at <= now,
        or_(follow_up.c.pushed_at.is_(None), follow_up.c.pushed_at < follow_up.c.return_at),
    )
    return await rows.listed(db, query.order_by(follow_up.c.return_at, follow_up.c.id), FollowUp)


async def change(db: Database, follow_up_id: int, **values: Any) -> None:
    """This function will write fields of a card."""
    await db.execute(update(follow_up).where(follow_up.c.id == follow_up_id).values(**values))


async def add(db: Database, values: Mapping[str, Any]) -> FollowUp:
    """This function will make a payer's card outside of the plan; an existing one of that day is given back.

    It becomes the card of whoever works in its collector's place now.
    """
    worker = await absences.worker_of(db, values.get("collector_id"))
    await rows.add_once(db, follow_up, {**values, "collector_id": worker})
    found = await find_on(db, values["payer_id"], values["planned_on"])
    if found is None:
        raise LookupError("the card that was just made")
    return found


async def place_cards(db: Database, order: Sequence[tuple[int, str | None]], *, after: int = 0) -> None:
    """This function will number a collector's cards in the order given, with why each is there.

    `after` is the last place that is taken already, when more cards come during the day.
    """
    for place, (follow_up_id, reason) in enumerate(order, start=after + 1):
        await change(db, follow_up_id, place=place, reason=reason)


async def last_place(db: Database, collector_id: int, on: date) -> int:
    """This function will say how many of a collector's cards of a day have a place."""
    query = select(func.max(follow_up.c.place)).where(
        follow_up.c.collector_id == collector_id, follow_up.c.planned_on == on
    )
    return (await db.execute(query)).scalar_one() or 0


async def finish_steps(db: Database, card: FollowUp, state: StepState, *, now: datetime) -> None:
    """This function will close the steps of a card that are still due."""
    await db.execute(
        update(invoice_step)
        .where(
            invoice_step.c.payer_id == card.payer_id,
            invoice_step.c.planned_on == card.planned_on,
            invoice_step.c.state.in_((StepState.DUE, StepState.DONE)),
        )
        .values(state=state, done_at=now if state is StepState.DONE else None)
    )


async def steps_of(db: Database, card: FollowUp) -> dict[int, Step]:
    """This function will say which invoices stand on a card because they reached a step, and which."""
    query = select(invoice_step.c.invoice_id, invoice_step.c.step).where(
        invoice_step.c.payer_id == card.payer_id,
        invoice_step.c.planned_on == card.planned_on,
        invoice_step.c.state.in_((StepState.DUE, StepState.DONE)),
    )
    best: dict[int, Step] = {}
    for invoice_id, step in (await db.execute(query)).all():
        if invoice_id not in best or step.rank > best[invoice_id].rank:
            best[invoice_id] = step
    return best


async def first_touch_on(db: Database, invoice_ids: Sequence[int]) -> date | None:
    """This function will give the day of the newest first reminder of these invoices, as far as one left."""
    query = select(func.max(invoice_step.c.planned_on)).where(
        invoice_step.c.invoice_id.in_(list(invoice_ids)),
        invoice_step.c.step == Step.H_MINUS_7,
        invoice_step.c.state == StepState.DONE,
    )
    on: date | None = (await db.execute(query)).scalar_one_or_none()
    return on


async def latest_steps(db: Database, payer_id: int) -> dict[int, Step]:
    """This function will say the most advanced step each invoice of a payer has ever reached."""
    query = select(invoice_step.c.invoice_id, invoice_step.c.step).where(invoice_step.c.payer_id == payer_id)
    best: dict[int, Step] = {}
    for invoice_id, step in (await db.execute(query)).all():
        if invoice_id not in best or step.rank > best[invoice_id].rank:
            best[invoice_id] = step
    return best


async def newly_overdue(db: Database, on: date) -> dict[int, list[int]]:
    """This function will list the invoices by payer that were marked H+4 in a day's plan and are still due."""
    query = select(invoice_step.c.payer_id, invoice_step.c.invoice_id).where(
        and_(
            invoice_step.c.planned_on == on,
            invoice_step.c.step == Step.H_PLUS_4,
            invoice_step.c.state == StepState.DUE,
        )
    )
    by_payer: dict[int, list[int]] = {}
    for payer_id, invoice_id in (await db.execute(query.order_by(invoice_step.c.id))).all():
        by_payer.setdefault(payer_id, []).append(invoice_id)
    return by_payer


async def mark_step_done(db: Database, on: date, step: Step, *, now: datetime) -> None:
    await db.execute(
        update(invoice_step)
        .where(invoice_step.c.planned_on == on, invoice_step.c.step == step, invoice_step.c.state == StepState.DUE)
        .values(state=StepState.DONE, done_at=now)
    )
