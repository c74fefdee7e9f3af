"""What customers hear about their instalments: offered, agreed, reminded of, missed, ended (section 3, 10; 002)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework import cases, letters, notices
from bot.casework.notices import Post, ToCustomer
from bot.casework.plan_standing import Judged, look
from bot.casework.promise_letters import machine_hour, zones_of
from bot.render import label_named
from bot.reply import plain
from bot.turn import Desk
from sop.case import Case
from sop.guard import MessageKind
from sop.hours import day_ends_at, machine_hours
from sop.money import Money
from sop.people import Person
from sop.plan import Instalment, Plan, PlanState, Standing, consent_until, reminder_on
from storage import invoices, outbox
from storage import plans as stored
from storage.outbox import URGENT
from storage.plans import InstalmentRow

OFFERED, AGREED, REMINDED = "customer/T19", "customer/T19_agreed", "customer/T25"
MISSED, RECEIVED, COMPLETED, ENDED = (
    "customer/T25_missed",
    "customer/T25_received",
    "customer/T25_completed",
    "customer/T25_ended",
)
UNTIMELY = (REMINDED, MISSED)
"""What is said about an instalment and becomes wrong when money comes or the plan ends."""
REASON = "instalment_reminded"
MOST_CHARACTERS = 255  # of one variable of a WhatsApp template


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One message about a plan; `officer` none: the payer's collector. `more` adds or replaces values."""

    message: str
    more: dict[str, Any]
    officer: Person | None = None


async def offer(desk: Desk, plan: Plan, *, officer: Person | None) -> None:
    """This function will put the schedule to the customer for his written consent (T19)."""
    case = await cases.load(desk, plan.payer_id)
    more = {"plan": await plan_line(desk, plan.id), "deadline_on": deadline_of(desk, plan, case)}
    post = Post(key=f"plan_offered:{plan.id}", outcome_id=plan.outcome_id)
    await write(desk, plan, Said(message=OFFERED, more=more, officer=officer), post)


async def confirm(desk: Desk, plan: Plan) -> None:
    """This function will tell the customer that the plan is agreed, and what comes first."""
    rows = await stored.instalments_of(desk.db, plan.id)
    more = {"plan": await plan_line(desk, plan.id), "promised_on": rows[0].due_on, "amount": rows[0].amount}
    await write(desk, plan, Said(message=AGREED, more=more), Post(key=f"plan_agreed:{plan.id}"))


async def write(desk: Desk, plan: Plan, said: Said, post: Post) -> None:
    """This function will queue a message about a plan; by default its amount is the plan's.

    What is missed or ended is a reminder by its nature: guard, holds and caps are asked when it leaves.
    """
    case = await cases.load(desk, plan.payer_id)
    named = await invoices.listed(desk.db, await stored.invoices_of(desk.db, plan.id))
    by = said.officer or await letters.officer_of(desk, case)
    values = letters.values_for(desk, case, officer=by, invoices=named, **({"amount": plan.amount} | said.more))
    kind = MessageKind.CHASE if said.message in (MISSED, ENDED) else MessageKind.SERVICE
    letter = ToCustomer(payer_id=plan.payer_id, message=said.message, values=values, kind=kind)
    await notices.write_customer(desk, letter, post)


async def plan_line(desk: Desk, plan_id: int) -> str:
    """This function will say the schedule in one line: amounts with weekday and full date."""
    rows = await stored.instalments_of(desk.db, plan_id)
    full = _parts(desk, rows, "plan_part")
    return full if len(full) <= MOST_CHARACTERS else _parts(desk, rows, "plan_part_short")


def _parts(desk: Desk, rows: Sequence[InstalmentRow], label: str) -> str:
    values = [{"amount": one.amount.sen, "on": plain(one.due_on), "year": one.due_on.year} for one in rows]
    return "; ".join(label_named(label, desk.company.language, each) for each in values)


def deadline_of(desk: Desk, plan: Plan, case: Case) -> date:
    """This function will give the last day of the customer's consent."""
    at = plan.approved_at or desk.now
    approved_on = at.astimezone(ZoneInfo(case.zone or desk.company.zone)).date()
    return consent_until(approved_on, calendar=desk.calendar, policy=desk.policy)


async def remind(desk: Desk) -> int:
    """This function will queue the reminders of instalments on the open day before; each once, in machine hours.

    It is the payer's one reminder of that day: the ladder's is taken back. (2.1)
    """
    reminded = 0
    running = await stored.in_state(desk.db, PlanState.RUNNING)
    zones = await zones_of(desk, [one.payer_id for one in running])
    for plan in running:
        reminded += await _reminded(desk, plan, zones[plan.payer_id])
    return reminded


async def _reminded(desk: Desk, plan: Plan, zone: str | None) -> int:
    today = desk.day_in(zone)
    rows = await stored.instalments_of(desk.db, plan.id)
    due = [one for one in rows if one.reminded_on is None and _is_day_before(desk, one, today=today)]
    place, hours = zone or desk.company.zone, machine_hours(desk.policy)
    ends_at = day_ends_at(today, zone=place, hours=hours, calendar=desk.calendar)
    if not due or ends_at is None or ends_at <= desk.now:
        return 0
    judged = await look(desk, plan, await cases.load(desk, plan.payer_id))
    if judged.waits or judged.found[due[0].number - 1] is Standing.PAID:
        return 0
    await stored.change_instalment(desk.db, due[0].id, reminded_on=today)
    await outbox.cancel_chase(desk.db, plan.payer_id, reason=REASON)
    more = {"amount": _open_of(judged, due[0]), "promised_on": due[0].due_on}
    post = Post(key=f"instalment:{due[0].id}", urgency=URGENT, send_after=machine_hour(desk, zone), expires_at=ends_at)
    await write(desk, plan, Said(message=REMINDED, more=more), post)
    return 1


def _is_day_before(desk: Desk, one: InstalmentRow, *, today: date) -> bool:
    return (
        reminder_on(Instalment(due_on=one.due_on, amount=one.amount), calendar=desk.calendar, policy=desk.policy)
        == today
    )


def _open_of(judged: Judged, one: InstalmentRow) -> Money:
    """What is asked for by an instalment's day: all that was due until then and did not come."""
    owed = Money.total(each.amount for each in judged.rows if each.number <= one.number)
    return min((owed - judged.money.received).positive(), judged.left)
