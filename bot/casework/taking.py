"""Money given to a collector by hand, on its way to being recorded: what was said so far is a draft (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.casework import choosing, letters, notices, outcomes
from bot.casework.notices import Post, ToCustomer
from bot.casework.outcomes import Work
from bot.casework.promise_letters import UNTIMELY
from bot.screens.taking import Days, TakingFacts
from bot.turn import Turn
from sop.coverage import covered, payable, spread, total_of
from sop.giro import effective_days
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome
from sop.payer import Reached
from storage import holds, outbox, questions, recalls
from storage.holds import NewHold
from storage.questions import OpenQuestion

AMOUNT, NUMBER, BANK, ON = "amount", "number", "bank", "on"
"""What the draft keeps: the sum (sen), the paper's number, and of a giro its bank and effective date (ISO)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """A card on which cash or a giro is being recorded; `payable` is all that it may pay, in order."""

    work: Work
    payable: tuple[Reached, ...]
    facts: TakingFacts


async def load(turn: Turn, follow_up_id: int, outcome: Outcome) -> Taking:
    """This function will load what is being taken, as it is now. Raises NotFound, CardClosed or NothingToAgree."""
    work = await outcomes.begin(turn, follow_up_id)
    draft = await questions.choices(turn.db, follow_up_id=follow_up_id, person_id=turn.actor.id)
    may_pay = payable(work.case)
    facts = TakingFacts(
        follow_up_id=follow_up_id,
        outcome=outcome,
        payer=work.case.name,
        total=total_of(covered(work.case)),
        most=total_of(may_pay),
        amount=Money(draft[AMOUNT]) if AMOUNT in draft else None,
        number=draft.get(NUMBER),
        bank=draft.get(BANK),
        on=date.fromisoformat(draft[ON]) if ON in draft else None,
    )
    return Taking(work=work, payable=may_pay, facts=facts)


async def of_answer(turn: Turn, asked: OpenQuestion | None) -> Taking | None:
    """This function will load what an answer is for; none when its card is finished."""
    card_id = await choosing.card_of(turn, asked)
    if asked is None or card_id is None:
        return None
    return await load(turn, card_id, Outcome(asked.details["outcome"]))


async def keep(turn: Turn, taking: Taking, **said: Any) -> Taking:
    """This function will note what was said, and give the taking with it."""
    card_id = taking.work.card.id
    draft = await questions.choices(turn.db, follow_up_id=card_id, person_id=turn.actor.id)
    who = {"follow_up_id": card_id, "person_id": turn.actor.id}
    await questions.keep_choices(turn.db, draft | said, **who, now=turn.now)
    return await load(turn, card_id, taking.facts.outcome)


def days_of(turn: Turn) -> Days:
    """This function will give the days a giro's effective date may be."""
    first, last = effective_days(turn.today, policy=turn.policy)
    return Days(today=turn.today, first=first, last=last, calendar=turn.calendar)


def shares_of(taking: Taking, amount: Money) -> dict[int, Money]:
    """This function will say how much is for which invoice: what the card is about first, the oldest before others."""
    return {invoice_id: part for invoice_id, part in spread(taking.payable, amount).items() if part}


async def rest(turn: Turn, taking: Taking, hold: NewHold, shares: dict[int, Money]) -> None:
    """This function will let what was paid by hand rest, and take back what would ask for it; `hold` is the pattern."""
    for one in taking.payable:
        share = shares.get(one.invoice.id)
        if share is None:
            continue
        part = None if share == one.invoice.balance else share
        new = NewHold(
            payer_id=hold.payer_id,
            kind=hold.kind,
            invoice_id=one.invoice.id,
            amount=part,
            until_on=hold.until_on,
            outcome_id=hold.outcome_id,
        )
        await holds.place(turn.db, new, now=turn.now)
    await outbox.cancel_chase(turn.db, hold.payer_id, reason=reason_of(hold.kind))
    await recalls.recall(turn.db, hold.payer_id, UNTIMELY, reason=reason_of(hold.kind))


def reason_of(kind: HoldKind) -> str:
    return f"held_{kind.value}"


async def write(turn: Turn, taking: Taking, message: str, outcome_id: int, **values: Any) -> None:
    """This function will write to the customer what was taken, in the name of who took it; undo takes it back."""
    ids: Sequence[int] = values.pop("invoice_ids")
    named = [one.invoice for one in taking.payable if one.invoice.id in ids]
    full = letters.values_for(turn, taking.work.case, officer=turn.actor, invoices=named, **values)
    letter = ToCustomer(payer_id=taking.work.card.payer_id, message=message, values=full)
    await notices.write_customer(turn, letter, Post(key=f"{message}:{outcome_id}", outcome_id=outcome_id))
