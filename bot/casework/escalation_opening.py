"""Putting a question to the managers, or adding to one they have; whom it is shown to is decided elsewhere (5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.casework import escalation_news, record
from bot.turn import Desk
from sop.escalation import Escalation, EscalationReason, EscalationState, moved, to_join
from sop.escalation_timing import deadline_of
from storage import escalations
from storage.escalations import NewEscalation


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the managers are asked. `payer_id` none: about a collector's day; `subject_id` what it is about."""

    reason: EscalationReason
    payer_id: int | None = None
    invoice_ids: tuple[int, ...] = ()
    subject_id: int | None = None
    note: str | None = None
    outcome_id: int | None = None


async def known_of(desk: Desk, new: Asked) -> Escalation | None:
    """This function will find the living question that this one goes into."""
    if new.payer_id is None:
        same = await escalations.alive_about(desk.db, new.reason, [new.subject_id or 0])
        return next(iter(same), None)
    return to_join(await escalations.of_payer(desk.db, new.payer_id), payer_id=new.payer_id, reason=new.reason)


async def add_all(desk: Desk, news: Sequence[Asked]) -> tuple[int, ...]:
    """This function will add questions with their proof and give their numbers; nobody is told yet."""
    numbers = await escalations.add_all(desk.db, [_row_of(desk, new) for new in news], now=desk.now)
    told = [
        (
            new.payer_id,
            {"escalation": number, "reason": new.reason, "note": new.note, "invoices": list(new.invoice_ids)},
        )
        for number, new in zip(numbers, news, strict=True)
    ]
    await record.note_all(desk, "escalation_opened", told)
    return numbers


def _row_of(desk: Desk, new: Asked) -> NewEscalation:
    next_call_on = None
    if new.reason is EscalationReason.H4:  # calls go on while management decides (2)
        days = desk.policy.ladder.while_deciding_every_working_days
        next_call_on = desk.calendar.add_open_days(desk.day_in(None), days)
    return NewEscalation(
        reason=new.reason,
        deadline_at=deadline_of(new.reason, desk.now, office=escalation_news.office_of(desk)),
        payer_id=new.payer_id,
        invoice_ids=new.invoice_ids,
        subject_id=new.subject_id,
        note=new.note,
        next_call_on=next_call_on,
        outcome_id=new.outcome_id,
    )


async def join(desk: Desk, known: Escalation, new: Asked) -> Escalation:
    """This function will add to a living question; one that was returned is asked again, unless it only grew."""
    await escalations.join(desk.db, known.id, new.invoice_ids)
    news = {"subject_id": new.subject_id, "note": new.note}
    changed: dict[str, object] = {name: value for name, value in news.items() if value is not None}
    reopens = known.state is EscalationState.RETURNED and new.reason is not EscalationReason.H4
    if reopens:
        changed |= reopened(desk, known)
    if changed:
        await escalations.change(desk.db, known.id, **changed)
    details = {"escalation": known.id, "reason": new.reason, "note": new.note, "invoices": list(new.invoice_ids)}
    await record.note(desk, "escalation_joined", payer_id=new.payer_id, **details)
    await escalation_news.redraw(desk, known.id)
    if reopens:
        await escalation_news.tell_managers(desk, known.id)
    return await escalations.get(desk.db, known.id)


def reopened(desk: Desk, one: Escalation) -> dict[str, object]:
    """This function will give the fields of a question that is asked again, with a new deadline."""
    opened = moved(one, EscalationState.OPEN)
    deadline_at = deadline_of(one.reason, desk.now, office=escalation_news.office_of(desk))
    fresh = {"decision": None, "decided_by_id": None, "decided_at": None, "owner_id": None, "reminded_at": None}
    return {"state": opened.state, "deadline_at": deadline_at, **fresh}
