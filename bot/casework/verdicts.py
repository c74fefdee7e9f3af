"""What becomes of promises: kept, kept in part, broken, and what follows (section 4; 004)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.casework import cases, escalations, promise_letters, record
from bot.casework.escalations import Asked
from bot.casework.notices import Post
from bot.casework.promise_letters import UNTIMELY, Said, is_claimed, machine_hour
from bot.turn import Desk
from sop.case import Case
from sop.coverage import moving_of, undisputed_of
from sop.escalation import EscalationReason
from sop.follow_up import ChannelState, FollowUp, FollowUpState
from sop.guard import MessageKind
from sop.hold import HoldKind
from sop.ladder import Step
from sop.money import Money
from sop.promise import ENDED_OTHERWISE, Came, Promise, PromiseState, Receipt, escalates, fill, moved, verdict
from sop.worklist import PromiseKind, PromiseToday
from storage import follow_ups, holds, invoices, recalls, receipts, releases
from storage import promises as stored
from storage.holds import NewHold
from storage.outbox import URGENT

_CARD_REASONS = {PromiseState.BROKEN: "why_promise_broken", PromiseState.PARTIAL: "why_promise_partial"}
_KINDS = {PromiseState.BROKEN: PromiseKind.BROKEN, PromiseState.PARTIAL: PromiseKind.PARTIAL}


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A promise with its verdict, what came in for it, and the newest day something came."""

    promise: Promise
    state: PromiseState
    received: Money
    paid_on: date | None


async def judge(desk: Desk) -> int:
    """This function will judge the promises whose grace day has passed; it belongs into the plan run of the day after.

    Nobody is judged on a closed day, nor while finance still looks for a payment he claims (6). Run twice, the same
    verdicts once. It gives how many promises ended.
    """
    due = await stored.open_up_to(desk.db, desk.day_in(None))
    return sum([await _judge_payer(desk, payer_id) for payer_id in dict.fromkeys(one.payer_id for one in due)])


async def after_payment(desk: Desk, payer_id: int) -> tuple[Promise, ...]:
    """This function will count a payment, or a reversal, at once; it gives the promises that are kept because of it.

    Less than all of it is judged by the plan run alone. It writes nothing to the customer: one thanks a transfer, and
    for a promise kept its words are `customer/T23`.
    """
    case = await cases.load(desk, payer_id)
    kept = []
    for one in await _changed(desk, case, is_plan_run=False):
        if one.state in _CARD_REASONS and one.promise.state is PromiseState.KEPT:
            await _put_on_top(desk, case, one)  # the money was taken back
        elif one.state is PromiseState.KEPT:
            kept.append(one.promise)
    return tuple(kept)


async def promises_today(desk: Desk, payer_ids: Sequence[int]) -> dict[int, PromiseToday]:
    """This function will say what promises ask of today's cards, by payer: broken or partial today, or due today."""
    zones = await promise_letters.zones_of(desk, payer_ids)
    found: dict[int, PromiseToday] = {}
    for promise in await stored.of_payers(desk.db, payer_ids):
        kind = _kind_today(promise, today=desk.day_in(zones[promise.payer_id]))
        if kind is not None:
            found[promise.payer_id] = PromiseToday(kind=kind, promised_on=promise.promised_on)
    return found


def _kind_today(promise: Promise, *, today: date) -> PromiseKind | None:
    if promise.state is PromiseState.OPEN:
        return PromiseKind.DUE if promise.promised_on == today else None
    return _KINDS.get(promise.state) if promise.closed_on == today else None


async def _judge_payer(desk: Desk, payer_id: int) -> int:
    case = await cases.load(desk, payer_id)
    if not desk.calendar.is_open(case.today):
        return 0
    changed = await _changed(desk, case, is_plan_run=True)
    for one in changed:
        await _follow(desk, case, one)
    return len(changed)


async def _changed(desk: Desk, case: Case, *, is_plan_run: bool) -> list[Judged]:
    """Judge a payer's promises anew and store what is new; gives those whose state has changed."""
    changed = []
    for one in _judged(desk, case, await receipts.of_payer(desk.db, case.payer_id)):
        if one.received != one.promise.received:
            await stored.change(desk.db, one.promise.id, received=one.received)
        is_early = one.promise.state is PromiseState.OPEN and one.state in _CARD_REASONS and not is_plan_run
        if one.state is not one.promise.state and not is_early:
            await _move(desk, case, one)
            changed.append(one)
    return changed


def _judged(desk: Desk, case: Case, came_in: Sequence[Receipt]) -> list[Judged]:
    filled = fill(case.promises, came_in, calendar=desk.calendar, policy=desk.policy).by_promise
    found = []
    for promise in case.promises:
        if promise.state not in ENDED_OTHERWISE:
            his = [one for one in came_in if _is_for(one, promise)]
            state = _verdict(desk, case, promise, filled[promise.id], his)
            paid_on = max((one.received_on for one in his), default=None)
            found.append(Judged(promise=promise, state=state, received=filled[promise.id], paid_on=paid_on))
    return found


def _verdict(desk: Desk, case: Case, promise: Promise, received: Money, his: Sequence[Receipt]) -> PromiseState:
    if promise.state is PromiseState.KEPT and received >= promise.received:
        return promise.state  # what explained its rest then is not asked again
    deductions = _explained(case, promise, his)
    came = Came(received=received, deductions=deductions)
    state = verdict(promise, came, today=case.today, calendar=desk.calendar, policy=desk.policy)
    if promise.state is not PromiseState.OPEN or state is PromiseState.OPEN:
        return state
    if received == Money.ZERO and not moving_of(case, promise.invoice_ids) and not is_claimed(case, promise):
        return PromiseState.WITHDRAWN  # credited, disputed or under another agreement: nothing was asked for any more
    return PromiseState.OPEN if state in _CARD_REASONS and is_claimed(case, promise) else state


def _is_for(receipt: Receipt, promise: Promise) -> bool:
    names_it = receipt.invoice_id is None or receipt.invoice_id in promise.invoice_ids
    return names_it and receipt.captured_at >= promise.taken_at


def _explained(case: Case, promise: Promise, his: Sequence[Receipt]) -> Money:
    """What left the invoices without being money, such as a credit note, and what is disputed: not asked for now.

    A promise that has ended is corrected by money only.
    """
    if promise.state not in (PromiseState.OPEN, PromiseState.KEPT):
        return Money.ZERO
    left = undisputed_of(case, promise.invoice_ids)
    return (promise.amount - Money.total(one.amount for one in his) - left).positive()


async def _move(desk: Desk, case: Case, one: Judged) -> None:
    promise, ids = one.promise, sorted(one.promise.invoice_ids)
    state = moved(promise, one.state).state
    is_open = state is PromiseState.OPEN
    await stored.change(desk.db, promise.id, state=state, closed_on=None if is_open else case.today)
    if is_open:
        rests: dict[str, Any] = {
            "payer_id": promise.payer_id,
            "kind": HoldKind.PROMISE,
            "until_on": promise.promised_on,
        }
        await holds.place(desk.db, *[NewHold(invoice_id=each, **rests) for each in ids], now=desk.now)
    else:
        await holds.end(desk.db, payer_id=promise.payer_id, kind=HoldKind.PROMISE, invoice_ids=ids, now=desk.now)
        await escalations.cancel_about(desk, EscalationReason.PROMISE_BEYOND, promise.id)
    await recalls.recall(desk.db, promise.payer_id, UNTIMELY, reason=f"promise_{state.value}")
    details = {"promise": promise.id, "received": one.received}
    await record.note(desk, f"promise_{state.value}", payer_id=promise.payer_id, **details)


async def _follow(desk: Desk, case: Case, one: Judged) -> None:
    """What a verdict of the plan run causes for the customer, the collector and the managers."""
    if one.state is PromiseState.KEPT:
        await _write(desk, case, one, Said(message="customer/T23", more={"amount": one.received}))
    if one.state not in _CARD_REASONS:
        return
    card = await _put_on_top(desk, case, one)
    if one.state is PromiseState.PARTIAL:
        await _thank_for_part(desk, case, one)
        return
    broken = Said(message="customer/T14", more={}, kind=MessageKind.CHASE)
    await _write(desk, case, one, broken, follow_up_id=card.id)
    states = [each.state for each in await stored.of_payer(desk.db, case.payer_id)]
    if one.promise.state is PromiseState.OPEN and escalates(states, policy=desk.policy):
        ids = tuple(sorted(one.promise.invoice_ids))
        asked = Asked(reason=EscalationReason.BROKEN_TWICE, payer_id=case.payer_id, invoice_ids=ids)
        await escalations.open_escalation(desk, asked)


async def _thank_for_part(desk: Desk, case: Case, one: Judged) -> None:
    """T11, unless the transfer itself was answered with it already: nobody is asked twice for the same rest."""
    since = one.promise.taken_at
    if not await recalls.written_since(desk.db, case.payer_id, "customer/T11", since=since):
        await _write(desk, case, one, Said(message="customer/T11", more={"amount": one.received}))


async def _put_on_top(desk: Desk, case: Case, one: Judged) -> FollowUp:
    """The payer's card of today, made if there is none, before all others; the promise is why it is there. (004)"""
    await releases.release_overdue(desk.db, one.promise.invoice_ids, today=case.today)
    steps = [case.steps[each] for each in one.promise.invoice_ids if each in case.steps]
    values = {
        "payer_id": case.payer_id,
        "planned_on": case.today,
        "step": max(steps, key=lambda step: step.rank, default=Step.H_0),
        "collector_id": next((each.collector_id for each in case.customers if each.collector_id is not None), None),
        "state": FollowUpState.OPEN,
        "call": ChannelState.DUE,
        "message": ChannelState.NONE,
        "policy_version": desk.policy.version,
    }
    card = await follow_ups.add(desk.db, values)
    on_top = {"reason": _CARD_REASONS[one.state], "call": ChannelState.DUE, "state": FollowUpState.OPEN}
    await follow_ups.change(desk.db, card.id, **on_top, place=None if card.place is None else 0)
    return card


async def _write(desk: Desk, case: Case, one: Judged, said: Said, *, follow_up_id: int | None = None) -> None:
    covered = await invoices.listed(desk.db, sorted(one.promise.invoice_ids))
    facts = {"paid_on": one.paid_on or case.today, "balance": Money.total(each.balance for each in covered)}
    post = Post(
        key=f"promise_{one.state.value}:{one.promise.id}",
        urgency=URGENT,  # before the morning's reminders: it is this payer's message of the day
        follow_up_id=follow_up_id,
        send_after=machine_hour(desk, case.zone),
    )
    full = Said(message=said.message, more=facts | said.more, kind=said.kind)
    await promise_letters.write(desk, one.promise, full, post)
