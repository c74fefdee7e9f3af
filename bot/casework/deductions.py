"""A shortfall that fits a deduction: asked about, not chased; proved by its document or owed after all (section 8)."""

from __future__ import annotations

from dataclasses import replace

from bot.casework import cases, credits, errands, kept_back, letters, notices, record, reopening, settlement
from bot.casework.credits import NewCredit
from bot.casework.notices import Post, ToCustomer
from bot.casework.thanks import Transfer
from bot.turn import Desk, Turn
from sop.credit import CreditKind
from sop.deductions import Deduction, DeductionState, KeptBack, closed, fitting
from sop.errand import Errand, ErrandKind
from sop.hold import HoldKind
from sop.ledger import Invoice
from sop.money import Money
from storage import NotFound, customers, holds, invoices, payments
from storage import deductions as stored
from storage.deductions import NewDeduction
from storage.errands import NewErrand
from storage.holds import NewHold


async def ask_if_fits(desk: Desk, invoice: Invoice, transfer: Transfer) -> None:
    """This function will leave alone what a payment kept back, when it fits a deduction, and ask for its document."""
    kinds = fitting(invoice.amount, invoice.balance, policy=desk.policy)
    if not kinds or await stored.was_asked(desk.db, invoice.id):
        return
    new = NewDeduction(
        payer_id=invoice.payer_id,
        invoice_id=invoice.id,
        payment_id=transfer.payment_id,
        kind=kinds[0] if len(kinds) == 1 else None,
        amount=invoice.balance,
    )
    deduction_id = await stored.add(desk.db, new, now=desk.now)
    hold = NewHold(payer_id=invoice.payer_id, kind=HoldKind.DEDUCTION, invoice_id=invoice.id, amount=invoice.balance)
    await holds.place(desk.db, hold, now=desk.now)
    details = {"deduction": deduction_id, "invoice": invoice.id, "amount": invoice.balance}
    await record.note(desk, "deduction_asked", payer_id=invoice.payer_id, **details)
    errand = NewErrand(payer_id=invoice.payer_id, kind=ErrandKind.TAX_DOCUMENT, subject_id=deduction_id)
    await errands.order(desk, replace(errand, note=invoice.number))
    await _tell(desk, invoice.payer_id, deduction_id)


async def visible(turn: Turn, deduction_id: int) -> KeptBack:
    """This function will load a deduction for who may see its payer; raises NotFound, also for another's."""
    kept = await stored.get(turn.db, deduction_id)
    if not await customers.visible_payer(turn.db, kept.payer_id, actor=turn.actor):
        raise NotFound("deduction")
    return kept


async def after_errand(turn: Turn, errand: Errand) -> None:
    """This function will close a deduction whose document came as the result of the collector's errand."""
    if errand.subject_id is None:
        return
    kept = await visible(turn, errand.subject_id)
    if kept.state is DeductionState.ASKED:
        await prove(turn, kept.id, number=errand.result, paper_id=errand.paper_id)


async def prove(turn: Turn, deduction_id: int, *, number: str | None, paper_id: int | None) -> None:
    """This function will close a deduction with its document: a credit note for it. Raises DeductionClosed."""
    kept = await _locked(turn, deduction_id)
    closed(kept, DeductionState.DOCUMENTED)
    await holds.end(
        turn.db, payer_id=kept.payer_id, kind=HoldKind.DEDUCTION, invoice_ids=[kept.invoice_id], now=turn.now
    )
    (invoice,) = await invoices.listed(turn.db, [kept.invoice_id])
    new = NewCredit(
        payer_id=kept.payer_id,
        kind=CreditKind.RETURN if kept.kind is Deduction.RETURN else CreditKind.WITHHOLDING,
        shares={kept.invoice_id: min(kept.amount, invoice.balance)},
        note=number,
        paper_id=paper_id,
        tells_customer=False,
    )
    values = {"state": DeductionState.DOCUMENTED, "document_number": number, "paper_id": paper_id}
    await kept_back.close(turn, kept, **values)
    note_id = await credits.post(turn, new)
    await stored.change(turn.db, kept.id, credit_note_id=note_id)
    await _thank(turn, kept)


async def reject(turn: Turn, deduction_id: int) -> None:
    """This function will end a deduction that was none: the rest is asked for again. Raises DeductionClosed."""
    kept = await _locked(turn, deduction_id)
    closed(kept, DeductionState.REJECTED)
    await kept_back.drop(turn, kept)
    settled = await settlement.draw(turn, kept.payer_id)
    if not settlement.rests(settled.after):
        await reopening.reopen_card(turn, kept.payer_id, reason="why_not_a_deduction")


async def _locked(turn: Turn, deduction_id: int) -> KeptBack:
    kept = await stored.get(turn.db, deduction_id)
    await payments.lock(turn.db, kept.payer_id)
    return await stored.get(turn.db, deduction_id, for_update=True)


async def _tell(desk: Desk, payer_id: int, deduction_id: int) -> None:
    """Finance hears of it with the two answers; the collector has it as an errand."""
    drawn = await kept_back.shown(desk, deduction_id)
    for person in await notices.confirmers(desk):
        await notices.tell(desk, person, drawn, Post(key=f"deduction:{deduction_id}:{person.id}"))


async def _thank(turn: Turn, kept: KeptBack) -> None:
    case = await cases.load(turn, kept.payer_id)
    named = await invoices.listed(turn.db, [kept.invoice_id])
    officer = await letters.officer_of(turn, case)
    facts = {"amount": kept.amount, "balance": Money.total(one.balance for one in named)}
    values = letters.values_for(turn, case, officer=officer, invoices=named, **facts)
    letter = ToCustomer(payer_id=kept.payer_id, message="customer/deduction_proved", values=values)
    await notices.write_customer(turn, letter, Post(key=f"deduction_proved:{kept.id}"))
