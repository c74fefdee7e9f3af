"""More time than a manager may give alone: his `Setujui` passes it on to the admins, another day is refused (4, 5)."""

from __future__ import annotations

from datetime import date

from bot.casework import cases, escalation_facts, escalation_news, grants, notices, record
from bot.casework.notices import Post
from bot.turn import Turn
from sop.authority import BeyondAuthority
from sop.escalation import Decision, Escalation, EscalationReason, EscalationState
from sop.escalation_timing import deadline_of, next_level_of
from sop.money import Money
from sop.people import Role
from sop.promise_dates import Occasion
from storage import escalations, invoices, people, requests
from storage.outbox import URGENT


async def is_passed_up(turn: Turn, one: Escalation, decision: Decision, *, on: date | None) -> bool:
    """This function will say whether the decision went to the next level instead, and see to it that it did.

    Only an approval as asked goes up, once; a day of the manager's own choice that is beyond his row is refused, and
    so is what nobody above him could decide. Raises BeyondAuthority.
    """
    until_on = await _until(turn, one, decision, on)
    if until_on is None or one.payer_id is None:
        return False
    about = await invoices.listed(turn.db, await escalations.invoices_of(turn.db, one.id))
    about = about or (await cases.load(turn, one.payer_id)).invoices
    today = turn.day_in(None)
    oldest = min((each.due_on for each in about), default=today)
    occasion = Occasion(today=today, oldest_due_on=oldest, calendar=turn.calendar, policy=turn.policy)
    power = await grants.power_of(turn, turn.actor, one.payer_id, [each.id for each in about])
    limit = power.limit(until_on, Money.total(each.balance for each in about), occasion=occasion)
    if limit is None:
        return False
    if decision is not Decision.APPROVE or not await _has_level_above(turn, one):
        raise BeyondAuthority(limit, latest=power.latest(occasion), row=power.row)
    await _pass_up(turn, one)
    return True


async def _until(turn: Turn, one: Escalation, decision: Decision, on: date | None) -> date | None:
    """Until when a decision gives more time; none where it gives none."""
    if decision is Decision.GRANT_TIME:
        return on
    if one.reason is not EscalationReason.EXTENSION_BEYOND or one.subject_id is None:
        return None
    asked = await requests.extension_of(turn.db, one.subject_id)
    return {Decision.APPROVE: asked.until_on, Decision.CHANGE: on}.get(decision)


async def _has_level_above(turn: Turn, one: Escalation) -> bool:
    if turn.actor.role is Role.ADMIN or one.level >= turn.policy.escalation.levels:
        return False
    return bool(await people.with_roles(turn.db, Role.ADMIN))


async def _pass_up(turn: Turn, one: Escalation) -> None:
    level = next_level_of(one, policy=turn.policy)
    fresh = {"level": level, "reminded_at": None, "owner_id": None, "state": EscalationState.OPEN}
    deadline_at = deadline_of(one.reason, turn.now, office=escalation_news.office_of(turn))
    await escalations.change(turn.db, one.id, **fresh, deadline_at=deadline_at)
    await record.note(turn, "escalation_passed_up", payer_id=one.payer_id, escalation=one.id, level=level)
    await escalation_news.redraw(turn, one.id)
    shown = await escalation_facts.shown(turn, one.id)
    await notices.tell_roles(turn, shown, Role.ADMIN, post=Post(urgency=URGENT))
