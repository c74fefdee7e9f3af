"""Who hears of a decision: the collector at once, sales and admin where it is theirs, the customer politely (5)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.buttons import OpenCard
from bot.casework import cases, escalation_facts, letters, notices, request_answers, sales_help
from bot.casework.notices import Post, ToCustomer
from bot.render import label_named
from bot.reply import Screen, screen, tap
from bot.turn import Turn
from sop.case import Case
from sop.escalation import REQUESTS, Decision, Escalation, EscalationReason
from sop.follow_up import may_be_worked
from sop.guard import MessageKind
from sop.ledger import Invoice
from sop.money import Money
from sop.people import Person, Role
from sop.promise_dates import Occasion, latest_alone
from storage import escalations, follow_ups, invoices, people
from storage.outbox import URGENT

TO_SALES = frozenset({Decision.HOLD_DELIVERY, Decision.RELEASE_DELIVERY, Decision.TAKE_GOODS})
"""Who is asked to help (`Libatkan sales`) has a note of his own."""
TO_ADMIN = frozenset(
    {Decision.HOLD_DELIVERY, Decision.RELEASE_DELIVERY, Decision.TAKE_GOODS, Decision.SMALL_CLAIM, Decision.TO_LEGAL}
)
"""The admin stands for the warehouse, which has no role of its own."""
REPORTED = frozenset({Decision.TAKE, Decision.INVOLVE_SALES, Decision.WARNING_LETTER})
"""Decisions after which the customer may know that the management looks after it (T07)."""
AT_ONCE = Post(urgency=URGENT)
INVITATION = "customer/T09"
"""The last polite invitation, before papers go to court: it asks for money, so every hold and cap applies to it."""
DATED = frozenset({EscalationReason.PROMISE_BEYOND, EscalationReason.EXTENSION_BEYOND})


async def tell(turn: Turn, one: Escalation, decision: Decision, *, on: date | None, words: str | None) -> None:
    """This function will tell everybody whom a decision concerns."""
    if one.payer_id is None:
        return
    case = await cases.load(turn, one.payer_id)
    news: dict[str, Any] = {
        "payer": case.name,
        "decision": decision,
        "reason": one.reason,
        "by": turn.actor.name,
        "on": on,
        "words": words,
        "amount": Money.total(each.balance for each in await _invoices(turn, one, case)),
    }
    await _tell_collectors(turn, one, news)
    if decision in TO_SALES:
        await sales_help.tell(turn, case.payer_id, screen("manager/told_sales", **news))
    if decision in TO_ADMIN:
        await notices.tell_roles(turn, screen("manager/told_admin", **news), Role.ADMIN, post=AT_ONCE)
    await _write_customer(turn, one, case, decision, on)


async def _tell_collectors(turn: Turn, one: Escalation, news: dict[str, Any]) -> None:
    card = await follow_ups.find_on(turn.db, one.payer_id or 0, turn.day_in(await _zone(turn, one)))
    row = (tap("open_card", OpenCard(card.id)),) if card is not None and may_be_worked(card) else ()
    told: Screen = screen("manager/decision_told", row, **news)
    for person in await _collectors(turn, one):
        if person.id != turn.actor.id:
            await notices.tell(turn, person, told, AT_ONCE)


async def _zone(turn: Turn, one: Escalation) -> str | None:
    return (await cases.load(turn, one.payer_id or 0)).zone


async def _collectors(turn: Turn, one: Escalation) -> list[Person]:
    ids = await invoices.collectors_of(turn.db, one.payer_id or 0)
    return [await people.get(turn.db, each) for each in ids]


async def _write_customer(turn: Turn, one: Escalation, case: Case, decision: Decision, on: date | None) -> None:
    """The letter of a decision, if the customer hears of it in writing."""
    about = await _invoices(turn, one, case)
    message, more = await _letter(turn, one, case, decision, on)
    if message is None or not about:
        return
    by_manager = message in ("customer/T17", "customer/T18")
    officer = turn.actor if by_manager else await letters.officer_of(turn, case) or turn.actor
    values = letters.values_for(turn, case, officer=officer, invoices=about, **more)
    kind = MessageKind.CHASE if message == INVITATION else MessageKind.SERVICE
    letter = ToCustomer(payer_id=case.payer_id, message=message, values=values, kind=kind)
    day = "" if on is None else f":{on.isoformat()}"
    await notices.write_customer(turn, letter, Post(key=f"{message}:escalation:{one.id}{day}"))


async def _letter(
    turn: Turn, one: Escalation, case: Case, decision: Decision, on: date | None
) -> tuple[str | None, dict[str, Any]]:
    if decision is Decision.DECLINE:
        return await _declined(turn, one, case)
    if decision is Decision.GRANT_TIME:  # a requested extension has its letter from where it is granted
        return "customer/T17", {"until_on": on}
    if decision is Decision.SMALL_CLAIM and case.exposure.days_late:
        return INVITATION, _invitation(turn, case)
    if decision in REPORTED and one.reason not in REQUESTS and case.exposure.days_late:
        return "customer/T07", {"days_late": case.exposure.days_late, "manager_name": turn.actor.name}
    return None, {}


async def _declined(turn: Turn, one: Escalation, case: Case) -> tuple[str | None, dict[str, Any]]:
    """The polite no to what he had asked for, with what can be had instead (T18)."""
    if one.reason in DATED:
        return "customer/T18", await _alternative(turn, one, case)
    if one.reason in request_answers.OTHERS:
        return "customer/T18_request", await _alternative(turn, one, case) | request_answers.named(turn, one)
    return None, {}


def _invitation(turn: Turn, case: Case) -> dict[str, Any]:
    answer_by = case.today + timedelta(days=turn.policy.letters.answer_days)
    return {
        "days_late": case.exposure.days_late,
        "manager_name": turn.actor.name,
        "deadline_on": turn.calendar.open_on_or_after(answer_by),
    }


async def _alternative(turn: Turn, one: Escalation, case: Case) -> dict[str, Any]:
    """What can be had instead of what was declined: the last day a collector may grant by himself."""
    oldest = case.exposure.oldest_due_on or case.today
    occasion = Occasion(today=case.today, oldest_due_on=oldest, calendar=turn.calendar, policy=turn.policy)
    last = turn.calendar.open_on_or_before(latest_alone(occasion))
    asked = await escalation_facts.asked_of(turn, one)
    instead = label_named("declined_alternative", turn.company.language, {"on": last.isoformat()})
    return {
        "requested_on": asked["on"],
        "alternative": instead,
        "deadline_on": turn.calendar.next_open(case.today),
    }


async def _invoices(turn: Turn, one: Escalation, case: Case) -> tuple[Invoice, ...]:
    named = await escalations.invoices_of(turn.db, one.id)
    return tuple(each for each in case.invoices if each.id in named) if named else case.invoices
