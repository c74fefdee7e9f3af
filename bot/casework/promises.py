"""A customer's word: recorded, renewed, approved, taken back (section 4). What becomes of it stands in verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.casework import cases, escalations, outcomes, promise_letters, record
from bot.casework.escalations import Asked
from bot.casework.notices import Post
from bot.casework.outcomes import Work
from bot.casework.promise_letters import UNTIMELY, Said, remind
from bot.casework.verdicts import after_payment, judge, promises_today
from bot.turn import Desk, Turn
from sop.coverage import spread
from sop.escalation import EscalationReason
from sop.hold import HoldKind
from sop.money import Money
from sop.outcomes import Outcome, PromiseReason
from sop.payer import Reached
from sop.people import Person
from sop.promise import Promise, PromiseState, moved
from storage import holds, outbox, recalls
from storage import outcomes as stored_outcomes
from storage import people as stored_people
from storage import promises as stored
from storage.holds import NewHold
from storage.promises import NewPromise

__all__ = [
    "Word",
    "after_payment",
    "approve",
    "decline",
    "judge",
    "promises_today",
    "record_promise",
    "remind",
    "renew",
    "reopen_renewed",
    "withdraw_of_outcome",
]

RESTS = "held_promise"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What the customer said: an amount on a day, for these invoices."""

    on: date
    amount: Money
    reason: PromiseReason | None
    covered: Sequence[Reached]
    needs_approval: bool

    @property
    def invoice_ids(self) -> tuple[int, ...]:
        return tuple(one.invoice.id for one in self.covered)


async def record_promise(turn: Turn, work: Work, word: Word) -> int:
    """This function will record a promise and let its invoices rest; it gives the outcome's number.

    An older promise of the same invoices is replaced. Beyond the collector's authority the managers are asked; the
    customer hears of it only when they agree, but rests meanwhile (docs/decisions/unapproved-promises.md).
    """
    renewed = await renew(turn, work.case.promises, word.invoice_ids)
    outcome_id = await outcomes.note_outcome(
        turn,
        work,
        Outcome.PROMISED,
        on=word.on,
        amount=word.amount,
        reason=word.reason,
        invoices=word.invoice_ids,
        renewed=renewed,
    )
    new = NewPromise(
        payer_id=work.card.payer_id,
        amount=word.amount,
        promised_on=word.on,
        reason=None if word.reason is None else word.reason.value,
        taken_by_id=turn.actor.id,
        approved=not word.needs_approval,
        outcome_id=outcome_id,
        shares=spread(word.covered, word.amount),
    )
    promise = await stored.add(turn.db, new, now=turn.now)
    await _rest(turn, promise)
    await outbox.cancel_chase(turn.db, promise.payer_id, reason=RESTS)
    if word.needs_approval:
        await _ask_managers(turn, promise)
    else:
        await _confirm(turn, promise, officer=turn.actor)
    return outcome_id


async def renew(desk: Desk, known: Iterable[Promise], invoice_ids: Iterable[int]) -> list[int]:
    """This function will replace the open promises for any of these invoices; gives their numbers, for undo."""
    wanted, renewed = frozenset(invoice_ids), []
    for promise in known:
        if promise.state is PromiseState.OPEN and (not promise.invoice_ids or promise.invoice_ids & wanted):
            await _end(desk, promise, PromiseState.REPLACED)
            renewed.append(promise.id)
    return renewed


async def reopen_renewed(desk: Desk, promise_ids: Iterable[int]) -> None:
    """This function will open replaced promises again: what had replaced them was undone."""
    for promise_id in promise_ids:
        promise = await stored.get(desk.db, promise_id)
        if promise.state is PromiseState.REPLACED:
            await stored.change(desk.db, promise_id, state=moved(promise, PromiseState.OPEN).state, closed_on=None)
            await _rest(desk, promise)


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back the promise a tap recorded, and let what it had replaced count again (undo)."""
    for promise in await stored.of_outcome(desk.db, outcome_id):
        if promise.state is PromiseState.OPEN:
            await _end(desk, promise, PromiseState.WITHDRAWN)
        await recalls.give_back_chase(desk.db, promise.payer_id, reason=RESTS, now=desk.now)
    row = await stored_outcomes.get(desk.db, outcome_id)
    await reopen_renewed(desk, row.details.get("renewed", ()))


async def approve(desk: Desk, promise_id: int, *, on: date | None = None) -> Promise:
    """This function will accept a promise beyond the collector's authority, perhaps on another day; the customer hears.

    A promise that has ended meanwhile stays as it is: a fresh one is given back for the caller to see.
    """
    promise = await stored.get(desk.db, promise_id)
    if promise.state is not PromiseState.OPEN or promise.approved:
        return promise
    agreed = replace(promise, approved=True, promised_on=on or promise.promised_on)
    await stored.change(desk.db, promise_id, approved=True, promised_on=agreed.promised_on)
    await record.note(desk, "promise_approved", payer_id=promise.payer_id, promise=promise_id, on=agreed.promised_on)
    officer = None if promise.taken_by_id is None else await stored_people.get(desk.db, promise.taken_by_id)
    await _confirm(desk, agreed, officer=officer)
    return agreed


async def decline(desk: Desk, promise_id: int) -> Promise:
    """This function will end a promise the managers do not accept: its invoices move again from the next plan on."""
    promise = await stored.get(desk.db, promise_id)
    if promise.state is PromiseState.OPEN and not promise.approved:
        await _end(desk, promise, PromiseState.WITHDRAWN)
    return await stored.get(desk.db, promise_id)


async def _end(desk: Desk, promise: Promise, state: PromiseState) -> None:
    today = (await cases.load(desk, promise.payer_id)).today
    await stored.change(desk.db, promise.id, state=moved(promise, state).state, closed_on=today)
    await holds.end(
        desk.db,
        payer_id=promise.payer_id,
        kind=HoldKind.PROMISE,
        invoice_ids=sorted(promise.invoice_ids),
        now=desk.now,
    )
    await recalls.recall(desk.db, promise.payer_id, UNTIMELY, reason=f"promise_{state.value}")
    await escalations.cancel_about(desk, EscalationReason.PROMISE_BEYOND, promise.id)
    await record.note(desk, f"promise_{state.value}", payer_id=promise.payer_id, promise=promise.id)


async def _rest(desk: Desk, promise: Promise) -> None:
    resting = [
        NewHold(
            payer_id=promise.payer_id,
            kind=HoldKind.PROMISE,
            invoice_id=invoice_id,
            until_on=promise.promised_on,
            outcome_id=promise.outcome_id,
        )
        for invoice_id in sorted(promise.invoice_ids)
    ]
    await holds.place(desk.db, *resting, now=desk.now)


async def _confirm(desk: Desk, promise: Promise, *, officer: Person | None) -> None:
    key = f"promise_confirmed:{promise.id}:{promise.promised_on.isoformat()}"
    post = Post(key=key, outcome_id=promise.outcome_id)
    await promise_letters.write(desk, promise, Said(message="customer/T12", more={}, officer=officer), post)


async def _ask_managers(turn: Turn, promise: Promise) -> None:
    asked = Asked(
        reason=EscalationReason.PROMISE_BEYOND,
        payer_id=promise.payer_id,
        invoice_ids=tuple(sorted(promise.invoice_ids)),
        subject_id=promise.id,
        outcome_id=promise.outcome_id,
    )
    await escalations.open_escalation(turn, asked)
