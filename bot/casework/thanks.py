"""What is said after money came: one thanks a transfer, and the collectors hear of it (001, 004; section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.casework import letters, notices
from bot.casework.notices import Post, ToCustomer
from bot.casework.settlement import Settled
from bot.reply import screen
from bot.turn import Desk
from sop.case import Case
from sop.hold import HoldKind
from sop.money import Money
from storage import invoices, people


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfer:
    """One payment as it was placed: `shares` by invoice, `credit` what no invoice took.

    `is_credit`: the money came long ago and was thanked for then; only its place is new.
    """

    payment_id: int
    payer_id: int
    amount: Money
    paid_on: date
    shares: Mapping[int, Money]
    credit: Money = Money.ZERO
    is_credit: bool = False


def key_of(payment_id: int) -> str:
    """This function will give the key of the one thanks of a transfer."""
    return f"thanks:{payment_id}"


async def say(desk: Desk, settled: Settled, transfer: Transfer) -> None:
    """This function will thank the customer once and tell his collectors."""
    await _thank(desk, settled, transfer)
    if not transfer.is_credit:
        await _tell_collectors(desk, settled.after, transfer)


async def _thank(desk: Desk, settled: Settled, transfer: Transfer) -> None:
    after = settled.after
    named = await invoices.listed(desk.db, sorted(transfer.shares))
    message, more = _into_plan(settled, transfer) or _words(after, transfer, has_kept=bool(settled.kept))
    officer = await letters.officer_of(desk, after)
    values = letters.values_for(desk, after, officer=officer, invoices=named, **more)
    letter = ToCustomer(payer_id=after.payer_id, message=message, values=values)
    await notices.write_customer(desk, letter, Post(key=_key(transfer)))


def _key(transfer: Transfer) -> str:
    if not transfer.is_credit:
        return key_of(transfer.payment_id)
    return f"credit_used:{transfer.payment_id}:{','.join(map(str, sorted(transfer.shares)))}"


def _words(after: Case, transfer: Transfer, *, has_kept: bool) -> tuple[str, dict[str, Any]]:
    more: dict[str, Any] = {"amount": transfer.amount, "paid_on": transfer.paid_on}
    left = Money.total(one.balance for one in after.invoices if one.id in transfer.shares)
    if transfer.is_credit:
        used = Money.total(transfer.shares.values())
        return "customer/credit_used", more | {"amount": used, "balance": left}
    if not transfer.shares:
        return "customer/credit_kept", more
    explained = _asked_about(after, transfer)
    if left and left == explained:
        return "customer/deduction_asked", more | {"balance": left}
    if left and not has_kept:
        return "customer/T11", more | {"balance": left}
    return ("customer/T23" if has_kept else "customer/T10"), more


def _into_plan(settled: Settled, transfer: Transfer) -> tuple[str, dict[str, Any]] | None:
    """The words for an instalment: what is left and when the next one is, or that the plan is completed (002)."""
    paid = next((one for one in settled.into if set(one.invoice_ids) & transfer.shares.keys()), None)
    if paid is None or transfer.is_credit:
        return None
    facts: dict[str, Any] = {"amount": transfer.amount, "paid_on": transfer.paid_on}
    if paid.is_completed:
        return "customer/T25_completed", facts
    next_one = {"next_amount": paid.next_amount, "next_on": paid.next_on or transfer.paid_on}
    return "customer/T25_received", facts | {"balance": paid.left} | next_one


def _asked_about(after: Case, transfer: Transfer) -> Money:
    """What is left because of a deduction whose document is asked for: no chase, the document is all we want."""
    return Money.total(
        one.amount or Money.ZERO
        for one in after.holds
        if one.kind is HoldKind.DEDUCTION and one.invoice_id in transfer.shares
    )


async def _tell_collectors(desk: Desk, after: Case, transfer: Transfer) -> None:
    told = screen("finance/payment_told", payer=after.name, amount=transfer.amount, left=after.exposure.total)
    for person_id in await invoices.collectors_of(desk.db, after.payer_id):
        await notices.tell(desk, await people.get(desk.db, person_id), told)
