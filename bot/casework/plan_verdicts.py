"""What becomes of a running plan: instalments paid, missed, the plan completed or void, and what follows (002)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.casework import cases, escalations, plan_letters, plans, record, reopening
from bot.casework.escalations import Asked
from bot.casework.notices import Post
from bot.casework.plan_letters import ENDED, MISSED, UNTIMELY, Said
from bot.casework.plan_standing import Judged, look, plain_of
from bot.casework.promise_letters import machine_hour
from bot.turn import Desk
from sop.calendar import ONE_DAY
from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.money import Money
from sop.plan import AGREED, Counted, PlanState, Standing, asked_now, moved, next_due, standings, state_of
from sop.worklist import PromiseKind, PromiseToday
from storage import follow_ups, holds, recalls, releases
from storage import plans as stored
from storage.outbox import URGENT
from storage.plans import InstalmentRow

DUE, MISSED_CARD, BROKEN_CARD = "why_instalment_due", "why_instalment_missed", "why_plan_broken"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaidInto:
    """A plan some money went into: what is left of it, and the instalment that is next (none: all is paid)."""

    plan_id: int
    invoice_ids: tuple[int, ...]
    left: Money
    next_on: date | None
    next_amount: Money
    is_completed: bool


async def judge(desk: Desk) -> int:
    """This function will find what was missed since the last plan; it belongs into the plan run, as promises do.

    Nobody is judged on a closed day, nor while finance still looks for a payment. Run twice, the same verdicts once.
    """
    found = 0
    for plan in await stored.in_state(desk.db, PlanState.RUNNING):
        case = await cases.load(desk, plan.payer_id)
        if desk.calendar.is_open(case.today):
            found += await _judge(desk, await look(desk, plan, case))
    return found


async def after_payment(desk: Desk, payer_id: int) -> tuple[PaidInto, ...]:
    """This function will count a payment, a credit or a reversal at once; it gives the plans that stand differently.

    It writes nothing to the customer: one thanks a transfer. Less than all of it is judged by the plan run alone.
    """
    await plans.withdraw_settled(desk, payer_id)
    changed = []
    for plan in await stored.of_payer(desk.db, payer_id, *AGREED):
        case = await cases.load(desk, payer_id)
        judged = await look(desk, plan, case)
        if plan.state is PlanState.RUNNING:
            await recalls.recall(desk.db, payer_id, UNTIMELY, reason="paid")
        await _fill(desk, judged)
        state = await _state_after(desk, judged)
        if state is not plan.state:
            await _move(desk, judged, state)
        if PlanState.RUNNING in (plan.state, state):
            changed.append(_paid_into(judged, state))
    return tuple(changed)


async def make_cards(desk: Desk) -> int:
    """This function will put an instalment's day on the list: one card, also for days since the last open one."""
    made = 0
    for plan in await stored.in_state(desk.db, PlanState.RUNNING):
        case = await cases.load(desk, plan.payer_id)
        if not desk.calendar.is_open(case.today):
            continue
        judged = await look(desk, plan, case)
        if not judged.waits and due_today(desk, judged):
            await _card(desk, plan.payer_id, DUE)
            made += 1
    return made


async def plans_today(desk: Desk, payer_ids: Sequence[int]) -> dict[int, tuple[PromiseToday, Money]]:
    """This function will say what plans ask of today's cards, by payer: an instalment missed or due, a plan that ended
    today, and how much is asked for."""
    found: dict[int, tuple[PromiseToday, Money]] = {}
    for plan in await stored.of_payers(desk.db, payer_ids, PlanState.RUNNING, PlanState.BROKEN):
        judged = await look(desk, plan, await cases.load(desk, plan.payer_id))
        today = _today_of(desk, judged)
        if today is not None:
            asked = asked_now(plain_of(judged.rows), judged.money.received, today=judged.case.today)
            found[plan.payer_id] = (today, asked)
    return found


def _today_of(desk: Desk, judged: Judged) -> PromiseToday | None:
    missed = next((one for one in judged.rows if one.missed_on is not None), None)
    due = due_today(desk, judged)
    if judged.plan.state is PlanState.BROKEN:
        if missed is None or _day_of(desk, judged) != judged.case.today:
            return None
        return PromiseToday(kind=PromiseKind.PLAN_BROKEN, promised_on=missed.due_on)
    if missed is not None:
        return PromiseToday(kind=PromiseKind.INSTALMENT_MISSED, promised_on=missed.due_on)
    return None if due is None else PromiseToday(kind=PromiseKind.INSTALMENT_DUE, promised_on=due.due_on)


def due_today(desk: Desk, judged: Judged) -> InstalmentRow | None:
    """This function will find the instalment that falls due today, or fell due since the last open day, unpaid."""
    since = desk.calendar.previous_open(judged.case.today) + ONE_DAY
    for row, standing in zip(judged.rows, judged.found, strict=True):
        if standing is not Standing.PAID and since <= row.due_on <= judged.case.today:
            return row
    return None


async def _judge(desk: Desk, judged: Judged) -> int:
    state = state_of(judged.found, policy=desk.policy)
    await _fill(desk, judged)
    if state is PlanState.COMPLETED:
        await _move(desk, judged, state)
        return 1
    missed = [] if judged.waits else [row for row in _missed(judged) if row.missed_on is None]
    if not missed:
        return 0
    for row in missed:
        await stored.change_instalment(desk.db, row.id, missed_on=judged.case.today)
    if state is PlanState.BROKEN:
        await _break(desk, judged)
    else:
        await _miss(desk, judged, missed[-1])
    return 1


def _missed(judged: Judged) -> list[InstalmentRow]:
    pairs = zip(judged.rows, judged.found, strict=True)
    return [row for row, standing in pairs if standing is Standing.MISSED]


async def _fill(desk: Desk, judged: Judged) -> None:
    """What was missed and has come is not missed any more."""
    missed = {row.id for row in _missed(judged)}
    for row in judged.rows:
        if row.missed_on is not None and row.id not in missed:
            await stored.change_instalment(desk.db, row.id, missed_on=None)


async def _miss(desk: Desk, judged: Judged, row: InstalmentRow) -> None:
    """One instalment did not come: the collector's card of today, and a polite question to the customer."""
    plan = judged.plan
    await record.note(desk, "instalment_missed", payer_id=plan.payer_id, plan=plan.id, number=row.number)
    await _card(desk, plan.payer_id, MISSED_CARD)
    amount = asked_now(plain_of(judged.rows), judged.money.received, today=row.due_on)
    more = {"amount": min(amount, judged.left), "promised_on": row.due_on}
    post = Post(key=f"instalment_missed:{row.id}", urgency=URGENT, send_after=machine_hour(desk, judged.case.zone))
    await plan_letters.write(desk, plan, Said(message=MISSED, more=more), post)


async def _break(desk: Desk, judged: Judged) -> None:
    """Missed too often: the plan is void, the ladder goes on, and the managers have it with the facts."""
    plan = judged.plan
    await _move(desk, judged, PlanState.BROKEN)
    await _card(desk, plan.payer_id, BROKEN_CARD)
    asked = Asked(
        reason=EscalationReason.PLAN_MISSED,
        payer_id=plan.payer_id,
        invoice_ids=judged.invoice_ids,
        subject_id=plan.id,
    )
    await escalations.open_escalation(desk, asked)
    more = {"amount": judged.left, "paid": judged.money.received}
    post = Post(key=f"plan_broken:{plan.id}", urgency=URGENT, send_after=machine_hour(desk, judged.case.zone))
    await plan_letters.write(desk, plan, Said(message=ENDED, more=more), post)


async def _state_after(desk: Desk, judged: Judged) -> PlanState:
    """What a plan is after money moved. A running one is not broken here; a broken one runs again when the money that
    came by the day it was broken would have been enough: it was only posted late."""
    state = state_of(judged.found, policy=desk.policy)
    was = judged.plan.state
    if state is PlanState.COMPLETED:
        return state
    if was is not PlanState.BROKEN:
        return PlanState.RUNNING
    closed_on = _day_of(desk, judged)
    in_time = Counted(received=await stored.received_by(desk.db, judged.plan, closed_on - ONE_DAY))
    then = standings(plain_of(judged.rows), in_time, today=closed_on, calendar=desk.calendar, policy=desk.policy)
    return state_of(then, policy=desk.policy)


def _day_of(desk: Desk, judged: Judged) -> date:
    ended = judged.plan.closed_at or desk.now
    return ended.astimezone(ZoneInfo(judged.case.zone or desk.company.zone)).date()


async def _move(desk: Desk, judged: Judged, state: PlanState) -> None:
    plan = judged.plan
    ended = moved(plan, state)
    closed_at = None if state is PlanState.RUNNING else desk.now
    await stored.change(desk.db, plan.id, state=ended.state, closed_at=closed_at)
    await holds.end(desk.db, payer_id=plan.payer_id, kind=HoldKind.PLAN, invoice_ids=judged.invoice_ids, now=desk.now)
    if state is PlanState.RUNNING:
        await plans.rest(desk, plan)
        await escalations.cancel_about(desk, EscalationReason.PLAN_MISSED, plan.id)
    else:
        await releases.release_overdue(desk.db, judged.invoice_ids, today=judged.case.today)
    await recalls.recall(desk.db, plan.payer_id, UNTIMELY, reason=f"plan_{state.value}")
    await record.note(desk, f"plan_{state.value}", payer_id=plan.payer_id, plan=plan.id, received=judged.money.received)


def _paid_into(judged: Judged, state: PlanState) -> PaidInto:
    following = next_due(plain_of(judged.rows), judged.found)
    asked = (
        Money.ZERO
        if following is None
        else asked_now(plain_of(judged.rows), judged.money.received, today=following.due_on)
    )
    return PaidInto(
        plan_id=judged.plan.id,
        invoice_ids=judged.invoice_ids,
        left=judged.left,
        next_on=None if following is None else following.due_on,
        next_amount=min(asked, judged.left),
        is_completed=state is PlanState.COMPLETED,
    )


async def _card(desk: Desk, payer_id: int, reason: str) -> None:
    card = await reopening.reopen_card(desk, payer_id, reason=reason)
    await follow_ups.change(desk.db, card.id, place=None)  # the morning's digest puts it in order
