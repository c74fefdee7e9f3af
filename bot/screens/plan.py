"""Instalments on screen: how many, the schedule said back, and what stands in a line of text (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.buttons import (
    ChooseOutcome,
    ConfirmPlan,
    DatePurpose,
    OpenCard,
    PlanCount,
    PlanPaidBy,
    PlanRhythm,
    RecordConsent,
    ShowDates,
)
from bot.reply import Screen, in_columns, screen, tap
from bot.screens.card import subject_of
from sop.money import Money
from sop.outcomes import Outcome
from sop.payer import Reached
from sop.plan import Instalment, PlanWay
from sop.plan_schedule import Rhythm

COUNTS = (2, 3, 4, 5, 6)
"""The numbers on buttons; more may be typed with their days."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanFacts:
    """What is being proposed: `rhythm` none where the days were typed one by one."""

    follow_up_id: int
    payer: str
    covered: tuple[Reached, ...]
    total: Money
    way: PlanWay
    instalments: tuple[Instalment, ...] = ()
    rhythm: Rhythm | None = None


def count_screen(facts: PlanFacts) -> Screen:
    """This function will ask in how many instalments."""
    counts = tuple(tap("plan_count", PlanCount(facts.follow_up_id, count), count=count) for count in COUNTS)
    back = (tap("back", OpenCard(facts.follow_up_id)),)
    return _screen("collector/plan_asked", facts, counts, back)


def unclear_screen(facts: PlanFacts) -> Screen:
    """This function will say that a typed list could not be read, or does not add up, and offer the buttons again."""
    counts = tuple(tap("plan_count", PlanCount(facts.follow_up_id, count), count=count) for count in COUNTS)
    back = (tap("back", OpenCard(facts.follow_up_id)),)
    return _screen("collector/plan_unclear", facts, counts, back)


def echo_screen(facts: PlanFacts) -> Screen:
    """This function will say the schedule back, day by day; rhythm, first day and way may still be changed."""
    number = facts.follow_up_id
    rhythms = tuple(tap(one.value, PlanRhythm(number, one)) for one in Rhythm) if facts.rhythm else ()
    first = (tap("plan_first", ShowDates(number, DatePurpose.FIRST_INSTALMENT)),) if facts.rhythm else ()
    ways = [tap(one.value, PlanPaidBy(number, one)) for one in PlanWay]
    saving = (tap("correct", ConfirmPlan(number)), tap("change", ChooseOutcome(number, Outcome.INSTALMENTS)))
    return _screen("collector/plan_echo", facts, saving, rhythms, first, *in_columns(ways, columns=4))


def consent_row(plan_id: int) -> tuple[Any, ...]:
    """This function will give the button that records the customer's written consent."""
    return (tap("record_plan_consent", RecordConsent(plan_id)),)


def schedule(instalments: Sequence[Instalment]) -> list[dict[str, Any]]:
    """This function will list instalments as a template shows them."""
    return [{"number": number, "on": one.due_on, "amount": one.amount} for number, one in enumerate(instalments, 1)]


def _screen(message: str, facts: PlanFacts, *rows: tuple[Any, ...]) -> Screen:
    values = {
        "payer": facts.payer,
        "total": facts.total,
        "count": len(facts.covered),
        "schedule": schedule(facts.instalments),
        "rhythm": facts.rhythm,
        "way": facts.way,
    }
    return screen(message, *rows, subject=subject_of(facts.follow_up_id), **values)
