"""The managers' stop and what is with legal: nobody is asked for anything, who said so, and the way back (5, 6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.casework import cases, escalation_news, notices, record, settlement
from bot.casework.notices import Post
from bot.reply import screen
from bot.turn import Desk, Turn
from sop.case import Case
from sop.escalation import Decision, Escalation, NothingStopped
from sop.hold import HOLDS, HoldKind
from storage import escalations, holds, invoices, outbox, people
from storage.holds import NewHold
from storage.outbox import URGENT

STOPPED_BY = {Decision.STOP: HoldKind.MANAGER_STOP, Decision.TO_LEGAL: HoldKind.LEGAL}
"""The decisions after which nobody of ours asks any more, and how that is held."""


async def stop(turn: Turn, payer_id: int) -> None:
    """This function will stop everything: nobody is asked for anything any more, whatever falls due."""
    await holds.place(turn.db, NewHold(payer_id=payer_id, kind=HoldKind.MANAGER_STOP), now=turn.now)
    await quiet(turn, payer_id, kind=HoldKind.MANAGER_STOP)


async def to_legal(turn: Turn, payer_id: int, invoice_ids: Sequence[int]) -> None:
    """This function will let the invoices rest that legal has; later ones go their own way. (2)"""
    resting = [NewHold(payer_id=payer_id, kind=HoldKind.LEGAL, invoice_id=each) for each in invoice_ids]
    await holds.place(turn.db, *resting, now=turn.now)
    await quiet(turn, payer_id, kind=HoldKind.LEGAL)


async def quiet(turn: Turn, payer_id: int, *, kind: HoldKind) -> None:
    """This function will take back what waits when nothing may be asked for any more, and draw the cards anew."""
    case = await cases.load(turn, payer_id)
    rests = settlement.rests(case)
    if rests:
        await outbox.cancel_chase(turn.db, payer_id, reason=HOLDS[kind].reason)
    await settlement.refresh_cards(turn, case, closes=rests)


async def resume(turn: Turn, payer_id: int) -> None:
    """This function will lift the stop: calls begin on the next working day. Raises NothingStopped."""
    lifted = [await holds.end(turn.db, payer_id=payer_id, kind=kind, now=turn.now) for kind in set(STOPPED_BY.values())]
    if not any(lifted):
        raise NothingStopped()
    case = await cases.load(turn, payer_id)
    stopped = [one for one in await escalations.of_payer(turn.db, payer_id) if one.decision in STOPPED_BY]
    if case.invoices:
        on = turn.calendar.next_open(turn.day_in(None))
        await escalations.change_all(turn.db, [one.id for one in stopped], next_call_on=on)
    await record.note(turn, "chase_resumed", payer_id=payer_id, escalations=[one.id for one in stopped])
    for one in stopped:
        await escalation_news.redraw(turn, one.id)
    await _tell_collectors(turn, case)


async def explain(turn: Turn, escalation_id: int, words: str) -> Escalation:
    """This function will keep why chasing was stopped. Raises NotFound; NothingStopped when it was another decision."""
    one = await escalations.get(turn.db, escalation_id, for_update=True)
    if one.decision not in STOPPED_BY:
        raise NothingStopped()
    await escalations.change(turn.db, one.id, instruction=words)
    details = {"escalation": one.id, "decision": one.decision, "words": words}
    await record.note(turn, "stop_explained", payer_id=one.payer_id, **details)
    await escalation_news.redraw(turn, one.id)
    return await escalations.get(turn.db, one.id)


def is_stopped(case: Case) -> bool:
    """This function will say whether a manager's stop stands, or something is with legal."""
    return any(one.kind in STOPPED_BY.values() for one in case.holds)


async def said_of(desk: Desk, case: Case) -> dict[str, Any] | None:
    """This function will say who stopped it, when and why, for a record; none when nothing is stopped."""
    if not is_stopped(case):
        return None
    made = [one for one in await escalations.of_payer(desk.db, case.payer_id) if one.decision in STOPPED_BY]
    last = max(made, key=lambda one: (one.decided_at or one.opened_at, one.id), default=None)
    if last is None:
        return {"by": None, "on": None, "why": None, "legal": False}
    return {
        "by": last.decided_by,
        "on": None if last.decided_at is None else last.decided_at.astimezone(desk.local(None).tzinfo).date(),
        "why": last.instruction,
        "legal": last.decision is Decision.TO_LEGAL,
    }


async def _tell_collectors(turn: Turn, case: Case) -> None:
    told = screen("manager/resumed_told", payer=case.name, amount=case.exposure.total, by=turn.actor.name)
    for person_id in await invoices.collectors_of(turn.db, case.payer_id):
        await notices.tell(turn, await people.get(turn.db, person_id), told, Post(urgency=URGENT))
