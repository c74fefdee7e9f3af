"""More time asked before the due date: granted, asked for, over (000-IV.A.2; sections 3, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.casework import cases, escalation_news, escalations, letters, notices, outcomes, promises, record
from bot.casework.escalations import Asked
from bot.casework.notices import Post, ToCustomer
from bot.casework.outcomes import Work
from bot.reply import screen
from bot.turn import Desk, Turn
from sop.authority import Power
from sop.case import Case
from sop.coverage import total_of
from sop.escalation import EscalationReason
from sop.extension import Extension, ExtensionState, ask, is_over, moved
from sop.hold import HoldKind
from sop.outcomes import Outcome, PromiseReason
from sop.payer import Reached
from sop.people import Person
from sop.promise_dates import Occasion
from storage import holds, invoices, outbox, people, recalls, requests
from storage.holds import NewHold
from storage.requests import NewExtension

RESTS = "held_extension"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """More time until a day for these invoices, and why."""

    until_on: date
    reason: PromiseReason
    covered: Sequence[Reached]
    power: Power

    @property
    def invoice_ids(self) -> tuple[int, ...]:
        return tuple(one.invoice.id for one in self.covered)


async def record_extension(turn: Turn, work: Work, wish: Wish, *, occasion: Occasion) -> int:
    """This function will grant more time within the collector's authority, else ask the managers; gives the outcome.

    While they are asked the ladder goes on. Raises AlreadyDue, NotLater, or what a date may raise.
    """
    state = ask(wish.until_on, total_of(wish.covered), power=wish.power, occasion=occasion)
    await _end_requested(turn, work.card.payer_id)
    is_granted = state is ExtensionState.GRANTED
    renewed = await promises.renew(turn, work.case.promises, wish.invoice_ids) if is_granted else []
    details = {"until_on": wish.until_on, "reason": wish.reason, "invoices": wish.invoice_ids, "renewed": renewed}
    outcome_id = await outcomes.note_outcome(turn, work, Outcome.MORE_TIME, state=state, **details)
    new = NewExtension(
        payer_id=work.card.payer_id,
        until_on=wish.until_on,
        reason=wish.reason.value,
        state=state,
        asked_by_id=turn.actor.id,
        outcome_id=outcome_id,
        invoice_ids=wish.invoice_ids,
    )
    extension_id = await requests.add_extension(turn.db, new, now=turn.now)
    extension = await requests.extension_of(turn.db, extension_id)
    if is_granted:
        await _rest(turn, extension, officer=turn.actor)
    else:
        await _ask_managers(turn, extension, wish.invoice_ids)
    return outcome_id


async def grant(desk: Desk, extension_id: int, *, on: date | None = None) -> Extension:
    """This function will grant requested time, perhaps until another day, and tell the customer (T17).

    Raises ExtensionMoved when it was answered already.
    """
    asked = await requests.extension_of(desk.db, extension_id)
    granted = moved(asked, ExtensionState.GRANTED)
    until_on = on or asked.until_on
    decided = {"decided_by_id": _actor_of(desk), "decided_at": desk.now}
    await requests.change_extension(desk.db, extension_id, state=granted.state, until_on=until_on, **decided)
    ids = await requests.extended_invoices(desk.db, extension_id)
    case = await cases.load(desk, asked.payer_id)
    await promises.renew(desk, case.promises, ids)
    officer = None if asked.asked_by_id is None else await people.get(desk.db, asked.asked_by_id)
    extension = await requests.extension_of(desk.db, extension_id)
    await _rest(desk, extension, officer=officer)
    await record.note(desk, "extension_granted", payer_id=asked.payer_id, extension=extension_id, until_on=until_on)
    return extension


async def decline(desk: Desk, extension_id: int) -> Extension:
    """This function will record that the managers did not grant it; the ladder has gone on. Raises ExtensionMoved."""
    declined = moved(await requests.extension_of(desk.db, extension_id), ExtensionState.DECLINED)
    decided = {"decided_by_id": _actor_of(desk), "decided_at": desk.now}
    await requests.change_extension(desk.db, extension_id, state=declined.state, **decided)
    await record.note(desk, "extension_declined", payer_id=declined.payer_id, extension=extension_id)
    return declined


async def expire_due(desk: Desk) -> int:
    """This function will end the requests nobody answered before the due date had passed; gives how many.

    Collector and managers hear of it; the customer was promised nothing, so he hears nothing. The ladder went on.
    """
    ended = 0
    for one in await requests.requested_extensions(desk.db):
        case = await cases.load(desk, one.payer_id)
        asked_for = await invoices.listed(desk.db, await requests.extended_invoices(desk.db, one.id))
        oldest = min((each.due_on for each in asked_for), default=case.today)
        if is_over(oldest, today=case.today, policy=desk.policy):
            await _expire(desk, one, case)
            ended += 1
    return ended


async def end_elapsed(desk: Desk, *, before: date) -> int:
    """This function will end the extensions whose day has passed: from today on the ladder goes on, nothing replayed.

    Their holds end by their own date; what the ladder asks for today is what the plan of today finds.
    """
    elapsed = await requests.elapsed_extensions(desk.db, before=before)
    for one in elapsed:
        await requests.change_extension(desk.db, one.id, state=moved(one, ExtensionState.ENDED).state)
    told = [(one.payer_id, {"extension": one.id, "until_on": one.until_on}) for one in elapsed]
    await record.note_all(desk, "extension_ended", told)
    return len(elapsed)


async def withdraw_of_outcome(desk: Desk, outcome_id: int) -> None:
    """This function will take back the time a tap gave or asked for (undo)."""
    for extension in await requests.extensions_of_outcome(desk.db, outcome_id):
        await recalls.give_back_chase(desk.db, extension.payer_id, reason=RESTS, now=desk.now)
    await requests.withdraw_extensions(desk.db, outcome_id)
    await holds.end_of_outcome(desk.db, outcome_id, now=desk.now)


async def _expire(desk: Desk, one: Extension, case: Case) -> None:
    await requests.change_extension(desk.db, one.id, state=moved(one, ExtensionState.EXPIRED).state)
    await escalations.cancel_about(desk, EscalationReason.EXTENSION_BEYOND, one.id)
    await record.note(desk, "extension_expired", payer_id=one.payer_id, extension=one.id)
    told = screen("collector/extension_expired", payer=case.name, until_on=one.until_on)
    post = Post(key=f"extension_expired:{one.id}", send_after=escalation_news.office_opens_at(desk))
    await notices.tell_managers(desk, told, post)
    if one.asked_by_id is not None:
        asker = await people.get(desk.db, one.asked_by_id)
        own = Post(key=f"extension_expired:{one.id}:asker", send_after=escalation_news.office_opens_at(desk))
        await notices.tell(desk, asker, told, own)


def _actor_of(desk: Desk) -> int | None:
    return desk.actor.id if isinstance(desk, Turn) else None


async def _end_requested(turn: Turn, payer_id: int) -> None:
    """A newer wish takes the place of one the managers have not answered."""
    for older in await requests.extensions_of_payer(turn.db, payer_id):
        if older.state is ExtensionState.REQUESTED:
            ended = moved(older, ExtensionState.WITHDRAWN)
            await requests.change_extension(turn.db, older.id, state=ended.state)
            await escalations.cancel_about(turn, EscalationReason.EXTENSION_BEYOND, older.id)


async def _rest(desk: Desk, extension: Extension, *, officer: Person | None) -> None:
    """The invoices rest until the day agreed; the customer has it in writing."""
    ids = await requests.extended_invoices(desk.db, extension.id)
    resting = [
        NewHold(
            payer_id=extension.payer_id,
            kind=HoldKind.EXTENSION,
            invoice_id=invoice_id,
            until_on=extension.until_on,
            outcome_id=extension.outcome_id,
        )
        for invoice_id in ids
    ]
    await holds.place(desk.db, *resting, now=desk.now)
    await outbox.cancel_chase(desk.db, extension.payer_id, reason=RESTS)
    case = await cases.load(desk, extension.payer_id)
    covered = await invoices.listed(desk.db, ids)
    values = letters.values_for(desk, case, officer=officer, invoices=covered, until_on=extension.until_on)
    letter = ToCustomer(payer_id=extension.payer_id, message="customer/T17", values=values)
    key = f"extension_granted:{extension.id}"
    await notices.write_customer(desk, letter, Post(key=key, outcome_id=extension.outcome_id))


async def _ask_managers(turn: Turn, extension: Extension, invoice_ids: Sequence[int]) -> None:
    asked = Asked(
        reason=EscalationReason.EXTENSION_BEYOND,
        payer_id=extension.payer_id,
        invoice_ids=tuple(invoice_ids),
        subject_id=extension.id,
        outcome_id=extension.outcome_id,
    )
    await escalations.open_escalation(turn, asked)
