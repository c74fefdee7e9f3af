"""Goods taken back: never without the customer's written consent, then with a return note, then credited (5; 004).

Three errands follow each other: the collector brings the consent, then the number of the return note, and finance
posts the credit note. The customer hears of it only once he has agreed in writing.
"""

from __future__ import annotations

from bot.casework import cases, errands, letters, notices
from bot.casework.errands import NewErrand
from bot.casework.notices import Post, ToCustomer
from bot.render import label_named
from bot.turn import Turn
from sop.errand import Errand, ErrandKind
from sop.escalation import Escalation
from storage import escalations, invoices


async def order(turn: Turn, one: Escalation) -> None:
    """This function will send the collector for the written consent; nothing is fetched and nobody told before."""
    note = label_named("goods_consent_note", turn.company.language, {})
    new = NewErrand(payer_id=one.payer_id or 0, kind=ErrandKind.TAKE_BACK, subject_id=one.id, note=note)
    await errands.order(turn, new)


async def after(turn: Turn, errand: Errand) -> None:
    """This function will do what follows when one of the steps is done; other errands are none of its business."""
    if errand.kind is ErrandKind.TAKE_BACK:
        await _fetch(turn, errand)
    elif errand.kind is ErrandKind.FETCH_GOODS:
        await _credit(turn, errand)


async def _fetch(turn: Turn, errand: Errand) -> None:
    """The consent is in hand: the customer reads that politely, and the goods may be fetched with a return note."""
    note = label_named("goods_fetch_note", turn.company.language, {})
    new = NewErrand(
        payer_id=errand.payer_id,
        kind=ErrandKind.FETCH_GOODS,
        subject_id=errand.subject_id,
        owner_id=errand.owner_id,
        note=note,
    )
    await errands.order(turn, new)
    await _write_customer(turn, errand)


async def _credit(turn: Turn, errand: Errand) -> None:
    values = {"number": errand.result or ""}
    note = label_named("goods_credit_note", turn.company.language, values)
    new = NewErrand(payer_id=errand.payer_id, kind=ErrandKind.APPLY_CREDIT, subject_id=errand.subject_id, note=note)
    await errands.order(turn, new)


async def _write_customer(turn: Turn, errand: Errand) -> None:
    case = await cases.load(turn, errand.payer_id)
    named = await escalations.invoices_of(turn.db, errand.subject_id or 0)
    about = await invoices.listed(turn.db, named) if named else case.invoices
    if not about:
        return
    officer = await letters.officer_of(turn, case) or turn.actor
    values = letters.values_for(turn, case, officer=officer, invoices=about)
    letter = ToCustomer(payer_id=case.payer_id, message="customer/goods_agreed", values=values)
    await notices.write_customer(turn, letter, Post(key=f"goods_agreed:{errand.id}"))
