"""What each decision does to the books: holds, agreements, cards, deliveries (section 5)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date

from bot.casework import (
    court_papers,
    extensions,
    goods,
    promises,
    reopening,
    request_answers,
    sales_help,
    stopping,
    visits,
    warning_letters,
)
from bot.turn import Turn
from sop.escalation import Decision, Escalation, EscalationReason
from sop.extension import ExtensionState
from sop.hold import HoldKind
from storage import escalations, holds, invoices, requests
from storage.holds import NewHold
from storage.requests import NewExtension

Follow = Callable[[Turn, Escalation, "date | None"], Awaitable[None]]


async def follow(turn: Turn, one: Escalation, decision: Decision, *, on: date | None) -> None:
    """This function will do what a decision means; those not in the table are only recorded and told."""
    done = _FOLLOWS.get(decision)
    if done is not None and one.payer_id is not None:
        await done(turn, one, on)


async def _grant_time(turn: Turn, one: Escalation, on: date | None) -> None:
    if on is None:
        return
    ids = await _invoice_ids(turn, one)
    new = NewExtension(
        payer_id=one.payer_id or 0,
        until_on=on,
        reason=None,
        state=ExtensionState.GRANTED,
        asked_by_id=turn.actor.id,
        outcome_id=None,
        invoice_ids=ids,
    )
    await requests.add_extension(turn.db, new, now=turn.now)
    await _rest_until(turn, one, ids, on)


async def _stop(turn: Turn, one: Escalation, on: date | None) -> None:
    await stopping.stop(turn, one.payer_id or 0)


async def _to_legal(turn: Turn, one: Escalation, on: date | None) -> None:
    await stopping.to_legal(turn, one.payer_id or 0, await _invoice_ids(turn, one))
    await court_papers.order_file(turn, one)


async def _small_claim(turn: Turn, one: Escalation, on: date | None) -> None:
    about = await invoices.listed(turn.db, await _invoice_ids(turn, one))
    await court_papers.small_claim(turn, one, about)


async def _take_goods(turn: Turn, one: Escalation, on: date | None) -> None:
    await goods.order(turn, one)


async def _involve_sales(turn: Turn, one: Escalation, on: date | None) -> None:
    await sales_help.involve(turn, one.payer_id or 0)


async def _visit(turn: Turn, one: Escalation, on: date | None) -> None:
    if on is not None:
        await visits.order(turn, one, on=on)


async def _letter(turn: Turn, one: Escalation, on: date | None) -> None:
    await warning_letters.propose(turn, one)


async def _hold_delivery(turn: Turn, one: Escalation, on: date | None) -> None:
    await escalations.hold_delivery(turn.db, one.payer_id or 0, since=turn.now)


async def _release_delivery(turn: Turn, one: Escalation, on: date | None) -> None:
    await escalations.hold_delivery(turn.db, one.payer_id or 0, since=None)


async def _return(turn: Turn, one: Escalation, on: date | None) -> None:
    await reopening.reopen_card(turn, one.payer_id or 0, reason="why_returned")


async def _agree(turn: Turn, one: Escalation, on: date | None) -> None:
    """`Setujui`, or `Ubah` with another day: what was asked for holds from now on."""
    if one.subject_id is None:
        return
    if one.reason is EscalationReason.PROMISE_BEYOND:
        await promises.approve(turn, one.subject_id, on=on)
    elif one.reason is EscalationReason.EXTENSION_BEYOND:
        await extensions.grant(turn, one.subject_id, on=on)
        await stopping.quiet(turn, one.payer_id or 0, kind=HoldKind.EXTENSION)
    else:
        await request_answers.agree(turn, one, one.decision or Decision.APPROVE)


async def _decline(turn: Turn, one: Escalation, on: date | None) -> None:
    if one.subject_id is not None:
        await request_answers.decline(turn, one)
    if one.reason is not EscalationReason.GUARD_OVERRIDE:
        await reopening.reopen_card(turn, one.payer_id or 0, reason="why_declined")


async def _rest_until(turn: Turn, one: Escalation, invoice_ids: Sequence[int], on: date) -> None:
    payer_id = one.payer_id or 0
    resting = [
        NewHold(payer_id=payer_id, kind=HoldKind.EXTENSION, invoice_id=each, until_on=on) for each in invoice_ids
    ]
    await holds.place(turn.db, *resting, now=turn.now)
    await stopping.quiet(turn, payer_id, kind=HoldKind.EXTENSION)


async def _invoice_ids(turn: Turn, one: Escalation) -> tuple[int, ...]:
    """The invoices a question names, else all that is open."""
    named = await escalations.invoices_of(turn.db, one.id)
    return named or tuple(each.id for each in await invoices.open_of(turn.db, one.payer_id or 0))


_FOLLOWS: dict[Decision, Follow] = {
    Decision.GRANT_TIME: _grant_time,
    Decision.VISIT: _visit,
    Decision.WARNING_LETTER: _letter,
    Decision.STOP: _stop,
    Decision.TO_LEGAL: _to_legal,
    Decision.SMALL_CLAIM: _small_claim,
    Decision.TAKE_GOODS: _take_goods,
    Decision.INVOLVE_SALES: _involve_sales,
    Decision.HOLD_DELIVERY: _hold_delivery,
    Decision.RELEASE_DELIVERY: _release_delivery,
    Decision.RETURN: _return,
    Decision.APPROVE: _agree,
    Decision.CHANGE: _agree,
    Decision.DECLINE: _decline,
}
