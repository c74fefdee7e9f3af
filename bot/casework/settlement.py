"""What a payment changes: nobody who has paid is chased, and everybody concerned hears of it once (004)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.casework import cards, cases, escalations, letters, notices, promises
from bot.casework.notices import Post, ToCustomer
from bot.reply import screen
from bot.screens.card import subject_of
from bot.turn import Desk
from sop.case import Case
from sop.follow_up import FollowUp, FollowUpState
from sop.hold import HoldKind, Use
from sop.ledger import Invoice
from sop.money import Money
from storage import follow_ups, holds, invoices, outbox, payments, people
from storage.holds import NewHold

PAID = "paid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfer:
    """One payment as it was booked: `shares` by invoice, `credit` what no invoice took."""

    payment_id: int
    amount: Money
    paid_on: date
    shares: Mapping[int, Money]
    credit: Money


async def settle(desk: Desk, before: Case, transfer: Transfer) -> None:
    """This function will draw every consequence of a payment; `before` is the case as it was."""
    kept = await promises.after_payment(desk, before.payer_id)
    await _hold_credit(desk, before.payer_id, transfer)
    after = await cases.load(desk, before.payer_id)
    if not after.invoices:
        await outbox.cancel_chase(desk.db, after.payer_id, reason=PAID)
    await payments.hold_steps(desk.db, before.payer_id, reason=PAID)
    await refresh_cards(desk, after)
    await escalations.cancel_settled(desk, before.payer_id)
    await _thank(desk, before, after, transfer, has_kept=bool(kept))
    await _tell_collectors(desk, after, transfer)


async def refresh_cards(desk: Desk, case: Case, *, closes: bool = False) -> None:
    """This function will draw a payer's open cards anew; those with nothing left to ask are closed and say LUNAS."""
    open_ids = {one.id for one in case.invoices}
    for card in await follow_ups.open_of_payer(desk.db, case.payer_id):
        steps = await follow_ups.steps_of(desk.db, card)
        if closes or not open_ids or (steps and not open_ids & steps.keys()):
            await outbox.cancel_chase(desk.db, case.payer_id, reason=PAID)
            await follow_ups.change(desk.db, card.id, state=FollowUpState.CANCELLED, finished_at=desk.now)
        await _redraw_card(desk, card)


def rests(case: Case) -> bool:
    """This function will say whether nothing may be asked of a payer now, by call either."""
    return case.standing(Use.CALL).blocked is not None


async def _redraw_card(desk: Desk, card: FollowUp) -> None:
    fresh = await follow_ups.get(desk.db, card.id)
    zone = desk.company.zone
    if fresh.collector_id is not None:
        zone = (await people.get(desk.db, fresh.collector_id)).zone
    await notices.redraw(desk, subject_of(card.id), await cards.shown(desk, fresh, zone=zone))


async def _hold_credit(desk: Desk, payer_id: int, transfer: Transfer) -> None:
    if transfer.credit:
        await holds.place(
            desk.db, NewHold(payer_id=payer_id, kind=HoldKind.CREDIT, amount=transfer.credit), now=desk.now
        )


async def _thank(desk: Desk, before: Case, after: Case, transfer: Transfer, *, has_kept: bool) -> None:
    """One thanks a transfer: for the promise it kept, for all, or for a part with what is left (001, 004)."""
    named = [one for one in before.invoices if one.id in transfer.shares]
    if not named:
        return
    message, more = _thanks(after, transfer, has_kept=has_kept)
    officer = await letters.officer_of(desk, after)
    values = letters.values_for(desk, after, officer=officer, invoices=named, **more)
    letter = ToCustomer(payer_id=after.payer_id, message=message, values=values)
    await notices.write_customer(desk, letter, Post(key=f"thanks:{transfer.payment_id}"))


def _thanks(after: Case, transfer: Transfer, *, has_kept: bool) -> tuple[str, dict[str, Any]]:
    more: dict[str, Any] = {"amount": transfer.amount, "paid_on": transfer.paid_on}
    left = _left_of(after, transfer)
    if left and not has_kept:
        return "customer/T11", more | {"balance": left}
    return ("customer/T23" if has_kept else "customer/T10"), more


def _left_of(after: Case, transfer: Transfer) -> Money:
    """What is still open on the invoices this transfer paid on."""
    paid_on: list[Invoice] = [one for one in after.invoices if one.id in transfer.shares]
    return Money.total(one.balance for one in paid_on)


async def _tell_collectors(desk: Desk, after: Case, transfer: Transfer) -> None:
    told = screen("finance/payment_told", payer=after.name, amount=transfer.amount, left=after.exposure.total)
    for person_id in await invoices.collectors_of(desk.db, after.payer_id):
        person = await people.get(desk.db, person_id)
        await notices.tell(desk, person, told)
