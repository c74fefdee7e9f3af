"""What a rehearsal tells about the books: who can be reached, what left, what was held, and the totals at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select

from sop.guard import MessageKind
from sop.money import Money
from sop.outbox import LEFT, OutboxState, Way
from sop.people import ConsentState, ContactState
from storage import rows
from storage.engine import Database
from storage.tables import (
    contact_person,
    customer,
    escalation,
    follow_up,
    invoice,
    outbox,
    outcome,
    payer,
    payment,
    promise,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reachable:
    """A payer with his first contact."""

    payer_id: int
    name: str
    address: str
    consent: ConsentState
    state: ContactState


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A message to a customer."""

    id: int
    payer: str | None
    kind: MessageKind
    message: str
    state: OutboxState
    body: str | None
    hold_reason: str | None
    send_after: datetime
    sent_at: datetime | None


async def reachable_payers(db: Database) -> tuple[Reachable, ...]:
    """This function will list every payer with a contact, each with the one that stands first."""
    first = (
        select(customer.c.payer_id, func.min(contact_person.c.id).label("contact_id"))
        .join(contact_person, contact_person.c.customer_id == customer.c.id)
        .group_by(customer.c.payer_id)
        .subquery()
    )
    query = (
        select(
            first.c.payer_id,
            payer.c.name,
            contact_person.c.address,
            contact_person.c.consent,
            contact_person.c.state,
        )
        .join(payer, payer.c.id == first.c.payer_id)
        .join(contact_person, contact_person.c.id == first.c.contact_id)
        .order_by(first.c.payer_id)
    )
    return await rows.listed(db, query, Reachable)


async def letters(db: Database, *, after_id: int = 0) -> tuple[Letter, ...]:
    """This function will list the messages to customers, queued after the one with this number."""
    names = ("id", "kind", "message", "state", "body", "hold_reason", "send_after", "sent_at")
    query = (
        select(payer.c.name.label("payer"), *(outbox.c[name] for name in names))
        .join(payer, payer.c.id == outbox.c.payer_id, isouter=True)
        .where(outbox.c.way == Way.WHATSAPP, outbox.c.id > after_id)
        .order_by(outbox.c.id)
    )
    return await rows.listed(db, query, Letter)


async def totals(db: Database) -> Mapping[str, Mapping[str, int]]:
    """This function will count what there is, by kind: cards, outcomes, promises, questions, decisions, messages."""
    to_customers = outbox.c.way == Way.WHATSAPP
    rests = outbox.c.state.in_((OutboxState.HELD, OutboxState.CANCELLED))
    return {
        "cards": await _counted(db, follow_up, follow_up.c.state),
        "outcomes": await _counted(db, outcome, outcome.c.kind, outcome.c.undone_at.is_(None)),
        "promises": await _counted(db, promise, promise.c.state),
        "questions": await _counted(db, escalation, escalation.c.reason),
        "question_states": await _counted(db, escalation, escalation.c.state),
        "decisions": await _counted(db, escalation, escalation.c.decision, escalation.c.decision.is_not(None)),
        "messages": await _counted(db, outbox, outbox.c.state, to_customers),
        "held": await _counted(db, outbox, outbox.c.hold_reason, to_customers, rests),
    }


async def money(db: Database) -> Mapping[str, Money | int]:
    """This function will sum up what came in and what is still open; `paid` counts the invoices without a balance."""
    came = select(rows.sum_of(payment.c.amount)).where(payment.c.reversed_at.is_(None))
    counted = select(func.count()).select_from(invoice)
    return {
        "payments": int((await db.execute(select(func.count()).select_from(payment))).scalar_one()),
        "received": await rows.one_sum(db, came),
        "open": await rows.one_sum(db, select(rows.sum_of(invoice.c.balance))),
        "paid": int((await db.execute(counted.where(invoice.c.balance <= 0))).scalar_one()),
        "invoices": int((await db.execute(counted)).scalar_one()),
    }


async def _counted(
    db: Database, table: Table, by: ColumnElement[Any], *where: ColumnElement[bool]
) -> Mapping[str, int]:
    query = select(by, func.count()).select_from(table).where(*where).group_by(by)
    found = [(getattr(kind, "value", kind), int(count)) for kind, count in (await db.execute(query)).all()]
    return dict(sorted((str(kind), count) for kind, count in found))


def has_left(state: OutboxState) -> bool:
    """This function will say whether a message has left us."""
    return state in LEFT
