"""Errands at rest: who has what to do beside the calls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, or_, select, true, update

from sop.errand import (
    ABOUT_INVOICES,
    OF_COLLECTORS,
    OF_FINANCE,
    OF_MANAGERS,
    UNTIL_PAID,
    Errand,
    ErrandKind,
    ErrandState,
)
from sop.follow_up import FollowUpState
from sop.people import DECIDERS, Person, PersonState, Role
from storage import rows
from storage.engine import Database
from storage.tables import customer, errand, follow_up, invoice
from storage.tables import person as staff


@dataclass(frozen=True, kw_only=True, slots=True)
class NewErrand:
    """Something to be done; `subject_id` is the letter, invoice, dispute or deduction it serves.

    `due_on` none: the policy's day. `owner_id` none: whoever the kind's rule names (the payer's collector or his cover,
    finance together, the managers).
    """

    payer_id: int
    kind: ErrandKind
    due_on: date | None = None
    subject_id: int | None = None
    owner_id: int | None = None
    note: str | None = None
    outcome_id: int | None = None


async def add(db: Database, new: NewErrand, *, now: datetime) -> int:
    """This function will write an errand down; gives its number."""
    values = {name: getattr(new, name) for name in NewErrand.__dataclass_fields__}
    return rows.new_id(await db.execute(errand.insert().values(**values, state=ErrandState.OPEN, created_at=now)))


async def get(db: Database, errand_id: int, *, for_update: bool = False) -> Errand:
    """This function will load an errand; raises NotFound."""
    query = rows.of(errand, Errand).where(errand.c.id == errand_id)
    return await rows.got(db, query.with_for_update() if for_update else query, Errand)


async def visible(db: Database, errand_id: int, *, actor: Person, for_update: bool = False) -> Errand:
    """This function will load an errand for somebody who may do it; raises NotFound, also for another's."""
    query = rows.of(errand, Errand).where(errand.c.id == errand_id, _may_do(actor))
    return await rows.got(db, query.with_for_update() if for_update else query, Errand)


async def open_of(db: Database, payer_id: int) -> tuple[Errand, ...]:
    """This function will list what is to be done for a payer, the first due first."""
    query = rows.of(errand, Errand).where(errand.c.payer_id == payer_id, errand.c.state == ErrandState.OPEN)
    return await rows.listed(db, query.order_by(errand.c.due_on, errand.c.id), Errand)


async def open_for(db: Database, person: Person) -> tuple[Errand, ...]:
    """This function will list what somebody has to do, the first due first: his own, and what nobody is named for."""
    query = rows.of(errand, Errand).where(errand.c.state == ErrandState.OPEN, _is_for(person))
    return await rows.listed(db, query.order_by(errand.c.due_on, errand.c.id), Errand)


async def late(db: Database, *, today: date) -> tuple[Errand, ...]:
    """This function will list the open errands whose day has passed."""
    query = rows.of(errand, Errand).where(errand.c.state == ErrandState.OPEN, errand.c.due_on < today)
    return await rows.listed(db, query.order_by(errand.c.due_on, errand.c.id), Errand)


async def open_about(db: Database, kind: ErrandKind, *, payer_id: int, subject_id: int | None) -> Errand | None:
    """This function will find the open errand of a kind for one subject: ordered twice it is one."""
    query = rows.of(errand, Errand).where(
        errand.c.payer_id == payer_id,
        errand.c.kind == kind,
        errand.c.subject_id == subject_id if subject_id is not None else errand.c.subject_id.is_(None),
        errand.c.state == ErrandState.OPEN,
    )
    return await rows.found(db, query.order_by(errand.c.id), Errand)


async def was_ordered(db: Database, kind: ErrandKind, *, subject_id: int) -> bool:
    """This function will say whether there ever was an errand of this kind for a subject."""
    query = select(errand.c.id).where(errand.c.kind == kind, errand.c.subject_id == subject_id)
    return (await db.execute(query.limit(1))).first() is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """Who did an errand, and what came of it: a text such as a receipt's number, a paper, or nothing."""

    by_id: int
    result: str | None = None
    paper_id: int | None = None


async def finish(db: Database, errand_id: int, done: Done, *, now: datetime) -> bool:
    """This function will end an errand as done, once; false when it was ended before."""
    ended = await db.execute(
        update(errand)
        .where(errand.c.id == errand_id, errand.c.state == ErrandState.OPEN)
        .values(state=ErrandState.DONE, done_by_id=done.by_id, done_at=now, result=done.result, paper_id=done.paper_id)
    )
    return ended.rowcount == 1


async def note_reminded(db: Database, errand_id: int, *, on: date) -> None:
    await db.execute(update(errand).where(errand.c.id == errand_id).values(reminded_on=on))


async def cancel_for_subject(db: Database, kinds: Collection[ErrandKind], subject_id: int, *, now: datetime) -> int:
    """This function will cancel the errands of these kinds for one subject: their reason is gone."""
    return await _cancel(db, errand.c.kind.in_(list(kinds)), errand.c.subject_id == subject_id, now=now)


async def cancel_of_outcome(db: Database, outcome_id: int, *, now: datetime) -> int:
    """This function will cancel what a tap ordered (undo)."""
    return await _cancel(db, errand.c.outcome_id == outcome_id, now=now)


async def cancel_settled(db: Database, *, now: datetime) -> int:
    """This function will cancel the errands whose reason was paid: their invoice, or all that the payer owed."""
    paid = select(invoice.c.id).where(invoice.c.id == errand.c.subject_id, invoice.c.balance <= 0)
    owed = select(invoice.c.id).where(invoice.c.payer_id == errand.c.payer_id, invoice.c.balance > 0)
    gone = or_(
        and_(errand.c.kind.in_(list(ABOUT_INVOICES)), paid.correlate(errand).exists()),
        and_(errand.c.kind.in_(list(UNTIL_PAID)), ~owed.correlate(errand).exists()),
    )
    return await _cancel(db, gone, now=now)


async def reopen(db: Database, errand_ids: Collection[int]) -> None:
    """This function will open errands again that an outcome had finished (undo)."""
    await db.execute(
        update(errand)
        .where(errand.c.id.in_(list(errand_ids)), errand.c.state == ErrandState.DONE)
        .values(state=ErrandState.OPEN, done_by_id=None, done_at=None, result=None, paper_id=None)
    )


async def _cancel(db: Database, *which: ColumnElement[bool], now: datetime) -> int:
    ended = await db.execute(
        update(errand)
        .where(errand.c.state == ErrandState.OPEN, *which)
        .values(state=ErrandState.CANCELLED, done_at=now)
    )
    return int(ended.rowcount)


def _is_for(person: Person) -> ColumnElement[bool]:
    """His own; of the others those of his role, and of collectors' work what belongs to his customers or his cards."""
    unnamed: list[ColumnElement[bool]] = [and_(errand.c.kind.in_(list(OF_COLLECTORS)), _is_his_payer(person))]
    if person.role is Role.FINANCE:
        unnamed.append(errand.c.kind.in_(list(OF_FINANCE)))
    if person.role in DECIDERS:
        finance = select(staff.c.id).where(staff.c.role == Role.FINANCE, staff.c.state == PersonState.ACTIVE)
        unnamed.append(errand.c.kind.in_(list(OF_MANAGERS)))
        unnamed.append(and_(errand.c.kind.in_(list(OF_FINANCE)), ~finance.exists()))
    return or_(errand.c.owner_id == person.id, and_(errand.c.owner_id.is_(None), or_(*unnamed)))


def _is_his_payer(person: Person) -> ColumnElement[bool]:
    """His customers, and those whose card he works for a colleague today."""
    own = select(customer.c.payer_id).where(customer.c.collector_id == person.id)
    covered = select(follow_up.c.payer_id).where(
        follow_up.c.collector_id == person.id, follow_up.c.state == FollowUpState.OPEN
    )
    return or_(errand.c.payer_id.in_(own), errand.c.payer_id.in_(covered))


def _may_do(actor: Person) -> ColumnElement[bool]:
    return true() if actor.role in DECIDERS else _is_for(actor)
