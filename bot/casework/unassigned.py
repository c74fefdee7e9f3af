"""`Untuk faktur mana?`: money that is stored but pays nothing yet; nobody is chased until finance has said (6, 8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.casework import cases, credit_use, notices, placing, record, redrawing, settlement
from bot.casework.notices import Post
from bot.casework.placing import payables_of
from bot.casework.thanks import Transfer
from bot.reply import Screen
from bot.screens.placing import SUBJECT, PlacingFacts, placed_screen, placing_screen, reversed_screen
from bot.turn import Desk, Turn
from sop.allocation import Allocated, Payable, UnknownInvoice
from sop.hold import HoldKind
from sop.payment import Payment
from sop.placing import Unplaced, digest_of, goes_to_managers, is_to_be_reminded, on_oldest, on_these, suggestions
from sop.refusal import Refused
from storage import customers, holds, invoices, payments, unplaced
from storage.holds import NewHold
from storage.outbox import URGENT


class AlreadyPlaced(Refused):
    """The payment has its invoices, or was taken back: nothing is left to place."""

    message: ClassVar[str] = "finance/refused_already_placed"


class TicksMoved(Refused):
    """Somebody else ticked meanwhile: nobody signs what he has not seen."""

    message: ClassVar[str] = "finance/refused_ticks_moved"


async def ask(desk: Desk, payment_id: int, *, chosen: Sequence[int] = (), but: int | None = None) -> None:
    """This function will ask finance what a payment pays; meanwhile its payer is left alone (6).

    `but` has the question before him already: the one who has just typed the payment.
    """
    await unplaced.ask(desk.db, payment_id, chosen=chosen, now=desk.now)
    one = await unplaced.get(desk.db, payment_id)
    await holds.place(desk.db, NewHold(payer_id=one.payer_id, kind=HoldKind.PAYMENT_UNASSIGNED), now=desk.now)
    await settlement.draw(desk, one.payer_id)
    await record.note(desk, "payment_asked_about", payer_id=one.payer_id, payment=payment_id, amount=one.rest)
    drawn = await shown(desk, payment_id)
    for person in await notices.confirmers(desk):
        if person.id != but:
            await notices.tell(desk, person, drawn, Post(urgency=URGENT))


async def shown(desk: Desk, payment_id: int, *, page: int = 0, reminds: bool = False) -> Screen:
    """This function will draw the question as it is now, or where the payment went. Raises NotFound."""
    payment = await payments.get(desk.db, payment_id)
    if payment.reversed_at is not None:
        his = await customers.of_payer(desk.db, payment.payer_id)
        return reversed_screen(payment, his[0].name)
    one = await unplaced.get(desk.db, payment_id)
    if not one.is_open:
        return await _answered(desk, one)
    return placing_screen(await _facts(desk, one, page=page), reminds=reminds)


async def tick(turn: Turn, payment_id: int, invoice_id: int) -> None:
    """This function will tick an invoice, or take the tick off. Raises AlreadyPlaced and UnknownInvoice."""
    one = await _waiting(turn, payment_id)
    known = {each.invoice_id for each in await _payables(turn, one)}
    if invoice_id not in known:
        raise UnknownInvoice(invoice_id=invoice_id)
    await unplaced.choose(turn.db, payment_id, sorted((set(one.chosen or ()) ^ {invoice_id}) & known))
    await _redraw(turn, payment_id)


async def place_ticked(turn: Turn, payment_id: int, *, seen: int) -> None:
    """This function will put a payment on the ticked invoices; what they do not take is credit. Raises TicksMoved."""
    one = await _waiting(turn, payment_id)
    chosen = one.chosen or ()
    if digest_of(chosen) != seen:
        raise TicksMoved()
    await _place(turn, one, on_these(one.rest, await _payables(turn, one), chosen))


async def place_on(turn: Turn, payment_id: int, invoice_ids: Sequence[int]) -> None:
    """This function will put a payment on a set of invoices that adds up exactly. Raises UnknownInvoice."""
    one = await _waiting(turn, payment_id)
    found = on_these(one.rest, await _payables(turn, one), invoice_ids)
    if found.credit or len(found.parts) != len(invoice_ids):  # paid or credited meanwhile
        raise UnknownInvoice()
    await _place(turn, one, found)


async def place_oldest(turn: Turn, payment_id: int) -> None:
    """This function will pay the oldest invoices first, as finance said; disputed, giro and plan invoices not."""
    one = await _waiting(turn, payment_id)
    await _place(turn, one, on_oldest(one.rest, await _payables(turn, one)))


async def keep(turn: Turn, payment_id: int) -> None:
    """This function will keep what is left of a payment as the payer's credit."""
    one = await _waiting(turn, payment_id)
    await _place(turn, one, on_these(one.rest, (), ()))


async def remind(desk: Desk) -> int:
    """This function will ask again on each working day; from the second on the managers hear of it as well."""
    local, today = desk.local(None), desk.day_in(None)
    if local.time() < desk.policy.desk.digest_at:
        return 0
    late = [one for one in await unplaced.asked(desk.db) if _is_late(desk, one)]
    for one in late:
        await unplaced.note_told(desk.db, one.id, on=today)
        drawn = await shown(desk, one.id, reminds=True)
        for person in await notices.confirmers(desk):
            await notices.tell(desk, person, drawn, Post(urgency=URGENT))
        if goes_to_managers(_asked_on(desk, one), today=today, calendar=desk.calendar):
            await notices.tell_managers(desk, drawn, Post(urgency=URGENT))
    return len(late)


def _is_late(desk: Desk, one: Unplaced) -> bool:
    return is_to_be_reminded(_asked_on(desk, one), one.told_on, today=desk.day_in(None), calendar=desk.calendar)


def _asked_on(desk: Desk, one: Unplaced) -> date:
    return (one.asked_at or desk.now).astimezone(ZoneInfo(desk.company.zone)).date()


async def _waiting(turn: Turn, payment_id: int) -> Unplaced:
    """The payment, locked with its payer, that still has something to place. Raises AlreadyPlaced and NotFound."""
    payer_id = (await unplaced.get(turn.db, payment_id)).payer_id
    await payments.lock(turn.db, payer_id)
    one = await unplaced.get(turn.db, payment_id, for_update=True)
    if not one.is_open:
        raise AlreadyPlaced()
    return one


async def _place(turn: Turn, one: Unplaced, found: Allocated) -> None:
    shares = {part.invoice_id: part.amount for part in found.parts}
    await unplaced.place(turn.db, one.id, shares)
    await unplaced.answer(turn.db, one.id, now=turn.now)
    details = {"payment": one.id, "shares": {str(each): amount for each, amount in shares.items()}}
    await record.note(turn, "payment_placed", payer_id=one.payer_id, credit=found.credit, **details)
    await end_hold(turn, one.payer_id)
    transfer = Transfer(
        payment_id=one.id,
        payer_id=one.payer_id,
        amount=one.amount,
        paid_on=one.paid_on,
        shares=shares,
        credit=found.credit,
        is_credit=not one.is_asked,
    )
    if found.credit:
        await credit_use.note_kept(turn, one.payer_id)
    if one.is_asked or shares:
        await placing.placed(turn, transfer)
    await _redraw(turn, one.id)


async def end_hold(desk: Desk, payer_id: int) -> None:
    """This function will let a payer move again once none of his payments is asked about."""
    if not any(one.is_asked for one in await unplaced.of_payer(desk.db, payer_id)):
        await holds.end(desk.db, payer_id=payer_id, kind=HoldKind.PAYMENT_UNASSIGNED, now=desk.now)


async def redraw_reversed(desk: Desk, payment: Payment) -> None:
    """This function will say on every question about a payment that it was taken back."""
    his = await customers.of_payer(desk.db, payment.payer_id)
    await redrawing.everywhere(desk, f"{SUBJECT}{payment.id}", reversed_screen(payment, his[0].name))


async def _redraw(desk: Desk, payment_id: int) -> None:
    await redrawing.everywhere(desk, f"{SUBJECT}{payment_id}", await shown(desk, payment_id))


async def _payables(desk: Desk, one: Unplaced) -> tuple[Payable, ...]:
    return payables_of(await cases.load(desk, one.payer_id))


async def _facts(desk: Desk, one: Unplaced, *, page: int = 0) -> PlacingFacts:
    case = await cases.load(desk, one.payer_id)
    payables, known = payables_of(case), {each.id for each in case.invoices}
    chosen = tuple(each for each in one.chosen or () if each in known)
    return PlacingFacts(
        payment_id=one.id,
        payer=case.name,
        amount=one.amount,
        rest=one.rest,
        paid_on=one.paid_on,
        is_asked=one.is_asked,
        invoices=case.invoices,
        chosen=chosen,
        would=on_these(one.rest, payables, chosen),
        suggested=suggestions(one.rest, payables),
        page=page,
    )


async def _answered(desk: Desk, one: Unplaced) -> Screen:
    """Where the money stands now, invoice by invoice."""
    shares = await unplaced.shares_of(desk.db, one.id)
    listed = {each.id: each for each in await invoices.listed(desk.db, sorted(shares))}
    parts = tuple((listed[each].number, amount, listed[each].balance) for each, amount in shares.items())
    his = await customers.of_payer(desk.db, one.payer_id)
    return placed_screen(one, his[0].name, parts)
