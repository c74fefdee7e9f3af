"""A credit note typed by finance: echoed, its kind chosen, and posted at the press, once (section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.buttons import Cancel, ConfirmCredit, CreditKindChosen
from bot.casework import credits, record
from bot.casework.credits import NewCredit
from bot.casework.payment_entry import NothingWaits, UnknownNumber
from bot.reply import Screen, Tap, screen, tap
from bot.turn import Turn
from sop.credit import BY_HAND, CreditKind, NothingCredited, check_shares
from sop.credit_command import TypedCredit
from sop.ledger import Invoice
from sop.money import Money
from storage import customers, invoices, questions
from storage.questions import NewQuestion, OpenQuestion

KIND = "credit_note"


async def echo(turn: Turn, typed: TypedCredit) -> Screen:
    """This function will show what would be credited; its kind is asked. Raises UnknownNumber and CreditTooLarge."""
    found = await invoices.find_by_number(turn.db, typed.invoice)
    if found is None:
        similar = await invoices.numbers_like(turn.db, typed.invoice)
        raise UnknownNumber(number=typed.invoice[:40], similar=", ".join(similar))
    amount = typed.amount or found.balance
    check_shares({found.id: amount}, {found.id: found})
    details = {"invoice": found.id, "sen": amount.sen, "number": typed.number}
    new = NewQuestion(
        person_id=turn.actor.id, chat_id=turn.chat_id, kind=KIND, subject_id=found.payer_id, details=details
    )
    question_id = await questions.ask(turn.db, new, now=turn.now)
    kinds = tuple(tap(f"credit_{one.value}", CreditKindChosen(question_id, one)) for one in BY_HAND)
    return await _drawn(turn, found, details, kinds, (tap("cancel", Cancel()),))


async def confirm(turn: Turn, question_id: int, kind: CreditKind) -> Screen:
    """This function will echo the note with its kind. Raises NothingWaits."""
    asked, found = await _waiting(turn, question_id, kind)
    row = (tap("correct", ConfirmCredit(question_id, kind)), tap("cancel", Cancel()))
    return await _drawn(turn, found, asked.details, row, kind=kind)


async def post(turn: Turn, question_id: int, kind: CreditKind) -> Screen:
    """This function will post the note that waits in a question of this person. Raises NothingWaits and as credits."""
    asked, found = await _waiting(turn, question_id, kind)
    await questions.close(turn.db, asked.id, now=turn.now)
    amount = Money(asked.details["sen"])
    new = NewCredit(payer_id=found.payer_id, kind=kind, shares={found.id: amount}, number=asked.details["number"])
    await credits.post(turn, new)
    await record.note(turn, "credit_confirmed", payer_id=found.payer_id, amount=amount)
    (after,) = await invoices.listed(turn.db, [found.id])
    his = await customers.of_payer(turn.db, found.payer_id)
    facts: dict[str, Any] = {"payer": his[0].name, "number": found.number, "note": new.number}
    return screen("finance/credit_posted", kind=kind, amount=amount, left=after.balance, **facts)


async def _waiting(turn: Turn, question_id: int, kind: CreditKind) -> tuple[OpenQuestion, Invoice]:
    asked = await questions.open_by_id(turn.db, question_id, person_id=turn.actor.id)
    if asked is None or asked.kind != KIND or asked.subject_id is None:
        raise NothingWaits()
    if kind not in BY_HAND:  # the other kinds have a life of their own; only a forged button asks for them
        raise NothingCredited()
    (found,) = await invoices.listed(turn.db, [asked.details["invoice"]])
    return asked, found


async def _drawn(
    turn: Turn, found: Invoice, details: Mapping[str, Any], *rows: tuple[Tap, ...], kind: CreditKind | None = None
) -> Screen:
    his = await customers.of_payer(turn.db, found.payer_id)
    amount = Money(details["sen"])
    values: dict[str, Any] = {"payer": his[0].name, "number": found.number, "note": details["number"]}
    left = found.balance - amount
    return screen(
        "finance/credit_note_asked", *rows, kind=kind, amount=amount, balance=found.balance, left=left, **values
    )
