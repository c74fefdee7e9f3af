"""The way to an agreement: what was chosen so far is a draft, and everything is decided anew at each tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.buttons import DatePurpose
from bot.casework import grants, outcomes
from bot.casework.outcomes import Work
from bot.screens.dates import DateFacts
from bot.turn import Turn
from sop.authority import Power
from sop.coverage import agreeable, total_of, without
from sop.exchange import joined
from sop.follow_up import may_be_worked
from sop.money import Money
from sop.outcomes import Outcome, meaning_of
from sop.payer import Reached
from sop.promise_dates import Occasion
from storage import exchanges, follow_ups, questions
from storage.questions import OpenQuestion

AMOUNT, LEFT_OUT, SHOWN = "amount", "left_out", "shown"
"""What a draft keeps: the sum chosen (sen), the invoices left out, and what the last echo said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choosing:
    """A card on its way to a promise or to more time."""

    work: Work
    facts: DateFacts
    draft: dict[str, Any]


async def load(turn: Turn, follow_up_id: int, purpose: DatePurpose) -> Choosing:
    """This function will load what is being agreed, as it is now. Raises NotFound, CardClosed or NothingToAgree.

    More time asked from the due date on is a promise (000-IV.B.2).
    """
    work = await outcomes.begin(turn, follow_up_id)
    draft = await questions.choices(turn.db, follow_up_id=follow_up_id, person_id=turn.actor.id)
    candidates = agreeable(work.case)
    chosen = without(candidates, draft.get(LEFT_OUT, ()))
    total = total_of(chosen)
    part = Money(draft.get(AMOUNT, 0))
    oldest_due_on = min(one.invoice.due_on for one in chosen)
    is_due = oldest_due_on <= work.case.today
    habits = await exchanges.habits_of(turn.db, work.card.payer_id)
    meant = _meant(purpose, is_due=is_due)
    facts = DateFacts(
        follow_up_id=follow_up_id,
        purpose=meant,
        payer=work.case.name,
        candidates=candidates,
        covered=chosen,
        amount=part if Money.ZERO < part < total else total,
        total=total,
        is_due=is_due,
        occasion=Occasion(
            today=work.case.today,
            oldest_due_on=oldest_due_on,
            calendar=turn.calendar,
            policy=turn.policy,
            pay_days=joined(one.pay_days for one in habits.values()),
        ),
        power=await _power(turn, work, chosen) if meant is DatePurpose.MORE_TIME else None,
    )
    return Choosing(work=work, facts=facts, draft=draft)


def _meant(purpose: DatePurpose, *, is_due: bool) -> DatePurpose:
    """What a day is really chosen for: from the due date on more time is a promise (000-IV.B.2)."""
    if purpose is DatePurpose.MORE_TIME and meaning_of(Outcome.MORE_TIME, from_due=is_due) is not Outcome.MORE_TIME:
        return DatePurpose.PROMISE
    return purpose


async def _power(turn: Turn, work: Work, chosen: Sequence[Reached]) -> Power:
    return await grants.power_of(turn, turn.actor, work.card.payer_id, [one.invoice.id for one in chosen])


async def keep(turn: Turn, choosing: Choosing, **chosen: Any) -> None:
    """This function will note a choice on the way."""
    await questions.keep_choices(
        turn.db,
        choosing.draft | chosen,
        follow_up_id=choosing.facts.follow_up_id,
        person_id=turn.actor.id,
        now=turn.now,
    )


async def start_anew(turn: Turn, follow_up_id: int) -> None:
    """This function will forget what was chosen before on this card."""
    await questions.drop_choices(turn.db, follow_up_id=follow_up_id, person_id=turn.actor.id)


async def card_of(turn: Turn, asked: OpenQuestion | None) -> int | None:
    """This function will name the card an answer is for; none when it is finished, and then nobody waits for answers.

    Raises NotFound for another's card.
    """
    if asked is None or asked.subject_id is None:
        return None
    card = await follow_ups.visible(turn.db, asked.subject_id, actor=turn.actor)
    if may_be_worked(card):
        return card.id
    await questions.close(turn.db, asked.id, now=turn.now)
    return None


def said(facts: DateFacts, on: date) -> str:
    """This function will write down what an echo says, so that the tap under it saves exactly that or nothing."""
    ids = ",".join(str(one.invoice.id) for one in facts.covered)
    return f"{facts.purpose.value}:{on.isoformat()}:{facts.amount.sen}:{ids}"
