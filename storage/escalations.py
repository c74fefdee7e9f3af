"""Questions to the managers, at rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, select, update

from sop.escalation import ALIVE, REQUESTS, UNDECIDED, Escalation, EscalationReason, EscalationState
from sop.money import Money
from sop.people import DECIDERS, PersonState
from storage import rows
from storage.engine import Database
from storage.tables import escalation, escalation_invoice, invoice, payer, person

_MOST_IN_ONE = 500  # parameters of one query; databases have a limit


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEscalation:
    """A question to be asked; `subject_id` is the promise, extension, claim or collector it is about."""

    reason: EscalationReason
    deadline_at: datetime
    payer_id: int | None = None
    invoice_ids: Sequence[int] = ()
    subject_id: int | None = None
    note: str | None = None
    next_call_on: date | None = None
    outcome_id: int | None = None


async def add(db: Database, new: NewEscalation, *, now: datetime) -> Escalation:
    return await get(db, (await add_all(db, [new], now=now))[0])


async def add_all(db: Database, news: Sequence[NewEscalation], *, now: datetime) -> tuple[int, ...]:
    """This function will add many questions at once and give their numbers in the same order."""
    if not news:
        return ()
    adding = escalation.insert().returning(escalation.c.id, sort_by_parameter_order=True)
    numbers = tuple((await db.execute(adding, [_values_of(new, now=now) for new in news])).scalars())
    links = [
        {"escalation_id": number, "invoice_id": invoice_id}
        for number, new in zip(numbers, news, strict=True)
        for invoice_id in dict.fromkeys(new.invoice_ids)
    ]
    if links:
        await db.execute(escalation_invoice.insert(), links)
    return numbers


def _values_of(new: NewEscalation, *, now: datetime) -> dict[str, Any]:
    return {
        "payer_id": new.payer_id,
        "reason": new.reason,
        "state": EscalationState.OPEN,
        "note": new.note,
        "subject_id": new.subject_id,
        "level": 1,
        "opened_at": now,
        "deadline_at": new.deadline_at,
        "next_call_on": new.next_call_on,
        "outcome_id": new.outcome_id,
    }


async def join(db: Database, escalation_id: int, invoice_ids: Sequence[int]) -> None:
    """This function will add invoices to an escalation that it does not have yet."""
    known = set(await invoices_of(db, escalation_id))
    for invoice_id in dict.fromkeys(invoice_ids):
        if invoice_id not in known:
            await db.execute(escalation_invoice.insert().values(escalation_id=escalation_id, invoice_id=invoice_id))


async def get(db: Database, escalation_id: int, *, for_update: bool = False) -> Escalation:
    query = _all().where(escalation.c.id == escalation_id)
    return await rows.got(db, query.with_for_update(of=escalation) if for_update else query, Escalation)


async def invoices_of(db: Database, escalation_id: int) -> tuple[int, ...]:
    query = select(escalation_invoice.c.invoice_id).where(escalation_invoice.c.escalation_id == escalation_id)
    return tuple((await db.execute(query.order_by(escalation_invoice.c.id))).scalars())


async def balances(db: Database, escalation_ids: Sequence[int]) -> dict[int, Money]:
    """This function will sum what is open on the invoices of each of these questions."""
    found = dict.fromkeys(escalation_ids, Money.ZERO)
    for start in range(0, len(escalation_ids), _MOST_IN_ONE):
        some = list(escalation_ids[start : start + _MOST_IN_ONE])
        query = (
            select(escalation_invoice.c.escalation_id, rows.sum_of(invoice.c.balance))
            .join(invoice, invoice.c.id == escalation_invoice.c.invoice_id)
            .where(escalation_invoice.c.escalation_id.in_(some))
            .group_by(escalation_invoice.c.escalation_id)
        )
        found |= {number: Money(int(sen)) for number, sen in (await db.execute(query)).all()}
    return found


async def newly_listed(db: Database, escalation_ids: Sequence[int], *, since: date) -> frozenset[int]:
    """This function will find those of the questions whose invoices came into the books after `since`."""
    found: set[int] = set()
    for start in range(0, len(escalation_ids), _MOST_IN_ONE):
        some = list(escalation_ids[start : start + _MOST_IN_ONE])
        query = (
            select(escalation_invoice.c.escalation_id)
            .join(invoice, invoice.c.id == escalation_invoice.c.invoice_id)
            .where(escalation_invoice.c.escalation_id.in_(some), invoice.c.listed_on > since)
        )
        found.update((await db.execute(query)).scalars())
    return frozenset(found)


async def of_payer(db: Database, payer_id: int) -> tuple[Escalation, ...]:
    query = _all().where(escalation.c.payer_id == payer_id).order_by(escalation.c.id)
    return await rows.listed(db, query, Escalation)


async def undecided(db: Database) -> tuple[Escalation, ...]:
    query = _all().where(escalation.c.state.in_(UNDECIDED))
    return await rows.listed(db, query.order_by(escalation.c.deadline_at, escalation.c.id), Escalation)


async def overdue(db: Database, *, now: datetime) -> tuple[Escalation, ...]:
    """This function will list the questions whose deadline has passed without a decision."""
    query = _all().where(
        escalation.c.state.in_((*UNDECIDED, EscalationState.RETURNED)), escalation.c.deadline_at <= now
    )
    return await rows.listed(db, query.order_by(escalation.c.deadline_at, escalation.c.id), Escalation)


async def taken_by_nobody(db: Database) -> tuple[Escalation, ...]:
    """This function will list the questions taken by somebody who may not decide any more: another role, or gone."""
    decides = exists().where(
        person.c.id == escalation.c.owner_id, person.c.role.in_(DECIDERS), person.c.state == PersonState.ACTIVE
    )
    query = _all().where(escalation.c.state == EscalationState.TAKEN, ~decides)
    return await rows.listed(db, query.order_by(escalation.c.id), Escalation)


async def settled(db: Database, payer_id: int) -> tuple[Escalation, ...]:
    """This function will list a payer's living escalations none of whose invoices is open any more."""
    still_open = exists().where(
        escalation_invoice.c.escalation_id == escalation.c.id,
        invoice.c.id == escalation_invoice.c.invoice_id,
        invoice.c.balance > 0,
    )
    has_invoices = exists().where(escalation_invoice.c.escalation_id == escalation.c.id)
    query = _all().where(
        escalation.c.payer_id == payer_id,
        escalation.c.state.in_((*ALIVE, EscalationState.DECIDED)),
        has_invoices,
        ~still_open,
    )
    return await rows.listed(db, query.order_by(escalation.c.id), Escalation)


async def ruling_of(db: Database, payer_id: int) -> Escalation | None:
    """This function will give the managers' newest decision about what a payer owes, or their instruction.

    Answers to requests are none: the promise or the extension itself says what came of them.
    """
    still_open = exists().where(
        escalation_invoice.c.escalation_id == escalation.c.id,
        invoice.c.id == escalation_invoice.c.invoice_id,
        invoice.c.balance > 0,
    )
    query = _all().where(
        escalation.c.payer_id == payer_id,
        escalation.c.state.in_((EscalationState.DECIDED, EscalationState.RETURNED)),
        escalation.c.reason.not_in(list(REQUESTS)),
        escalation.c.decided_at.is_not(None),
        still_open,
    )
    newest = query.order_by(escalation.c.decided_at.desc(), escalation.c.id.desc()).limit(1)
    return await rows.found(db, newest, Escalation)


async def change(db: Database, escalation_id: int, **values: Any) -> None:
    await db.execute(update(escalation).where(escalation.c.id == escalation_id).values(**values))


async def change_all(db: Database, escalation_ids: Sequence[int], **values: Any) -> None:
    """This function will write the same fields of many questions."""
    for start in range(0, len(escalation_ids), _MOST_IN_ONE):
        some = list(escalation_ids[start : start + _MOST_IN_ONE])
        await db.execute(update(escalation).where(escalation.c.id.in_(some)).values(**values))


async def of_outcome(db: Database, outcome_id: int) -> tuple[Escalation, ...]:
    query = _all().where(escalation.c.outcome_id == outcome_id)
    return await rows.listed(db, query, Escalation)


async def alive_about(db: Database, reason: EscalationReason, subject_ids: Sequence[int]) -> tuple[Escalation, ...]:
    """This function will list the living questions of a kind about these promises, claims or persons."""
    query = _all().where(
        escalation.c.reason == reason, escalation.c.subject_id.in_(list(subject_ids)), escalation.c.state.in_(ALIVE)
    )
    return await rows.listed(db, query.order_by(escalation.c.id), Escalation)


async def alive_of_payers(
    db: Database, payer_ids: Sequence[int], reasons: Collection[EscalationReason]
) -> tuple[Escalation, ...]:
    """This function will list the living questions of some kinds about these payers."""
    found: list[Escalation] = []
    for start in range(0, len(payer_ids), _MOST_IN_ONE):
        query = _all().where(
            escalation.c.payer_id.in_(list(payer_ids[start : start + _MOST_IN_ONE])),
            escalation.c.reason.in_(reasons),
            escalation.c.state.in_(ALIVE),
        )
        found += await rows.listed(db, query.order_by(escalation.c.id), Escalation)
    return tuple(found)


async def hold_delivery(db: Database, payer_id: int, *, since: datetime | None) -> None:
    """This function will note since when the payer's deliveries are held back; none: they go out again."""
    await db.execute(update(payer).where(payer.c.id == payer_id).values(delivery_held_at=since))


async def delivery_held_at(db: Database, payer_id: int) -> datetime | None:
    found = await db.execute(select(payer.c.delivery_held_at).where(payer.c.id == payer_id))
    moment: datetime | None = found.scalar_one_or_none()
    return moment


def _all() -> Select[Any]:
    """A question with the names of who took it and who decided it: the second of two managers is told who."""
    owner, decider = person.alias("owner"), person.alias("decider")
    return (
        select(*rows.columns(escalation, Escalation), owner.c.name.label("owner"), decider.c.name.label("decided_by"))
        .join(owner, owner.c.id == escalation.c.owner_id, isouter=True)
        .join(decider, decider.c.id == escalation.c.decided_by_id, isouter=True)
    )
