"""The plan of 100,000 open invoices against the plain INSERT ... SELECT that writes the same marks and cards.

What the plan adds to the bare statements: holds, answers, closed days, reminders, one card a payer, unique keys. The
ratio should stay at 1.5 or below. PostgreSQL is measured where an empty database is
named: `python -m benchmarks planning postgresql://...`.
"""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.casework import planning
from bot.turn import Company, Desk
from sop.calendar import WorkCalendar
from sop.ladder import DATED, latest_due_at
from sop.money import Money
from sop.people import ConsentState, ContactState
from sop.policy import DEFAULT
from storage import Database, Store
from storage.tables import contact_person, customer, follow_up, invoice, invoice_step, outbox, payer

INVOICES = 100_000
INVOICES_OF_PAYER = 4
SPREAD_DAYS = 120
TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 17, 22, 5, tzinfo=UTC)  # 05:05 in Jakarta
ZONE = "Asia/Jakarta"
CALENDAR = WorkCalendar(national=frozenset(), joint_leave=frozenset())
LIMIT = 1.5
ROUNDS = 5

MARKS = """
INSERT INTO invoice_step (invoice_id, payer_id, step, reached_on, planned_on, state)
SELECT id, payer_id, CASE {steps} END, :today, :today, 'due' FROM invoice
WHERE balance > 0 AND due_on IN ({days})
"""
OLD = """
INSERT INTO invoice_step (invoice_id, payer_id, step, reached_on, planned_on, state)
SELECT id, payer_id, 'H+4', :today, :today, 'due' FROM invoice WHERE balance > 0 AND due_on <= :latest
"""
CARDS = """
INSERT INTO follow_up (payer_id, planned_on, step, state, call, message, is_return, policy_version)
SELECT payer_id, :today, max(step), 'open', 'due', 'due', {false}, 'x' FROM invoice_step
WHERE planned_on = :today AND step <> 'H+4' GROUP BY payer_id
"""
LETTERS = """
INSERT INTO outbox (way, kind, state, business_key, urgency, payer_id, follow_up_id, message, language, "values", taps,
                    send_after, attempts, created_at, is_repeat)
SELECT 'whatsapp', 'chase', 'queued', 'chase:' || payer_id, 9, payer_id, id, 'customer/reminder', 'id', '{{}}', '[]',
       :now, 0, :now, {false} FROM follow_up WHERE planned_on = :today
"""


async def main(*, postgres: str | None = None) -> None:
    """This function will measure on SQLite, and on the empty PostgreSQL database named, and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        await _measure("SQLite", f"sqlite:///{Path(folder) / 'bench.db'}")
    if postgres:
        await _measure("PostgreSQL", postgres)


async def _measure(name: str, url: str) -> None:
    store = Store(url)
    await store.create_schema()
    async with store.transaction() as db:
        await _fill(db)
    plain, plan = [], []
    for _ in range(ROUNDS):
        plain.append(await _timed(store, _plain))
        plan.append(await _timed(store, _plan))
    await store.close()
    ratio = min(plan) / min(plain)
    verdict = "ok" if ratio <= LIMIT else "ABOVE THE LIMIT"
    print(f"{name}: plan {min(plan):.2f} s, plain {min(plain):.2f} s, ratio {ratio:.2f} (limit {LIMIT}) {verdict}")


async def _timed(store: Store, work: object) -> float:
    """Real seconds of one run on a books without any plan."""
    async with store.transaction() as db:
        for table in (outbox, invoice_step, follow_up):
            await db.execute(table.delete())
        await db.execute(text("DELETE FROM job_run"))
    start = time.perf_counter()
    async with store.transaction() as db:
        await work(db)  # type: ignore[operator]
    return time.perf_counter() - start


async def _plan(db: Database) -> None:
    company = Company(name="PT", phone="", payment_instructions="", language="id", zone=ZONE, whatsapp_mode="twilio")
    desk = Desk(db=db, now=NOW, policy=DEFAULT, calendar=CALENDAR, company=company)
    plan = planning.Plan(zone=ZONE, today=TODAY, since=TODAY - timedelta(days=1))
    await planning.mark_and_card(desk, plan)


async def _plain(db: Database) -> None:
    days = {step: latest_due_at(step, TODAY, calendar=CALENDAR, policy=DEFAULT) for step in DATED}
    steps = " ".join(f"WHEN due_on = '{day}' THEN '{step.value}'" for step, day in days.items())
    listed = ", ".join(f"'{day}'" for day in list(days.values())[:-1])
    bare = "0" if db.dialect.name == "sqlite" else "false"
    await db.execute(text(MARKS.format(steps=steps, days=listed)), {"today": TODAY})
    await db.execute(text(OLD), {"today": TODAY, "latest": list(days.values())[-1]})
    await db.execute(text(CARDS.format(false=bare)), {"today": TODAY})
    now = NOW.replace(tzinfo=None) if db.dialect.name == "sqlite" else NOW
    await db.execute(text(LETTERS.format(false=bare)), {"today": TODAY, "now": now})


async def _fill(db: Database) -> None:
    payers = INVOICES // INVOICES_OF_PAYER
    numbers = range(1, payers + 1)
    await db.execute(payer.insert(), [{"id": n, "name": f"Toko {n}", "zone": ZONE} for n in numbers])
    await db.execute(customer.insert(), [{"id": n, "payer_id": n, "name": f"Toko {n}", "zone": ZONE} for n in numbers])
    contact = {"on_whatsapp": True, "state": ContactState.LISTED, "consent": ConsentState.GIVEN}
    rows = [{"customer_id": n, "address": f"+62812{n:08}", **contact} for n in numbers]
    await db.execute(contact_person.insert(), rows)
    await db.execute(invoice.insert(), [_invoice(n) for n in range(INVOICES)])


def _invoice(number: int) -> dict[str, object]:
    owner = number // INVOICES_OF_PAYER + 1
    amount = Money.rupiah(1_000_000)
    return {
        "customer_id": owner,
        "payer_id": owner,
        "number": f"F-{number}",
        "due_on": TODAY - timedelta(days=SPREAD_DAYS // 2) + timedelta(days=number % SPREAD_DAYS),
        "amount": amount,
        "paid": Money.ZERO,
        "credited": Money.ZERO,
        "balance": amount,
        "listed_on": date(2026, 1, 2),
    }
