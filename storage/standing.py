"""What is known of every payer who owes, in a few statements for all of them; and what was made of it (11).

The cost follows the open invoices and what happened within the look-back, not the number of cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from sop.contact import Channel
from sop.escalation import EscalationReason
from sop.guard import MessageKind
from sop.money import Money
from sop.outcomes import PromiseReason
from sop.promise import PromiseState
from sop.signs import Abc, Evidence, Heat, Score, Sign, Standing
from storage import rows
from storage.engine import Database
from storage.tables import (
    allocation,
    contact_event,
    customer,
    escalation,
    extension,
    invoice,
    outbox,
    payer_standing,
    payment,
    promise,
)

_NEW_TERMS = (EscalationReason.NEW_TERMS, EscalationReason.INSTALMENTS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """How far back behaviour is looked at: the same moment as an instant and as a day."""

    since: datetime
    since_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Owing:
    """A payer with a balance; `oldest_due_on` of what is open."""

    payer_id: int
    balance: Money
    oldest_due_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """An invoice that was paid off: when it was due and when the last money for it came."""

    payer_id: int
    due_on: date
    paid_on: date


async def owing(db: Database) -> tuple[Owing, ...]:
    """This function will list everybody who owes."""
    total = rows.sum_of(invoice.c.balance)
    query = select(invoice.c.payer_id, total, func.min(invoice.c.due_on)).where(invoice.c.balance > 0)
    found = (await db.execute(query.group_by(invoice.c.payer_id))).all()
    return tuple(Owing(payer_id=one, balance=Money(int(sen)), oldest_due_on=due_on) for one, sen, due_on in found)


async def credit_limits(db: Database) -> dict[int, Money]:
    """This function will sum the credit limits of each payer's customers, where any is known."""
    query = select(customer.c.payer_id, rows.sum_of(customer.c.credit_limit))
    found = await db.execute(query.where(customer.c.credit_limit.is_not(None)).group_by(customer.c.payer_id))
    return {payer_id: Money(int(sen)) for payer_id, sen in found.all()}


async def broken_promises(db: Database, window: Window) -> dict[int, int]:
    return await _counted(db, promise, promise.c.state == PromiseState.BROKEN, promise.c.closed_on >= window.since_on)


async def without_funds(db: Database, window: Window) -> frozenset[int]:
    """This function will name who gave lack of money as the reason of a promise or of a wish for time."""
    promised = await _counted(
        db, promise, promise.c.reason == PromiseReason.NO_FUNDS.value, promise.c.taken_at >= window.since
    )
    asked = await _counted(
        db, extension, extension.c.reason == PromiseReason.NO_FUNDS.value, extension.c.asked_at >= window.since
    )
    return frozenset({*promised, *asked})


async def asking_new_terms(db: Database, window: Window) -> frozenset[int]:
    found = await _counted(db, escalation, escalation.c.reason.in_(_NEW_TERMS), escalation.c.opened_at >= window.since)
    return frozenset(found)


async def settled(db: Database, window: Window) -> tuple[Settled, ...]:
    """This function will list the invoices that were paid off within the look-back."""
    paid_on = func.max(payment.c.paid_on).label("paid_on")
    query = (
        select(invoice.c.payer_id, invoice.c.due_on, paid_on)
        .select_from(
            invoice.join(allocation, allocation.c.invoice_id == invoice.c.id).join(
                payment, payment.c.id == allocation.c.payment_id
            )
        )
        .where(invoice.c.balance <= 0, payment.c.reversed_at.is_(None), payment.c.paid_on >= window.since_on)
        .group_by(invoice.c.id, invoice.c.payer_id, invoice.c.due_on)
    )
    return await rows.listed(db, query, Settled)


async def last_answers(db: Database, window: Window) -> dict[int, datetime]:
    """This function will say when each payer was reached last, or wrote."""
    query = select(contact_event.c.payer_id, func.max(contact_event.c.at)).where(
        contact_event.c.is_answer, contact_event.c.at >= window.since, contact_event.c.undone_at.is_(None)
    )
    return dict(_pairs((await db.execute(query.group_by(contact_event.c.payer_id))).all()))


async def calls(db: Database, window: Window) -> dict[int, list[datetime]]:
    """This function will list the call attempts of each payer."""
    query = select(contact_event.c.payer_id, contact_event.c.at).where(
        contact_event.c.channel == Channel.CALL,
        contact_event.c.at >= window.since,
        contact_event.c.undone_at.is_(None),
        ~contact_event.c.is_answer,
    )
    return _grouped((await db.execute(query)).all())


async def read_reminders(db: Database, window: Window) -> dict[int, list[datetime]]:
    """This function will list when the reminders left that each payer has read."""
    query = select(outbox.c.payer_id, outbox.c.sent_at).where(
        outbox.c.kind == MessageKind.CHASE,
        outbox.c.sent_at >= window.since,
        outbox.c.read_at.is_not(None),
        outbox.c.payer_id.is_not(None),
    )
    return _grouped((await db.execute(query)).all())


async def put(db: Database, known: Sequence[Standing]) -> None:
    """This function will write down the standing of all who owe; what was known before is forgotten."""
    await db.execute(payer_standing.delete())
    if known:
        await db.execute(payer_standing.insert(), [_row(one) for one in known])


async def of_payers(db: Database, payer_ids: Iterable[int]) -> dict[int, Standing]:
    """This function will give the standing of these payers as it was counted last; who owed nothing has none."""
    query = select(payer_standing).where(payer_standing.c.payer_id.in_(list(payer_ids)))
    return {row.payer_id: _standing(dict(row._mapping)) for row in (await db.execute(query)).all()}


async def _counted(db: Database, table: Table, *where: ColumnElement[bool]) -> dict[int, int]:
    query: Select[Any] = select(table.c.payer_id, func.count()).where(table.c.payer_id.is_not(None), *where)
    return dict(_pairs((await db.execute(query.group_by(table.c.payer_id))).all()))


def _pairs(found: Iterable[Any]) -> Iterable[tuple[int, Any]]:
    return ((payer_id, value) for payer_id, value in found)


def _grouped(found: Iterable[Any]) -> dict[int, list[datetime]]:
    by_payer: dict[int, list[datetime]] = {}
    for payer_id, at in found:
        by_payer.setdefault(payer_id, []).append(at)
    return by_payer


def _row(one: Standing) -> dict[str, Any]:
    return {
        "payer_id": one.payer_id,
        "counted_on": one.counted_on,
        "balance": one.balance,
        "abc": one.abc,
        "score": one.score.points,
        "reasons": {
            "overdue": one.score.overdue,
            "exposure": one.score.exposure,
            "behaviour": one.score.behaviour,
            "heat": one.score.heat.value,
        },
        "signs": [[evidence.sign.value, evidence.count] for evidence in one.signs],
    }


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(
        payer_id=row["payer_id"],
        counted_on=row["counted_on"],
        balance=row["balance"],
        abc=Abc(row["abc"]),
        score=_score(row["reasons"]),
        signs=tuple(Evidence(sign=Sign(name), count=count) for name, count in row["signs"]),
    )


def _score(parts: Mapping[str, Any]) -> Score:
    points = {name: parts[name] for name in ("overdue", "exposure", "behaviour")}
    return Score(**points, heat=Heat(parts["heat"]))
