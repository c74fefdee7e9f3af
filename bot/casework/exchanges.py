"""Tukar faktur: the task before the first reminder, the receipt, and the due date that follows from it (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.casework import cases, errands, letters, notices, outcomes, reopening
from bot.casework.errands import NewErrand
from bot.casework.notices import Post, ToCustomer
from bot.casework.outcomes import Work
from bot.reply import Screen
from bot.screens.exchange import ExchangeFacts, exchange_screen
from bot.turn import Desk, Turn
from sop.errand import Errand, ErrandKind
from sop.exchange import (
    Habit,
    NothingToExchange,
    check_due,
    due_choices,
    held_until,
    joined,
    ordered_from,
    still_ahead,
    task_on,
)
from sop.hold import HoldKind
from sop.ladder import Step
from sop.ledger import Invoice
from sop.outcomes import Outcome
from storage import errands as stored_errands
from storage import exchanges, holds, invoices, questions
from storage import outcomes as stored_outcomes
from storage.errands import Done
from storage.exchanges import NewExchange
from storage.holds import NewHold

LEFT_OUT = "exchange_left_out"
CHOSEN = "exchange_on"


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What the customer's bookkeeping took in: when it pays, and the receipt."""

    taken: Sequence[Invoice]
    due_on: date
    photo_id: int | None
    receipt_number: str | None


async def order_due(desk: Desk) -> int:
    """This function will order the task for every invoice whose time has come, and let its reminders wait for it."""
    today = desk.day_in(None)
    if desk.local(None).time() < desk.policy.ladder.planned_at or not desk.calendar.is_open(today):
        return 0
    habits = await exchanges.habits_of_exchanging(desk.db)
    if not habits:
        return 0
    terms = desk.policy.ladder.first_reminder_days_before + desk.policy.errands.exchange_days_before_reminder
    until = today + timedelta(days=terms + 14)  # closed days move a reminder forward by less than this
    ordered = 0
    for invoice in await exchanges.waiting(desk.db, list(habits), due_until=until):
        if ordered_from(invoice.due_on, calendar=desk.calendar, policy=desk.policy) <= today:
            await _order(desk, invoice, habits[invoice.customer_id], today=today)
            ordered += 1
    return ordered


async def facts_of(turn: Turn, work: Work) -> ExchangeFacts:
    """This function will gather what can be exchanged. Raises NothingToExchange."""
    draft = await questions.choices(turn.db, follow_up_id=work.card.id, person_id=turn.actor.id)
    habits = await exchanges.habits_of(turn.db, work.card.payer_id)
    done = await exchanges.exchanged_of(turn.db, work.card.payer_id)
    still_open = [one for one in work.case.invoices if one.id not in done] or list(work.case.invoices)
    meant = [one for one in still_open if habits[one.customer_id].exchanges] or still_open
    if not meant:
        raise NothingToExchange()
    habit = _shared(list({one.customer_id: habits[one.customer_id] for one in meant}.values()))
    return ExchangeFacts(
        follow_up_id=work.card.id,
        payer=work.case.name,
        candidates=tuple(meant),
        left_out=frozenset(draft.get(LEFT_OUT, ())),
        offered=due_choices(habit, today=work.case.today, calendar=turn.calendar, policy=turn.policy),
    )


async def asked(turn: Turn, errand: Errand) -> Screen:
    """This function will begin the outcome from the task, on the payer's card of today; without one it is made."""
    card = await reopening.reopen_card(turn, errand.payer_id, reason="why_exchange")
    case = await cases.load(turn, errand.payer_id)
    return exchange_screen(await facts_of(turn, Work(card=card, case=case)))


async def record_exchange(turn: Turn, work: Work, taken: Taken) -> int:
    """This function will set the new due date with its history, and plan the steps ahead of it anew; none is replayed.

    Gives the outcome's number. Raises DatePast and DateTooFar.
    """
    check_due(taken.due_on, today=work.case.today, policy=turn.policy)
    ids = [one.id for one in taken.taken]
    anew = _coming(turn, taken.due_on, today=work.case.today)
    kept = await exchanges.steps_to_forget(turn.db, ids, anew)
    done = [one.id for one in await stored_errands.open_of(turn.db, work.card.payer_id) if _is_about(one, ids)]
    details = {"invoices": ids, "due_on": taken.due_on, "receipt": taken.receipt_number, "steps": kept, "errands": done}
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.INVOICE_EXCHANGED, **details)
    new = NewExchange(
        payer_id=work.card.payer_id,
        invoice_ids=ids,
        due_on=taken.due_on,
        person_id=turn.actor.id,
        outcome_id=outcome_id,
        photo_id=taken.photo_id,
        receipt_number=taken.receipt_number,
    )
    await exchanges.add(turn.db, new, now=turn.now)
    await exchanges.forget_steps(turn.db, ids, anew)
    await holds.end(turn.db, payer_id=work.card.payer_id, kind=HoldKind.NOT_EXCHANGED, now=turn.now, invoice_ids=ids)
    for errand_id in done:
        by = Done(by_id=turn.actor.id, result=taken.receipt_number, paper_id=taken.photo_id)
        await stored_errands.finish(turn.db, errand_id, by, now=turn.now)
    await _write(turn, work, taken, outcome_id)
    return outcome_id


async def withdraw_of_outcome(turn: Turn, outcome_id: int) -> None:
    """This function will take an exchange back (undo): the old due date, its steps, its task and its hold."""
    taken_back = await exchanges.take_back(turn.db, outcome_id, now=turn.now)
    if not taken_back:
        return
    row = await stored_outcomes.get(turn.db, outcome_id)
    await exchanges.remember_steps(turn.db, row.details["steps"])
    await stored_errands.reopen(turn.db, row.details["errands"])
    habits = await exchanges.habits_of(turn.db, row.payer_id)
    reopened = {(await stored_errands.get(turn.db, one)).subject_id for one in row.details["errands"]}
    for invoice in await invoices.listed(turn.db, [one.invoice_id for one in taken_back]):
        if invoice.id in reopened:
            await _hold(turn, invoice, habits[invoice.customer_id])


async def _order(desk: Desk, invoice: Invoice, habit: Habit, *, today: date) -> None:
    due_on = task_on(invoice.due_on, habit, today=today, calendar=desk.calendar, policy=desk.policy)
    new = NewErrand(payer_id=invoice.payer_id, kind=ErrandKind.EXCHANGE_INVOICE, subject_id=invoice.id, due_on=due_on)
    await errands.order(desk, new)
    await _hold(desk, invoice, habit)


async def _hold(desk: Desk, invoice: Invoice, habit: Habit) -> None:
    until_on = held_until(invoice.due_on, habit)
    rests = NewHold(payer_id=invoice.payer_id, kind=HoldKind.NOT_EXCHANGED, invoice_id=invoice.id, until_on=until_on)
    await holds.place(desk.db, rests, now=desk.now)


def _coming(desk: Desk, due_on: date, *, today: date) -> tuple[Step, ...]:
    return still_ahead(due_on, today=today, calendar=desk.calendar, policy=desk.policy)


def _is_about(errand: Errand, invoice_ids: Sequence[int]) -> bool:
    return errand.kind is ErrandKind.EXCHANGE_INVOICE and errand.subject_id in invoice_ids


def _shared(habits: Sequence[Habit]) -> Habit:
    """What several shops have in common: all their pay days, and a term only where it is the same."""
    first = habits[0]
    if len(habits) == 1:
        return first
    return Habit(customer_id=first.customer_id, pay_days=joined(one.pay_days for one in habits))


async def _write(turn: Turn, work: Work, taken: Taken, outcome_id: int) -> None:
    values = letters.values_for(turn, work.case, officer=turn.actor, invoices=taken.taken, due_on=taken.due_on)
    letter = ToCustomer(payer_id=work.card.payer_id, message="customer/exchanged", values=values)
    await notices.write_customer(turn, letter, Post(key=f"exchanged:{outcome_id}", outcome_id=outcome_id))
