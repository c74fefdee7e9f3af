"""What customers hear about their promises: confirmed, reminded of, and how they ended (sections 4, 10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework import cases, letters, notices
from bot.casework.notices import Post, ToCustomer
from bot.turn import Desk
from sop.case import Case
from sop.guard import MessageKind
from sop.hold import HoldKind
from sop.hours import day_ends_at, machine_hours, next_allowed
from sop.people import Person
from sop.promise import Promise, reminder_on
from storage import customers, invoices, marks
from storage import promises as stored

UNTIMELY = ("customer/T13", "customer/T14")
"""What is said about a promise and becomes wrong when the promise moves."""
FURTHEST = timedelta(days=14)
"""No reminder lies further before its promise than this, the closed days around Lebaran included."""
JOB = "promise_reminder"


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One message about a promise; `officer` none: the payer's collector. `more` adds or replaces values."""

    message: str
    more: dict[str, Any]
    officer: Person | None = None
    kind: MessageKind = MessageKind.SERVICE


async def write(desk: Desk, promise: Promise, said: Said, post: Post) -> None:
    """This function will queue a message about a promise; by default its amount is the promised one."""
    case = await cases.load(desk, promise.payer_id)
    covered = await invoices.listed(desk.db, sorted(promise.invoice_ids))
    officer = said.officer or await letters.officer_of(desk, case)
    values = letters.values_for(
        desk,
        case,
        officer=officer,
        invoices=covered,
        **({"amount": promise.amount, "promised_on": promise.promised_on} | said.more),
    )
    letter = ToCustomer(payer_id=promise.payer_id, message=said.message, values=values, kind=said.kind)
    await notices.write_customer(desk, letter, post)


def machine_hour(desk: Desk, zone: str | None) -> datetime:
    """This function will give the next moment at which a machine may write to a customer there (2.5)."""
    return next_allowed(desk.now, zone=zone, hours=machine_hours(desk.policy), calendar=desk.calendar)


def is_claimed(case: Case, promise: Promise) -> bool:
    """This function will say whether what he promised may be paid already: finance still looks, or awaits the cash.

    Such a promise is neither judged nor reminded of (6; docs/decisions/cash-counts-from-the-hand.md).
    """
    ids = promise.invoice_ids
    return any(
        one.kind in (HoldKind.CLAIM, HoldKind.CASH_IN_HAND) and (one.invoice_id is None or one.invoice_id in ids)
        for one in case.holds
    )


async def remind(desk: Desk) -> int:
    """This function will queue the reminders of promises on the open day before; each once, in machine hours (4)."""
    near = [one for one in await stored.open_up_to(desk.db, desk.day_in(None) + FURTHEST) if one.approved]
    zones = await zones_of(desk, [one.payer_id for one in near])
    due = {_slot(one): one for one in near if _is_day_before(desk, one, zones[one.payer_id])}
    done = await marks.claimed(desk.db, JOB, list(due)) if due else {}
    return sum([await _reminded(desk, one, zones[one.payer_id]) for slot, one in due.items() if slot not in done])


async def zones_of(desk: Desk, payer_ids: Sequence[int]) -> dict[int, str | None]:
    """This function will give the zone of each payer: his first customer's."""
    found: dict[int, str | None] = dict.fromkeys(payer_ids)
    named: Iterable[Any] = await customers.of_payers(desk.db, list(found)) if found else ()
    return found | {one.payer_id: one.zone for one in reversed(tuple(named))}


async def _reminded(desk: Desk, promise: Promise, zone: str | None) -> int:
    ends_at = _ends_at(desk, zone)
    case = await cases.load(desk, promise.payer_id)
    if ends_at is None or ends_at <= desk.now or is_claimed(case, promise):
        return 0
    if not await marks.claim_run(desk.db, job=JOB, slot=_slot(promise), now=desk.now):
        return 0
    post = Post(key=f"{JOB}:{_slot(promise)}", send_after=machine_hour(desk, zone), expires_at=ends_at)
    await write(desk, promise, Said(message="customer/T13", more={}), post)
    return 1


def _is_day_before(desk: Desk, promise: Promise, zone: str | None) -> bool:
    taken_on = _day_of(promise.taken_at, zone or desk.company.zone)
    on = reminder_on(promise, taken_on=taken_on, calendar=desk.calendar, policy=desk.policy)
    return on == desk.day_in(zone)


def _ends_at(desk: Desk, zone: str | None) -> datetime | None:
    hours, place = machine_hours(desk.policy), zone or desk.company.zone
    return day_ends_at(desk.day_in(zone), zone=place, hours=hours, calendar=desk.calendar)


def _slot(promise: Promise) -> str:
    return f"{promise.id}:{promise.promised_on.isoformat()}"


def _day_of(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
