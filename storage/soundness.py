"""What must always be true of the books, asked of the rows themselves and not of the rules that wrote them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, and_, exists, func, literal, or_, select

from sop.contact import Channel
from sop.escalation import ALIVE, EscalationReason, EscalationState
from sop.follow_up import FollowUpState
from sop.guard import MessageKind
from sop.hold import HOLDS, HoldKind
from sop.money import Money
from sop.outbox import LEFT, OutboxState, Way
from sop.promise import PromiseState
from storage import rows
from storage.engine import Database
from storage.outcomes import CHASED
from storage.planning import covers_all
from storage.tables import (
    allocation,
    contact_event,
    escalation,
    follow_up,
    hold,
    invoice,
    outbox,
    payer,
    payment,
    promise,
)

_STOPS = tuple(rule.kind for rule in HOLDS.values() if rule.stops_message)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chase:
    """One reminder that left, by machine or by hand."""

    payer_id: int
    payer: str
    zone: str | None
    sent_at: datetime
    by_machine: bool
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """An invoice's figures beside the money that stands on it."""

    id: int
    number: str
    amount: Money
    paid: Money
    credited: Money
    balance: Money
    allocated: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Overdue:
    """A payer with free money at H+4 or later, and the managers' questions about him."""

    payer: str
    amount: Money
    alive: int
    ended: int


async def chases(db: Database) -> tuple[Chase, ...]:
    """This function will list every reminder that left, the oldest first."""
    by_machine = select(
        outbox.c.payer_id, payer.c.name.label("payer"), payer.c.zone, outbox.c.sent_at, outbox.c.message
    ).join(payer, payer.c.id == outbox.c.payer_id)
    by_machine = by_machine.where(
        outbox.c.way == Way.WHATSAPP, outbox.c.kind == MessageKind.CHASE, outbox.c.state.in_(LEFT)
    )
    by_hand = select(
        contact_event.c.payer_id, payer.c.name.label("payer"), payer.c.zone, contact_event.c.at.label("sent_at")
    ).join(payer, payer.c.id == contact_event.c.payer_id)
    by_hand = by_hand.where(
        contact_event.c.channel == Channel.WHATSAPP_BY_HAND,
        contact_event.c.result == CHASED,
        contact_event.c.undone_at.is_(None),
    )
    found = [Chase(**row._mapping, by_machine=True) for row in (await db.execute(by_machine)).all()]
    found += [Chase(**row._mapping, by_machine=False, message="") for row in (await db.execute(by_hand)).all()]
    return tuple(sorted(found, key=lambda one: (one.sent_at, one.payer_id)))


async def payers_at_rest(db: Database, payer_ids: Sequence[int]) -> tuple[str, ...]:
    """This function will name those of these payers of whom nothing may be asked now: paid, or all of it held."""
    asked = exists().where(invoice.c.payer_id == payer.c.id, invoice.c.balance > 0, ~_rests(invoice.c.id))
    query = select(payer.c.name).where(payer.c.id.in_(list(payer_ids)), ~asked).order_by(payer.c.id)
    return tuple((await db.execute(query)).scalars())


async def balances(db: Database) -> tuple[Balance, ...]:
    """This function will list every invoice with the money that stands on it now."""
    stands = (
        select(allocation.c.invoice_id, rows.sum_of(allocation.c.amount).label("total"))
        .join(payment, payment.c.id == allocation.c.payment_id)
        .where(payment.c.reversed_at.is_(None))
        .group_by(allocation.c.invoice_id)
        .subquery()
    )
    names = ("id", "number", "amount", "paid", "credited", "balance")
    query = (
        select(*(invoice.c[name] for name in names), func.coalesce(stands.c.total, 0).label("total"))
        .join(stands, stands.c.invoice_id == invoice.c.id, isouter=True)
        .order_by(invoice.c.id)
    )
    return tuple(
        Balance(**{name: row._mapping[name] for name in names}, allocated=Money(int(row.total)))
        for row in (await db.execute(query)).all()
    )


async def promises_astray(db: Database) -> tuple[str, ...]:
    """This function will name the payers with an ended promise that still holds, or one that is half ended."""
    still_holds = exists().where(
        hold.c.outcome_id == promise.c.outcome_id, hold.c.kind == HoldKind.PROMISE, hold.c.ended_at.is_(None)
    )
    ended = promise.c.state != PromiseState.OPEN
    half = or_(and_(ended, promise.c.closed_on.is_(None)), and_(~ended, promise.c.closed_on.is_not(None)))
    query = (
        select(payer.c.name)
        .join(promise, promise.c.payer_id == payer.c.id)
        .where(or_(and_(ended, promise.c.outcome_id.is_not(None), still_holds), half))
        .order_by(payer.c.id)
    )
    return tuple((await db.execute(query)).scalars())


async def overdue(db: Database, *, due_up_to: date) -> tuple[Overdue, ...]:
    """This function will list the payers with unheld money due on or before a day, and how the managers were asked."""
    of_payer = (escalation.c.payer_id == payer.c.id, escalation.c.reason == EscalationReason.H4)
    counted = select(func.count()).select_from(escalation).where(*of_payer)
    query = (
        select(
            payer.c.name.label("payer"),
            rows.sum_of(invoice.c.balance).label("total"),
            counted.where(escalation.c.state.in_(ALIVE)).scalar_subquery().label("alive"),
            counted.where(escalation.c.state == EscalationState.DECIDED).scalar_subquery().label("ended"),
        )
        .join(invoice, invoice.c.payer_id == payer.c.id)
        .where(invoice.c.balance > 0, invoice.c.due_on <= due_up_to, ~_rests(invoice.c.id))
        .group_by(payer.c.id, payer.c.name)
        .order_by(payer.c.id)
    )
    return tuple(
        Overdue(payer=row.payer, amount=Money(int(row.total)), alive=int(row.alive), ended=int(row.ended))
        for row in (await db.execute(query)).all()
    )


async def stuck_messages(db: Database, *, before: datetime) -> tuple[str, ...]:
    """This function will describe the messages that should have moved before an instant, or wait without a reason."""
    late = and_(
        outbox.c.state.in_((OutboxState.QUEUED, OutboxState.HELD, OutboxState.SENDING, OutboxState.UNKNOWN)),
        outbox.c.send_after < before,
    )
    silent = and_(outbox.c.state == OutboxState.HELD, outbox.c.hold_reason.is_(None))
    query = select(outbox.c.message, outbox.c.state).where(or_(late, silent)).order_by(outbox.c.id)
    return tuple(f"{row.message} ({row.state.value})" for row in (await db.execute(query)).all())


async def repeated_messages(db: Database) -> tuple[str, ...]:
    """This function will describe what left twice for one payer with the same words on one UTC day, as a chase."""
    on = func.date(outbox.c.sent_at)
    query = (
        select(payer.c.name, outbox.c.message)
        .join(payer, payer.c.id == outbox.c.payer_id)
        .where(outbox.c.way == Way.WHATSAPP, outbox.c.kind == MessageKind.CHASE, outbox.c.state.in_(LEFT))
        .group_by(payer.c.id, payer.c.name, outbox.c.message, on)
        .having(func.count() > 1)
    )
    return tuple(f"{row.message} {row.name}" for row in (await db.execute(query)).all())


async def cards_left_open(db: Database, *, before: date, now: datetime) -> int:
    """This function will count the cards of days before `before` that are still open and wait for no later moment."""
    query = select(func.count()).select_from(follow_up)
    query = query.where(or_(follow_up.c.return_at.is_(None), follow_up.c.return_at < now))
    query = query.where(follow_up.c.state == FollowUpState.OPEN, follow_up.c.planned_on < literal(before, Date))
    return int((await db.execute(query)).scalar_one())


def _rests(invoice_id: ColumnElement[int]) -> ColumnElement[bool]:
    """A hold covers all of the invoice: on itself or on its payer, without an amount or with all that is open."""
    return exists().where(
        hold.c.payer_id == invoice.c.payer_id,
        hold.c.ended_at.is_(None),
        hold.c.kind.in_(_STOPS),
        or_(hold.c.invoice_id.is_(None), hold.c.invoice_id == invoice_id),
        or_(hold.c.amount.is_(None), hold.c.amount >= invoice.c.balance),
        covers_all(),
    )
