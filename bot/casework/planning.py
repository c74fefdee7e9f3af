"""The day's plan, zone by zone at 05:00: which steps are reached, whose card it is, which reminders wait (section 2).

Planned twice, or by three replicas, the same rows once: the moment is claimed in `job_run`, and every row has a key.
Days that were missed while the program was down are caught up: the most advanced step is done, the others recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.casework import (
    escalations,
    extensions,
    plan_letters,
    plan_verdicts,
    plans,
    promise_letters,
    record,
    settlements,
    standing,
    verdicts,
)
from bot.turn import Desk
from sop.calendar import ONE_DAY
from sop.hold import HoldKind
from sop.hours import day_ends_at, machine_hours, next_allowed
from sop.ladder import Step, escalation_threshold, latest_due_at, no_reply_dates, reached, repeat_on
from sop.policy import Policy
from sop.zones import ZONES
from storage import absences, card_changes, cards, holds, marks, planning, releases, snapshots
from storage.cards import CardRules, ReminderHours
from storage.planning import PlanRun

JOB = "plan"
UNKNOWN = "?"  # payers whose zone nobody knows are planned by the company's clock

Zone = str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One zone's day; `since` is the last day that was planned there before."""

    zone: Zone
    today: date
    since: date


async def plan_due(desk: Desk) -> int:
    """This function will plan every zone whose hour has come today and which is not planned yet."""
    due = [zone for zone in (*ZONES, None) if _hour_has_come(desk, zone)]
    slots = {_slot(desk, zone): zone for zone in due}
    done = await marks.claimed(desk.db, JOB, list(slots)) if slots else {}
    planned = 0
    for slot, zone in slots.items():
        if slot not in done and await marks.claim_run(desk.db, job=JOB, slot=slot, now=desk.now):
            await _plan(desk, await _plan_of(desk, zone))
            planned += 1
    return planned


async def plan_now(desk: Desk) -> None:
    """This function will plan at once what an import during the day brought; before 05:00 the day's plan does it (2.4).

    Past steps are not replayed. Whoever gets a card hears of it at the next heartbeat.
    """
    for zone in (*ZONES, None):
        if _hour_has_come(desk, zone):
            plan = await _plan_of(desk, zone)
            await marks.claim_run(desk.db, job=JOB, slot=_slot(desk, zone), now=desk.now)
            await _plan(desk, plan)
    await standing.count(desk)
    await snapshots.take(desk.db, desk.day_in(None))


async def snapshot_due(desk: Desk) -> int:
    """This function will keep every open balance once a day, from the first day on (12)."""
    if desk.local(None).time() < desk.policy.ladder.planned_at:
        return 0
    slot = desk.day_in(None).isoformat()
    if await marks.claimed(desk.db, "snapshot", [slot]):
        return 0
    await marks.claim_run(desk.db, job="snapshot", slot=slot, now=desk.now)
    await snapshots.take(desk.db, desk.day_in(None))
    return 1


def _hour_has_come(desk: Desk, zone: Zone) -> bool:
    local = desk.local(zone)
    return local.time() >= desk.policy.ladder.planned_at and desk.calendar.is_open(local.date())


def _slot(desk: Desk, zone: Zone) -> str:
    return f"{zone or UNKNOWN}:{desk.day_in(zone).isoformat()}"


async def _plan_of(desk: Desk, zone: Zone) -> Plan:
    """The plan of today; a closed day was not planned, so its steps lie between the last planned day and today."""
    today, prefix = desk.day_in(zone), f"{zone or UNKNOWN}:"
    last = await marks.last_slot(desk.db, JOB, prefix=prefix, before=f"{prefix}{today.isoformat()}")
    yesterday = today - ONE_DAY
    since = yesterday if last is None else min(date.fromisoformat(last.removeprefix(prefix)), yesterday)
    return Plan(zone=zone, today=today, since=since)


async def _plan(desk: Desk, plan: Plan) -> None:
    whole = _run_of(desk, plan, desk.policy)
    await cards.close_missed(desk.db, whole)
    await extensions.expire_due(desk)
    await holds.end_elapsed(desk.db, HoldKind.EXTENSION, today=plan.today, now=desk.now)
    await extensions.end_elapsed(desk, before=plan.today)
    await settlements.lapse_due(desk)
    await verdicts.judge(desk)
    await plan_verdicts.judge(desk)
    await plans.lapse_due(desk)
    await mark_and_card(desk, plan)
    await plan_verdicts.make_cards(desk)
    await promise_letters.remind(desk)
    await plan_letters.remind(desk)
    await escalations.escalate_overdue(desk, plan.today, since=plan.since)
    await record.note(desk, "day_planned", zone=plan.zone or UNKNOWN, on=plan.today, since=plan.since)


async def mark_and_card(desk: Desk, plan: Plan) -> None:
    """This function will do the set-based part of a plan: the marks, the cards and the waiting reminders."""
    for run, policy in _ladders(desk, plan):
        await _mark(desk, plan, run, policy)
    whole = _run_of(desk, plan, desk.policy)
    await releases.release_freed(desk.db, whole)
    await _make_cards(desk, plan, whole)


async def _mark(desk: Desk, plan: Plan, run: PlanRun, policy: Policy) -> None:
    await planning.mark_reached(desk.db, run)
    await planning.mark_overdue(desk.db, run)
    calendar = desk.calendar
    reminded_on = no_reply_dates(plan.today, since=plan.since, calendar=calendar, policy=policy)
    due_after = latest_due_at(Step.H_MINUS_3, plan.today, calendar=calendar, policy=policy)
    await planning.mark_unanswered(desk.db, run, reminded_on=reminded_on, due_after=due_after)


async def _make_cards(desk: Desk, plan: Plan, run: PlanRun) -> None:
    rules = card_rules(desk)
    was_there = await card_changes.count_of_day(desk.db, run)
    await cards.make_cards(desk.db, run, rules)
    if was_there:  # an import during the day, or a promise judged just now
        await card_changes.raise_cards(desk.db, run)
    before = desk.calendar.previous_open(plan.today)
    await card_changes.make_promise_cards(desk.db, run, after=before)
    await card_changes.carry_returns_over(desk.db, run)
    await absences.divert_cards(desk.db)
    if rules.by_machine:
        await cards.queue_reminders(desk.db, run, _reminder_hours(desk, plan), language=desk.company.language)
    deciding, decided = (
        repeat_on(step, plan.today, calendar=desk.calendar, policy=desk.policy)
        for step in (Step.WHILE_DECIDING, Step.AFTER_DECISION)
    )
    await cards.move_calls_on(desk.db, run, while_deciding=deciding, after_decision=decided)


def card_rules(desk: Desk) -> CardRules:
    """This function will say how messages leave: by machine, by hand, or never for some (2.7, 7)."""
    mode, policy = desk.company.whatsapp_mode, desk.policy
    return CardRules(
        by_machine=mode == "twilio" and policy.machine,
        by_hand=mode != "off" and policy.machine,
        segments_by_hand=[one.name for one in policy.segments if not one.policy.machine],
    )


def _reminder_hours(desk: Desk, plan: Plan) -> ReminderHours:
    """From the first machine hour of today to its last; planned after that, the reminder is held and recorded."""
    hours, calendar = machine_hours(desk.policy), desk.calendar
    end = day_ends_at(plan.today, zone=plan.zone or desk.company.zone, hours=hours, calendar=calendar)
    start = next_allowed(desk.now, zone=plan.zone, hours=hours, calendar=calendar)
    ends_at = end or desk.now
    return ReminderHours(send_after=min(start, max(ends_at, desk.now)), expires_at=ends_at)


def _ladders(desk: Desk, plan: Plan) -> Iterator[tuple[PlanRun, Policy]]:
    """One run for everybody, and one for each segment whose ladder has numbers of its own."""
    own = [one for one in desk.policy.segments if one.policy.ladder != desk.policy.ladder]
    yield _run_of(desk, plan, desk.policy, without=tuple(one.name for one in own)), desk.policy
    for one in own:
        yield _run_of(desk, plan, one.policy, segment=one.name), one.policy


def _run_of(
    desk: Desk, plan: Plan, policy: Policy, *, segment: str | None = None, without: tuple[str, ...] = ()
) -> PlanRun:
    calendar = desk.calendar
    return PlanRun(
        today=plan.today,
        now=desk.now,
        zone=plan.zone,
        reaches=reached(plan.today, since=plan.since, calendar=calendar, policy=policy),
        overdue_up_to=escalation_threshold(plan.today, calendar=calendar, policy=policy),
        policy_version=desk.policy.version,
        segment=segment,
        without=without,
        known=desk.policy.segment_names,
    )
