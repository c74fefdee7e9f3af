"""A payment typed by finance: found, echoed, and posted at the press, once (section 8)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from bot.casework import cases, credit_use, payments, record, unassigned
from bot.casework.payments import Posted, Received
from bot.reply import Screen, screen
from bot.screens.payment import PaymentFacts, payment_screen
from bot.turn import Turn
from sop.ledger import Invoice
from sop.money import Money
from sop.payment import PaymentSource
from sop.payment_command import TypedPayment
from sop.refusal import Refused
from storage import customers, invoices, questions
from storage.questions import NewQuestion, OpenQuestion

KIND = "payment"


class UnknownNumber(Refused):
    """No invoice has this number; similar ones are named."""

    message: ClassVar[str] = "finance/refused_unknown_number"


class AlreadyPaid(Refused):
    """Nothing is open on the invoice."""

    message: ClassVar[str] = "finance/refused_already_paid"


class NothingWaits(Refused):
    """The payment was posted already, or something else was typed meanwhile."""

    message: ClassVar[str] = "finance/refused_nothing_waits"


async def echo(turn: Turn, typed: TypedPayment) -> Screen:
    """This function will show what would be posted; the payment waits in the person's open question.

    The number is an invoice's, or a customer's code: then the invoices are found by the amount, or asked about.
    """
    found = await invoices.find_by_number(turn.db, typed.number)
    if found is None:
        return await _echo_for_customer(turn, typed)
    if found.balance <= Money.ZERO:
        raise AlreadyPaid(number=found.number)
    amount, paid_on = typed.amount or found.balance, typed.paid_on or turn.today
    question_id = await _keep(turn, found.payer_id, amount, paid_on, invoice=found.id)
    return payment_screen(await _facts(turn, found, amount, paid_on, question_id))


async def _echo_for_customer(turn: Turn, typed: TypedPayment) -> Screen:
    payer_id = await customers.payer_of_code(turn.db, typed.number)
    if payer_id is None:
        similar = await invoices.numbers_like(turn.db, typed.number)
        raise UnknownNumber(number=typed.number[:40], similar=", ".join(similar))
    case = await cases.load(turn, payer_id)
    amount, paid_on = typed.amount or case.exposure.total, typed.paid_on or turn.today
    if not amount:
        raise AlreadyPaid(number=typed.number[:40])
    question_id = await _keep(turn, payer_id, amount, paid_on, invoice=None)
    facts = PaymentFacts(
        question_id=question_id,
        payer=case.name,
        invoice=None,
        amount=amount,
        paid_on=paid_on,
        over=Money.ZERO,
        has_others=True,
    )
    return payment_screen(facts, owed=case.exposure.total)


async def _keep(turn: Turn, payer_id: int, amount: Money, paid_on: date, *, invoice: int | None) -> int:
    details = {"invoice": invoice, "sen": amount.sen, "paid_on": paid_on.isoformat()}
    new = NewQuestion(person_id=turn.actor.id, chat_id=turn.chat_id, kind=KIND, subject_id=payer_id, details=details)
    return await questions.ask(turn.db, new, now=turn.now)


async def post(turn: Turn, question_id: int, *, oldest_first: bool = False, asks: bool = False) -> Screen:
    """This function will post the payment that waits in a question of this person. Raises NothingWaits."""
    asked = await questions.open_by_id(turn.db, question_id, person_id=turn.actor.id)
    if asked is None or asked.kind != KIND or asked.subject_id is None:
        raise NothingWaits()
    await questions.close(turn.db, asked.id, now=turn.now)
    received = _received(turn, asked, oldest_first=oldest_first, asks=asks)
    posted = await payments.post(turn, received)
    await record.note(turn, "payment_confirmed", payer_id=received.payer_id, amount=received.amount)
    if posted.allocated.credit and not posted.is_asked:
        await credit_use.note_kept(turn, received.payer_id)
    if posted.is_asked and posted.payment_id is not None:
        return await unassigned.shown(turn, posted.payment_id)
    return await _posted(turn, received, posted)


def _received(turn: Turn, asked: OpenQuestion, *, oldest_first: bool, asks: bool) -> Received:
    invoice_id = asked.details["invoice"]
    return Received(
        payer_id=asked.subject_id or 0,
        amount=Money(asked.details["sen"]),
        paid_on=date.fromisoformat(asked.details["paid_on"]),
        source=PaymentSource.COMMAND,
        posted_by_id=turn.actor.id,
        invoice_ids=() if invoice_id is None else (invoice_id,),
        oldest_first=oldest_first,
        asks=asks,
    )


async def _posted(turn: Turn, received: Received, posted: Posted) -> Screen:
    parts = posted.allocated.parts
    listed = {one.id: one for one in await invoices.listed(turn.db, [part.invoice_id for part in parts])}
    case = await cases.load(turn, received.payer_id)
    return screen(
        "finance/payment_posted",
        payer=case.name,
        amount=received.amount,
        paid_on=received.paid_on,
        parts=[
            {"number": listed[one.invoice_id].number, "amount": one.amount, "left": listed[one.invoice_id].balance}
            for one in parts
        ],
        credit=posted.allocated.credit,
        total=case.exposure.total,
    )


async def _facts(turn: Turn, found: Invoice, amount: Money, paid_on: date, question_id: int) -> PaymentFacts:
    his = await customers.of_payer(turn.db, found.payer_id)
    others = [one for one in await invoices.open_of(turn.db, found.payer_id) if one.id != found.id]
    return PaymentFacts(
        question_id=question_id,
        payer=his[0].name,
        invoice=found,
        amount=amount,
        paid_on=paid_on,
        over=(amount - found.balance).positive(),
        has_others=bool(others),
    )
