"""A payment typed by finance: found, echoed, and posted at the press, once (section 8)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from bot.casework import cases, payments, record
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
from storage.questions import NewQuestion

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
    """This function will show what would be posted; the payment waits in the person's open question."""
    found = await invoices.find_by_number(turn.db, typed.number)
    if found is None:
        similar = await invoices.numbers_like(turn.db, typed.number)
        raise UnknownNumber(number=typed.number[:40], similar=", ".join(similar))
    if found.balance <= Money.ZERO:
        raise AlreadyPaid(number=found.number)
    amount, paid_on = typed.amount or found.balance, typed.paid_on or turn.today
    details = {"invoice": found.id, "sen": amount.sen, "paid_on": paid_on.isoformat()}
    new = NewQuestion(
        person_id=turn.actor.id, chat_id=turn.chat_id, kind=KIND, subject_id=found.payer_id, details=details
    )
    question_id = await questions.ask(turn.db, new, now=turn.now)
    return payment_screen(await _facts(turn, found, amount, paid_on, question_id))


async def post(turn: Turn, question_id: int, *, oldest_first: bool) -> Screen:
    """This function will post the payment that waits in a question of this person. Raises NothingWaits."""
    asked = await questions.open_by_id(turn.db, question_id, person_id=turn.actor.id)
    if asked is None or asked.kind != KIND or asked.subject_id is None:
        raise NothingWaits()
    await questions.close(turn.db, asked.id, now=turn.now)
    received = Received(
        payer_id=asked.subject_id,
        amount=Money(asked.details["sen"]),
        paid_on=date.fromisoformat(asked.details["paid_on"]),
        source=PaymentSource.COMMAND,
        posted_by_id=turn.actor.id,
        invoice_ids=(asked.details["invoice"],),
        oldest_first=oldest_first,
    )
    posted = await payments.post(turn, received)
    await record.note(turn, "payment_confirmed", payer_id=received.payer_id, amount=received.amount)
    return await _posted(turn, received, posted)


async def _posted(turn: Turn, received: Received, posted: object) -> Screen:
    allocated = posted.allocated if isinstance(posted, Posted) else None
    parts = () if allocated is None else allocated.parts
    listed = {one.id: one for one in await invoices.listed(turn.db, [part.invoice_id for part in parts])}
    case = await cases.load(turn, received.payer_id)
    his = await customers.of_payer(turn.db, received.payer_id)
    return screen(
        "finance/payment_posted",
        payer=his[0].name,
        amount=received.amount,
        paid_on=received.paid_on,
        parts=[
            {"number": listed[one.invoice_id].number, "amount": one.amount, "left": listed[one.invoice_id].balance}
            for one in parts
        ],
        credit=Money.ZERO if allocated is None else allocated.credit,
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
