"""Puts payers and invoices into a test's database, shortly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sop.calendar import WorkCalendar
from sop.ladder import Step, escalation_threshold, latest_due_at, no_reply_dates, reached
from sop.money import Money
from sop.people import ConsentState, ContactState, Role
from sop.policy import DEFAULT, Policy
from storage import Database, people, planning
from storage.planning import PlanRun
from storage.tables import contact_person, customer, invoice, payer

CALENDAR = WorkCalendar(national=frozenset(), joint_leave=frozenset())
WEDNESDAY = date(2026, 11, 18)
NOON = datetime(2026, 11, 18, 5, tzinfo=UTC)
JAKARTA = "Asia/Jakarta"


async def add(db: Database, table: Any, **values: Any) -> int:
    added: Any = await db.execute(table.insert().values(values))
    return int(added.inserted_primary_key[0])


async def collector(db: Database, name: str = "Rina") -> int:
    return await people.add(db, people.NewPerson(name=name, role=Role.COLLECTOR, zone=JAKARTA, language="id"), now=NOON)


async def debtor(
    db: Database,
    name: str,
    *,
    zone: str | None = JAKARTA,
    collector_id: int | None = None,
    consent: ConsentState = ConsentState.GIVEN,
    segment: str | None = None,
) -> int:
    """A payer with one customer and one contact on WhatsApp; gives the payer."""
    payer_id = await add(db, payer, name=name, zone=zone)
    owner = {"payer_id": payer_id, "name": name, "zone": zone, "collector_id": collector_id, "segment": segment}
    customer_id = await add(db, customer, **owner)
    contact = {"customer_id": customer_id, "address": f"+62812000{customer_id:05}", "on_whatsapp": True}
    await add(db, contact_person, **contact, state=ContactState.LISTED, consent=consent)
    return payer_id


async def owes(
    db: Database, payer_id: int, due_on: date, *, amount: int = 1_000_000, listed_on: date = date(2026, 1, 2)
) -> int:
    """An open invoice of the payer's first customer."""
    chosen = await db.execute(customer.select().where(customer.c.payer_id == payer_id))
    customer_id = chosen.first()[0]  # type: ignore[index]
    sum_ = Money.rupiah(amount)
    return await add(
        db,
        invoice,
        customer_id=customer_id,
        payer_id=payer_id,
        number=f"F-{payer_id}-{due_on.isoformat()}-{amount}",
        due_on=due_on,
        amount=sum_,
        paid=Money.ZERO,
        credited=Money.ZERO,
        balance=sum_,
        listed_on=listed_on,
    )


def run_of(
    today: date = WEDNESDAY,
    *,
    since: date | None = None,
    zone: str | None = JAKARTA,
    policy: Policy = DEFAULT,
    **more: Any,
) -> PlanRun:
    yesterday = since or date.fromordinal(today.toordinal() - 1)
    return PlanRun(
        today=today,
        now=NOON,
        zone=zone,
        reaches=reached(today, since=yesterday, calendar=CALENDAR, policy=policy),
        overdue_up_to=escalation_threshold(today, calendar=CALENDAR, policy=policy),
        policy_version=policy.version,
        **more,
    )


async def mark(db: Database, run: PlanRun, *, since: date | None = None) -> int:
    """All marks of one plan; gives how many rows are new."""
    yesterday = since or date.fromordinal(run.today.toordinal() - 1)
    reminded_on = no_reply_dates(run.today, since=yesterday, calendar=CALENDAR, policy=DEFAULT)
    due_after = latest_due_at(Step.H_MINUS_3, run.today, calendar=CALENDAR, policy=DEFAULT)
    marked = await planning.mark_reached(db, run) + await planning.mark_overdue(db, run)
    return marked + await planning.mark_unanswered(db, run, reminded_on=reminded_on, due_after=due_after)
