"""Instalments: proposed by the collector, agreed by the managers, then by the customer in writing (002; section 3).

What becomes of a running plan stands in plan_verdicts.
"""

from __future__ import annotations

from typing import Any

from bot.casework import cases, escalations, notices, outcomes, plan_letters, promises, record, reopening
from bot.casework.escalations import Asked
from bot.casework.notices import Post
from bot.casework.plan_choosing import Proposing
from bot.casework.plan_standing import plain_of
from bot.reply import screen
from bot.screens.plan import consent_row, schedule
from bot.turn import Desk, Turn
from sop.case import Case
from sop.coverage import spread
from sop.escalation import REQUESTS, UNDECIDED, EscalationReason
from sop.hold import HoldKind, Use
from sop.outcomes import Outcome
from sop.plan import PROPOSED, Plan, PlanAgreed, PlanMoved, PlanState, moved
from sop.plan_schedule import check_typed
from sop.typed_plan import parse_plan
from sop.typed_relief import ChangeUnreadable
from storage import customers, holds, invoices, outbox, people, recalls
from storage import escalations as stored_escalations
from storage import plans as stored
from storage.holds import NewHold
from storage.outbox import URGENT
from storage.plans import NewPlan

RESTS = "held_plan"


async def propose(turn: Turn, proposing: Proposing) -> int:
    """This function will put a schedule to the managers; gives the outcome's number (001, 002).

    A proposal for any of the same invoices that is not agreed yet is withdrawn: the newer one counts. The ladder goes
    on until the customer has agreed.
    """
    facts, work = proposing.facts, proposing.work
    ids = tuple(one.invoice.id for one in facts.covered)
    await _withdraw_older(turn, work.card.payer_id)
    plain = schedule(facts.instalments)
    outcome_id = await outcomes.note_outcome(
        turn, work, Outcome.INSTALMENTS, schedule=plain, way=facts.way, total=facts.total, invoices=ids
    )
    new = NewPlan(
        payer_id=work.card.payer_id,
        instalments=facts.instalments,
        shares=spread(facts.covered, facts.total),
        way=facts.way.value,
        proposal=None,
        asked_by_id=turn.actor.id,
        outcome_id=outcome_id,
    )
    plan_id = await stored.add(turn.db, new, now=turn.now)
    asked = Asked(
        reason=EscalationReason.INSTALMENTS,
        payer_id=work.card.payer_id,
        invoice_ids=ids,
        subject_id=plan_id,
        outcome_id=outcome_id,
    )
    await escalations.open_escalation(turn, asked)
    return outcome_id


async def offer(turn: Turn, plan_id: int) -> Plan:
    """This function will record that the managers agree, and ask the customer for his written consent (T19).

    Raises PlanMoved when it was answered already.
    """
    asked = await stored.get(turn.db, plan_id, for_update=True)
    state = moved(asked, PlanState.OFFERED).state
    await stored.change(turn.db, plan_id, state=state, approved_by_id=turn.actor.id, approved_at=turn.now)
    plan = await stored.get(turn.db, plan_id)
    await record.note(turn, "plan_offered", payer_id=plan.payer_id, plan=plan_id)
    officer = None if plan.asked_by_id is None else await people.get(turn.db, plan.asked_by_id)
    await plan_letters.offer(turn, plan, officer=officer)
    case = await cases.load(turn, plan.payer_id)
    deadline = plan_letters.deadline_of(turn, plan, case)
    values: dict[str, Any] = {"payer": case.name, "deadline": deadline, "schedule": await schedule_of(turn, plan_id)}
    told = screen("collector/plan_offered", consent_row(plan_id), **values)
    await _tell_collectors(turn, plan, told, key=None)
    return plan


async def change(turn: Turn, plan_id: int, words: str) -> Plan:
    """This function will offer what a manager typed instead. Raises ChangeUnreadable, PlanMoved, PlanRefused."""
    plan = await stored.get(turn.db, plan_id)
    case = await cases.load(turn, plan.payer_id)
    typed = parse_plan(words, today=case.today, calendar=turn.calendar, total=plan.amount)
    if not typed:
        raise ChangeUnreadable()
    check_typed(typed, total=plan.amount, today=case.today, policy=turn.policy)
    await stored.reschedule(turn.db, plan_id, typed)
    return await offer(turn, plan_id)


async def decline(desk: Desk, plan_id: int) -> Plan:
    """This function will record that the managers did not agree. Raises PlanMoved."""
    plan = await stored.get(desk.db, plan_id, for_update=True)
    return await _end(desk, plan, PlanState.DECLINED)


async def awaited(turn: Turn, plan_id: int) -> tuple[Plan, Case]:
    """This function will load a plan that waits for the customer, for somebody who may see him.

    Raises NotFound, and PlanMoved when nothing is awaited any more.
    """
    plan = await stored.get(turn.db, plan_id, for_update=True)
    await customers.visible_payer(turn.db, plan.payer_id, actor=turn.actor)
    if plan.state is not PlanState.OFFERED:
        raise PlanMoved(state=plan.state.value, wanted=PlanState.RUNNING.value)
    return plan, await cases.load(turn, plan.payer_id)


async def offered_to(desk: Desk, payer_id: int) -> Plan | None:
    """This function will find the plan a payer was offered and has not answered; none on most days."""
    return next(iter(await stored.of_payer(desk.db, payer_id, PlanState.OFFERED)), None)


async def agree_by_customer(desk: Desk, plan: Plan) -> None:
    """This function will take the customer's own SETUJU as his consent: from now on the plan runs."""
    await _run(desk, plan, how="whatsapp")
    case = await cases.load(desk, plan.payer_id)
    await _tell_collectors(
        desk, plan, screen("collector/plan_running", payer=case.name, by_customer=True), key=f"plan_agreed:{plan.id}"
    )


async def agree_on_paper(turn: Turn, plan: Plan, paper_id: int) -> None:
    """This function will take a photo of the customer's written consent: from now on the plan runs."""
    await _run(turn, plan, how="paper", consent_paper_id=paper_id, consent_by_id=turn.actor.id)


async def lapse_due(desk: Desk) -> int:
    """This function will give back to collector and managers what the customer did not agree to in time."""
    lapsed = 0
    for plan in await stored.in_state(desk.db, PlanState.OFFERED):
        case = await cases.load(desk, plan.payer_id)
        if case.today > plan_letters.deadline_of(desk, plan, case) and desk.calendar.is_open(case.today):
            await _end(desk, plan, PlanState.LAPSED)
            told = screen("collector/plan_lapsed", payer=case.name)
            await _tell_collectors(desk, plan, told, key=f"plan_lapsed:{plan.id}")
            await notices.tell_managers(desk, told, Post(key=f"plan_lapsed:{plan.id}:managers"))
            if case.standing(Use.CALL).blocked is None:
                await reopening.reopen_card(desk, plan.payer_id, reason="why_plan_lapsed")
            lapsed += 1
    return lapsed


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back what a tap proposed (undo). Raises PlanAgreed once the customer has agreed."""
    for plan in await stored.of_outcome(desk.db, outcome_id):
        if plan.state in PROPOSED:
            await _end(desk, plan, PlanState.WITHDRAWN)
        elif plan.consent_at is not None:
            raise PlanAgreed()


async def withdraw_settled(desk: Desk, payer_id: int) -> None:
    """This function will end the proposals whose invoices are all paid meanwhile."""
    for plan in await stored.of_payer(desk.db, payer_id, *PROPOSED):
        if not any(one.balance for one in await stored.shares_of(desk.db, plan)):
            await _end(desk, plan, PlanState.WITHDRAWN)


async def schedule_of(desk: Desk, plan_id: int) -> list[dict[str, Any]]:
    """This function will list a plan's instalments as a template shows them."""
    return schedule(plain_of(await stored.instalments_of(desk.db, plan_id)))


async def _run(desk: Desk, plan: Plan, *, how: str, **consent: Any) -> None:
    """The plan runs: its invoices rest, and what stood in its place before is over. Raises PlanMoved."""
    state = moved(plan, PlanState.RUNNING).state
    await stored.change(desk.db, plan.id, state=state, consent_how=how, consent_at=desk.now, **consent)
    ids = await stored.invoices_of(desk.db, plan.id)
    case = await cases.load(desk, plan.payer_id)
    await promises.renew(desk, case.promises, ids)
    await rest(desk, plan)
    await _cancel_questions(desk, plan.payer_id, frozenset(ids))
    await record.note(desk, "plan_running", payer_id=plan.payer_id, plan=plan.id, how=how)
    await plan_letters.confirm(desk, plan)


async def rest(desk: Desk, plan: Plan) -> None:
    """This function will let a plan's invoices rest while it runs."""
    ids = await stored.invoices_of(desk.db, plan.id)
    resting = [NewHold(payer_id=plan.payer_id, kind=HoldKind.PLAN, invoice_id=each) for each in ids]
    await holds.place(desk.db, *resting, now=desk.now)
    case = await cases.load(desk, plan.payer_id)
    if case.standing(Use.MESSAGE).blocked is not None:
        await outbox.cancel_chase(desk.db, plan.payer_id, reason=RESTS)


async def _cancel_questions(desk: Desk, payer_id: int, planned: frozenset[int]) -> None:
    """What the managers were asked about these invoices alone is answered by the plan."""
    for one in await stored_escalations.of_payer(desk.db, payer_id):
        named = frozenset(await stored_escalations.invoices_of(desk.db, one.id))
        is_chase = one.reason not in REQUESTS and one.state in UNDECIDED
        if is_chase and one.reason in _ANSWERED and named and named <= planned:
            await escalations.cancel(desk, one)


_ANSWERED = frozenset(
    {EscalationReason.H4, EscalationReason.UNCLEAR, EscalationReason.BROKEN_TWICE, EscalationReason.PLAN_MISSED}
)


async def _withdraw_older(desk: Desk, payer_id: int) -> None:
    for older in await stored.of_payer(desk.db, payer_id, *PROPOSED):
        await withdraw(desk, older)


async def withdraw(desk: Desk, plan: Plan) -> None:
    """This function will take a proposal back that is not agreed yet. Raises PlanMoved."""
    await _end(desk, plan, PlanState.WITHDRAWN)


async def _end(desk: Desk, plan: Plan, state: PlanState) -> Plan:
    """A proposal ends without a plan: what waited to be said of it is not said, and nobody is asked any more."""
    ended = moved(plan, state)
    await stored.change(desk.db, plan.id, state=ended.state, closed_at=desk.now)
    await recalls.recall(desk.db, plan.payer_id, (plan_letters.OFFERED,), reason=f"plan_{state.value}")
    if state is not PlanState.DECLINED:
        await escalations.cancel_about(desk, EscalationReason.INSTALMENTS, plan.id)
    await record.note(desk, f"plan_{state.value}", payer_id=plan.payer_id, plan=plan.id)
    return ended


async def _tell_collectors(desk: Desk, plan: Plan, told: Any, *, key: str | None) -> None:
    for person_id in await invoices.collectors_of(desk.db, plan.payer_id):
        person = await people.get(desk.db, person_id)
        own = None if key is None else f"{key}:{person_id}"
        await notices.tell(desk, person, told, Post(urgency=URGENT, key=own))
