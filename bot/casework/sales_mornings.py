"""Sales people hear before the managers that customers of theirs are late: one list a day each (section 2; 004)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.casework import cases, guarding, notices, record, sales_help
from bot.casework.notices import Post
from bot.screens.sales_note import LateLine, late_screen
from bot.turn import Desk
from sop.hold import Use
from sop.hours import after_quiet, allowed_at, working_hours
from sop.money import Money
from sop.payer import Reached
from sop.people import Person
from sop.sales_help import span_of
from storage import marks, people, sales
from storage.sales import LateCustomer

JOB, TOLD = "sales_late", "sales_told"
MOST_LISTED = 10


async def tell_due(desk: Desk) -> int:
    """This function will tell each sales person once a day of customers who are newly late; nobody who has paid.

    Where finance has still to post yesterday's payments nobody is named before that. (2.6)
    """
    span = span_of(desk.day_in(None), calendar=desk.calendar, policy=desk.policy)
    late = await sales.late(desk.db, due_from=span.first, due_to=span.last)
    known = await marks.claimed(desk.db, TOLD, [_slot(one) for one in late]) if late else {}
    news = [one for one in late if _slot(one) not in known]
    if not news or await guarding.awaits_posting(desk):
        return 0
    return sum([await _tell(desk, person_id, news) for person_id in sorted({one.sales_id for one in news})])


async def _tell(desk: Desk, person_id: int, news: Sequence[LateCustomer]) -> int:
    person = await people.get(desk.db, person_id)
    if not _is_at_work(desk, person) or person.telegram_id is None:
        return 0
    his = [one for one in news if one.sales_id == person_id]
    lines = {one.payer_id: await _line(desk, one.payer_id) for one in his}
    listed = [line for line in lines.values() if line is not None]
    slot = f"{desk.day_in(person.zone).isoformat()}:{person_id}"
    if not listed or not await marks.claim_run(desk.db, job=JOB, slot=slot, now=desk.now):
        return 0
    for one in his:
        if lines[one.payer_id] is not None:
            await marks.claim_run(desk.db, job=TOLD, slot=_slot(one), now=desk.now)
    for line in listed:
        await sales_help.note_asked(desk, line.payer_id, person)
        await record.note(desk, "sales_told", payer_id=line.payer_id, person=person_id)
    listed.sort(key=lambda line: (-line.days_late, -line.amount.sen))
    shown = late_screen(listed, name=person.name, most=MOST_LISTED)
    await notices.tell(desk, person, shown, Post(key=f"{JOB}:{slot}"))
    return 1


async def _line(desk: Desk, payer_id: int) -> LateLine | None:
    """What is late and may be asked about; none when all of it rests or was paid."""
    case = await cases.load(desk, payer_id)
    late = [one for one in case.reached(Use.CALL) if one.invoice.due_on < case.today]
    if not late:
        return None
    days = max((case.today - one.invoice.due_on).days for one in late)
    return LateLine(payer_id=payer_id, payer=case.name, amount=_sum(late), days_late=days)


def _sum(late: Sequence[Reached]) -> Money:
    return Money.total(one.chaseable for one in late)


def _is_at_work(desk: Desk, person: Person) -> bool:
    """His working hours from the digest's on, but not his best hours: news waits then, and may be wrong by the end."""
    zone, local = person.zone, desk.local(person.zone)
    works = allowed_at(desk.now, zone=zone, hours=working_hours(desk.policy), calendar=desk.calendar)
    is_free = after_quiet(desk.now, zone=zone, policy=desk.policy) == desk.now
    return works and is_free and local.time() >= desk.policy.desk.digest_at


def _slot(one: LateCustomer) -> str:
    return f"{one.sales_id}:{one.invoice_id}"
