"""Showing cards: the next one of a collector's day, or any one as it is now (section 3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.buttons import Undo
from bot.casework import (
    card_plans,
    cases,
    chase_checks,
    discounts,
    errands,
    guarding,
    holding,
    in_hand,
    pool,
    reminders,
)
from bot.reply import Screen, screen, tap
from bot.screens.card import CardFacts, Ruling, card_screen, others_screen
from bot.turn import Desk, Turn
from sop.case import Case
from sop.coverage import NothingToAgree, covered
from sop.follow_up import FollowUp, may_be_worked
from sop.hold import Use
from sop.payer import Reached, page_of
from sop.people import Person
from storage import errands as stored_errands
from storage import escalations, follow_ups, outcomes, people, standing

DAY_SUBJECT = "day:"


async def shown(desk: Desk, card: FollowUp, *, zone: str, undo: int | None = None) -> Screen:
    """This function will draw a card as it is now; `zone` is the reader's."""
    return card_screen(await facts_of(desk, card, zone=zone, undo=undo))


async def shown_others(turn: Turn, card: FollowUp) -> Screen:
    return others_screen(await facts_of(turn, card, zone=turn.actor.zone))


async def next_card(turn: Turn, *, undo: int | None = None, after: int | None = None) -> Screen:
    """This function will draw the collector's next card, or say that his day is done; `after` is passed over.

    So is the card of the outcome that was just recorded, even if a message by hand still waits on it.
    """
    if undo is None:
        undo = await last_tap(turn, turn.actor)
    elif after is None:
        after = (await outcomes.get(turn.db, undo)).follow_up_id
    waiting = await follow_ups.open_of_collector(turn.db, turn.actor.id, now=turn.now)
    todo = [card for card in waiting if card.id != after] or list(waiting)
    if not todo:
        return await day_done(turn, undo=undo)
    card = todo[0]
    if card.pushed_at is None:
        await follow_ups.change(turn.db, card.id, pushed_at=turn.now)
    return await shown(turn, card, zone=turn.actor.zone, undo=undo)


async def facts_of(desk: Desk, card: FollowUp, *, zone: str, undo: int | None = None) -> CardFacts:
    """This function will gather all that a card shows."""
    case = await cases.load(desk, card.payer_id)
    todays = await follow_ups.of_collector_on(desk.db, card.collector_id or 0, card.planned_on)
    numbers = [one.id for one in todays if one.place is not None]
    contacts = await outcomes.last_contacts(desk.db, card.payer_id, most=desk.policy.desk.contacts_on_card)
    by_hand = None
    if may_be_worked(card):
        by_hand = await reminders.by_hand(desk, case, card) or await holding.of_machine(desk, case, card)
    return CardFacts(
        card=card,
        case=case,
        page=page_of(_asked_about(case), policy=desk.policy),
        place=numbers.index(card.id) + 1 if card.id in numbers else 1,
        of_all=max(len(numbers), 1),
        zone=zone,
        reason=reason_of(card, case),
        contacts=contacts,
        signs=(*await _called_often(desk, case, zone=zone), *await _asks_finance_first(desk, card)),
        standing=(await standing.of_payers(desk.db, [case.payer_id])).get(case.payer_id),
        covers_for=await _covered(desk, card, case),
        by_hand=by_hand,
        undo=undo,
        discounts=discounts.offered(desk, case),
        ruling=await _ruling(desk, card.payer_id),
        plan=await card_plans.of_payer(desk, case),
        delivery_held=await escalations.delivery_held_at(desk.db, card.payer_id) is not None,
        to_check=len(await chase_checks.open_checks(desk, case)),
        errands=tuple(await errands.facts_of(desk, await stored_errands.open_of(desk.db, card.payer_id))),
    )


async def _ruling(desk: Desk, payer_id: int) -> Ruling | None:
    """What the managers decided last about what is open here: every later card says so. (2)"""
    one = await escalations.ruling_of(desk.db, payer_id)
    if one is None or one.decision is None or one.decided_at is None:
        return None
    at = one.decided_at.astimezone(desk.local(None).tzinfo).date()
    return Ruling(decision=one.decision, by=one.decided_by, at=at, on=one.decided_for, words=one.instruction)


def _asked_about(case: Case) -> tuple[Reached, ...]:
    """What the card is about: all that moves, or what rests for today only: promised, or paid in instalments."""
    moving = case.reached(Use.CALL)
    if moving or not (case.open_promise or card_plans.rests_by_plan(case)):
        return moving
    try:
        return covered(case)
    except NothingToAgree:
        return ()


async def _covered(desk: Desk, card: FollowUp, case: Case) -> str | None:
    """The colleague in whose place this card is worked."""
    owner_id = next((one.collector_id for one in case.customers if one.collector_id is not None), None)
    if owner_id is None or card.collector_id in (None, owner_id):
        return None
    return (await people.get(desk.db, owner_id)).name


async def _called_often(desk: Desk, case: Case, *, zone: str) -> tuple[str, ...]:
    """Whether he was called often enough for today (G5)."""
    calls = await outcomes.calls_since(desk.db, case.payer_id, since=desk.day_start(zone))
    return ("called_often",) if calls >= desk.policy.caps.calls_per_day else ()


async def _asks_finance_first(desk: Desk, card: FollowUp) -> tuple[str, ...]:
    """From 10:00 on, who would be called for money that is late may have paid yesterday (2.6)."""
    is_morning = desk.local(None).time() < desk.policy.payments.posting_reminder_at
    if is_morning or not card.step.is_overdue or not await guarding.awaits_posting(desk):
        return ()
    return ("ask_finance_first",)


def reason_of(card: FollowUp, case: Case) -> dict[str, Any]:
    """This function will say in one line why the card is there: the name of the line and its values."""
    exposure = case.exposure
    return {
        "name": card.reason or "by_step",
        "step": card.step.value,
        "amount": exposure.overdue or exposure.total,
        "days_late": exposure.days_late,
        "promised_on": max((one.promised_on for one in case.promises), default=card.planned_on),
    }


async def day_done(turn: Turn, *, undo: int | None = None) -> Screen:
    """This function will say what was done today and what comes back later."""
    todays = await follow_ups.of_collector_on(turn.db, turn.actor.id, turn.today)
    undo = undo if undo is not None else await last_tap(turn, turn.actor)
    later = [card for card in todays if may_be_worked(card) and card.return_at is not None]
    worked = [card for card in todays if not may_be_worked(card)]
    row = (tap("undo", Undo(undo)),) if undo is not None else ()
    return screen(
        "collector/day_done",
        row,
        await in_hand.row(turn, turn.actor),
        await pool.row_for(turn),
        subject=f"{DAY_SUBJECT}{turn.actor.id}",
        done=len(worked),
        returning=len(later),
        next_at=min((turn.at_place(card.return_at) for card in later if card.return_at), default=None),
    )


async def last_tap(desk: Desk, person: Person) -> int | None:
    """This function will name what somebody may still take back: `Batalkan` goes along to his newest message (3)."""
    last = await outcomes.last_by(desk.db, person.id)
    since = desk.now - timedelta(minutes=desk.policy.desk.undo_minutes)
    return None if last is None or last.at < since else last.id
