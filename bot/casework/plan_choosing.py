"""The way to instalments: what was chosen so far is a draft, and the schedule is made anew at each tap (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.casework import outcomes
from bot.casework.outcomes import Work
from bot.screens.plan import PlanFacts
from bot.turn import Turn
from sop.coverage import agreeable, total_of
from sop.money import Money
from sop.plan import Instalment, PlanWay
from sop.plan_schedule import Rhythm, Wish, check_typed, propose
from storage import questions

COUNT, RHYTHM, FIRST, TYPED, WAY, SHOWN = "count", "rhythm", "first_on", "typed", "way", "plan_shown"
"""What a draft keeps; `typed` is a list of days and sen, and takes the place of count, rhythm and first day."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposing:
    """A card on its way to instalments."""

    work: Work
    facts: PlanFacts
    draft: dict[str, Any]
    today: date


async def load(turn: Turn, follow_up_id: int) -> Proposing:
    """This function will load what is being proposed, as it is now.

    Raises NotFound, CardClosed, NothingToAgree, and PlanRefused for a schedule that cannot be.
    """
    work = await outcomes.begin(turn, follow_up_id)
    draft = await questions.choices(turn.db, follow_up_id=follow_up_id, person_id=turn.actor.id)
    covered = agreeable(work.case)
    total = total_of(covered)
    rhythm = Rhythm(draft.get(RHYTHM, Rhythm.WEEKLY.value))
    facts = PlanFacts(
        follow_up_id=follow_up_id,
        payer=work.case.name,
        covered=covered,
        total=total,
        way=PlanWay(draft.get(WAY, PlanWay.TRANSFER.value)),
        instalments=_instalments(turn, work, draft, total, rhythm),
        rhythm=None if draft.get(TYPED) else rhythm,
    )
    return Proposing(work=work, facts=facts, draft=draft, today=work.case.today)


async def keep(turn: Turn, proposing: Proposing, **chosen: Any) -> Proposing:
    """This function will note a choice and load what it makes of the schedule. Raises as `load` does."""
    who = {"follow_up_id": proposing.facts.follow_up_id, "person_id": turn.actor.id}
    await questions.keep_choices(turn.db, proposing.draft | chosen, **who, now=turn.now)
    return await load(turn, proposing.facts.follow_up_id)


async def keep_shown(turn: Turn, proposing: Proposing) -> None:
    """This function will note what the echo says, so that the tap under it saves exactly that or nothing."""
    await keep(turn, proposing, **{SHOWN: said(proposing.facts)})


def said(facts: PlanFacts) -> str:
    """This function will write down a schedule in one line."""
    days = ",".join(f"{one.due_on.isoformat()}={one.amount.sen}" for one in facts.instalments)
    return f"{facts.way.value}:{days}:{','.join(str(one.invoice.id) for one in facts.covered)}"


def as_typed(instalments: Sequence[Instalment]) -> list[list[Any]]:
    return [[one.due_on.isoformat(), one.amount.sen] for one in instalments]


def _instalments(turn: Turn, work: Work, draft: dict[str, Any], total: Money, rhythm: Rhythm) -> tuple[Instalment, ...]:
    today = work.case.today
    if draft.get(TYPED):
        typed = tuple(Instalment(due_on=date.fromisoformat(on), amount=Money(sen)) for on, sen in draft[TYPED])
        check_typed(typed, total=total, today=today, policy=turn.policy)
        return typed
    if COUNT not in draft:
        return ()
    first = date.fromisoformat(draft[FIRST]) if FIRST in draft else turn.calendar.open_on_or_after(today + WEEK)
    wish = Wish(total=total, instalments=draft[COUNT], first_on=first, rhythm=rhythm)
    return propose(wish, today=today, calendar=turn.calendar, policy=turn.policy)
