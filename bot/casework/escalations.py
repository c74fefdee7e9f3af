"""Questions to the managers: opened, joined, reminded of, and ended by payment or undo (section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.casework import escalation_facts, escalation_news, notices, record
from bot.casework.notices import Post
from bot.turn import Desk
from sop.escalation import (
    OFFERED,
    REQUESTS,
    UNDECIDED,
    Decision,
    Escalation,
    EscalationReason,
    EscalationState,
    moved,
    to_join,
)
from sop.escalation_timing import Arrival, deadline_of, goes_up, may_be_cancelled, reminds
from sop.escalation_timing import shown as shown_in_run
from sop.hold import Use
from sop.ladder import Step
from sop.money import Money
from sop.people import Role
from storage import escalations, follow_ups, invoices, payments
from storage.escalations import NewEscalation
from storage.outbox import URGENT


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the managers are asked. `payer_id` none: about a collector's day; `subject_id` what it is about."""

    reason: EscalationReason
    payer_id: int | None = None
    invoice_ids: tuple[int, ...] = ()
    subject_id: int | None = None
    note: str | None = None
    outcome_id: int | None = None


async def open_escalation(desk: Desk, new: Asked) -> Escalation:
    """This function will ask the managers, or add to what they are asked already, and tell them."""
    if new.payer_id is not None:
        await payments.lock(desk.db, new.payer_id)
    known = await _known(desk, new)
    if known is not None:
        return await _joined(desk, known, new)
    opened = await _opened(desk, new)
    if await _belongs_in_list(desk, opened):
        await escalation_news.show_list(desk)
    else:
        await escalation_news.tell_managers(desk, opened.id, outcome_id=new.outcome_id)
    return opened


async def escalate_overdue(desk: Desk, on: date) -> int:
    """This function will ask once a payer about everything the plan of `on` found at H+4; gives how many are new.

    Small payers only stand in the daily list; more than five in a run, such as a first import, make one list. (2.4)
    """
    overdue = await follow_ups.newly_overdue(desk.db, on)
    known = {
        one.payer_id: one for one in await escalations.alive_of_payers(desk.db, list(overdue), {EscalationReason.H4})
    }
    arrivals = []
    for payer_id, invoice_ids in overdue.items():
        new = Asked(reason=EscalationReason.H4, payer_id=payer_id, invoice_ids=tuple(invoice_ids))
        if payer_id in known:
            await _joined(desk, known[payer_id], new)
            continue
        opened = await _opened(desk, new)
        balance = Money.total(one.balance for one in await invoices.listed(desk.db, invoice_ids))
        arrivals.append(Arrival(escalation_id=opened.id, balance=balance))
    await follow_ups.mark_step_done(desk.db, on, Step.H_PLUS_4, now=desk.now)
    await _tell_run(desk, arrivals)
    return len(arrivals)


async def chase_deadlines(desk: Desk) -> int:
    """This function will remind of what nobody answered, take it a level up, and reopen what was not done in time."""
    late = await escalations.overdue(desk.db, now=desk.now)
    return sum([await _chased(desk, one) for one in late])


async def cancel_settled(desk: Desk, payer_id: int) -> int:
    """This function will end the payer's questions none of whose invoices is open any more: he has paid."""
    ended = 0
    for one in await escalations.settled(desk.db, payer_id):
        if may_be_cancelled(one):
            await cancel(desk, one)
            ended += 1
        elif one.next_call_on is not None:
            await escalations.change(desk.db, one.id, next_call_on=None)
    await _propose_release(desk, payer_id)
    return ended


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back the questions a tap has asked, as long as nobody decided (undo)."""
    for one in await escalations.of_outcome(desk.db, outcome_id):
        if one.state in UNDECIDED:
            await cancel(desk, one)


async def cancel_about(desk: Desk, reason: EscalationReason, subject_id: int) -> None:
    """This function will end the questions about one promise, request or claim that has settled by itself."""
    for one in await escalations.alive_about(desk.db, reason, [subject_id]):
        await cancel(desk, one)


async def cancel(desk: Desk, one: Escalation) -> None:
    """This function will end a question without a decision; its message stays, without buttons."""
    ended = moved(one, EscalationState.CANCELLED)
    await escalations.change(desk.db, one.id, state=ended.state, next_call_on=None)
    await record.note(desk, "escalation_cancelled", payer_id=one.payer_id, escalation=one.id)
    await escalation_news.redraw(desk, one.id)


async def _known(desk: Desk, new: Asked) -> Escalation | None:
    """The living question that this one goes into."""
    if new.payer_id is None:
        same = await escalations.alive_about(desk.db, new.reason, [new.subject_id or 0])
        return next(iter(same), None)
    return to_join(await escalations.of_payer(desk.db, new.payer_id), payer_id=new.payer_id, reason=new.reason)


async def _opened(desk: Desk, new: Asked) -> Escalation:
    next_call_on = None
    if new.reason is EscalationReason.H4:  # calls go on while management decides (2)
        days = desk.policy.ladder.while_deciding_every_working_days
        next_call_on = desk.calendar.add_open_days(desk.day_in(None), days)
    row = NewEscalation(
        reason=new.reason,
        deadline_at=deadline_of(new.reason, desk.now, office=escalation_news.office_of(desk)),
        payer_id=new.payer_id,
        invoice_ids=new.invoice_ids,
        subject_id=new.subject_id,
        note=new.note,
        next_call_on=next_call_on,
        outcome_id=new.outcome_id,
    )
    opened = await escalations.add(desk.db, row, now=desk.now)
    details = {"escalation": opened.id, "reason": new.reason, "note": new.note, "invoices": list(new.invoice_ids)}
    await record.note(desk, "escalation_opened", payer_id=new.payer_id, **details)
    return opened


async def _joined(desk: Desk, known: Escalation, new: Asked) -> Escalation:
    await escalations.join(desk.db, known.id, new.invoice_ids)
    news = {"subject_id": new.subject_id, "note": new.note}
    changed: dict[str, object] = {name: value for name, value in news.items() if value is not None}
    reopens = known.state is EscalationState.RETURNED and new.reason is not EscalationReason.H4
    if reopens:
        changed |= _reopened(desk, known)
    if changed:
        await escalations.change(desk.db, known.id, **changed)
    details = {"escalation": known.id, "reason": new.reason, "note": new.note, "invoices": list(new.invoice_ids)}
    await record.note(desk, "escalation_joined", payer_id=new.payer_id, **details)
    await escalation_news.redraw(desk, known.id)
    if reopens:
        await escalation_news.tell_managers(desk, known.id)
    return await escalations.get(desk.db, known.id)


def _reopened(desk: Desk, one: Escalation) -> dict[str, object]:
    opened = moved(one, EscalationState.OPEN)
    deadline_at = deadline_of(one.reason, desk.now, office=escalation_news.office_of(desk))
    fresh = {"decision": None, "decided_by_id": None, "decided_at": None, "owner_id": None, "reminded_at": None}
    return {"state": opened.state, "deadline_at": deadline_at, **fresh}


async def _propose_release(desk: Desk, payer_id: int) -> None:
    """Deliveries that waited for payment may go out again: proposed to the managers once everything is paid (5)."""
    held_at = await escalations.delivery_held_at(desk.db, payer_id)
    if held_at is None or await invoices.open_of(desk.db, payer_id):
        return
    his = [
        one for one in await escalations.of_payer(desk.db, payer_id) if Decision.HOLD_DELIVERY in OFFERED[one.reason]
    ]
    if his:
        await escalation_news.tell_managers(desk, his[-1].id)


async def _belongs_in_list(desk: Desk, opened: Escalation) -> bool:
    """Whether so many requests wait that one more message a request would bury them."""
    if opened.reason not in REQUESTS:
        return False
    waiting = [one for one in await escalations.undecided(desk.db) if one.reason in REQUESTS]
    return len(waiting) > desk.policy.escalation.list_above


async def _tell_run(desk: Desk, arrivals: list[Arrival]) -> None:
    shown = shown_in_run(arrivals, policy=desk.policy)
    for one in shown.alone:
        await escalation_news.tell_managers(desk, one.escalation_id)
    if shown.listed or shown.daily_only:
        await escalation_news.show_list(desk)


async def _chased(desk: Desk, one: Escalation) -> int:
    if one.state is EscalationState.RETURNED:
        return await _come_back(desk, one)
    if goes_up(one, now=desk.now, office=escalation_news.office_of(desk)):
        return await _up(desk, one)
    if not reminds(one, now=desk.now):
        return 0
    await escalations.change(desk.db, one.id, reminded_at=desk.now)
    await notices.tell_managers(
        desk,
        await escalation_news.reminder(desk, one),
        Post(urgency=URGENT, send_after=escalation_news.office_opens_at(desk)),
    )
    return 1


async def _come_back(desk: Desk, one: Escalation) -> int:
    """What was given back and not done in time is asked again; not while the payer rests by an agreement."""
    facts = await escalation_facts.facts_of(desk, one)
    if facts.case is not None and facts.case.standing(Use.CALL).blocked is not None:
        later = one.deadline_at + timedelta(days=1)
        await escalations.change(desk.db, one.id, deadline_at=max(later, desk.now + timedelta(days=1)))
        return 0
    await escalations.change(desk.db, one.id, **_reopened(desk, one))
    await record.note(desk, "escalation_reopened", payer_id=one.payer_id, escalation=one.id)
    await escalation_news.redraw(desk, one.id)
    await escalation_news.tell_managers(desk, one.id)
    return 1


async def _up(desk: Desk, one: Escalation) -> int:
    """At twice the deadline the next level hears of it, and anybody there may take it."""
    deadline_at = deadline_of(one.reason, desk.now, office=escalation_news.office_of(desk))
    fresh = {"level": one.level + 1, "deadline_at": deadline_at, "reminded_at": None}
    await escalations.change(desk.db, one.id, state=EscalationState.OPEN, owner_id=None, **fresh)
    await record.note(desk, "escalation_raised", payer_id=one.payer_id, escalation=one.id, level=one.level + 1)
    await escalation_news.redraw(desk, one.id)
    drawn = await escalation_facts.shown(desk, one.id)
    await notices.tell_roles(
        desk, drawn, Role.ADMIN, post=Post(urgency=URGENT, send_after=escalation_news.office_opens_at(desk))
    )
    return 1
