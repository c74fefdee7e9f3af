"""Payments looked up again: the last ones of a payer or of all, with where they stand (section 8)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reply import Screen
from bot.screens.reversal import PaymentLine, payments_screen
from bot.turn import Turn
from sop.payment import AlreadyReversed, Payment
from storage import customers, invoices, payers, payments, unplaced

MOST = 6


async def listed(turn: Turn, payer_id: int) -> Screen:
    """This function will list a payer's last payments."""
    his = await customers.of_payer(turn.db, payer_id)
    found = await payments.latest(turn.db, most=MOST, payer_id=payer_id)
    return payments_screen(await _lines(turn, found), payer=his[0].name if his else None)


async def last(turn: Turn) -> Screen | None:
    """This function will list the payments posted last, of whomever; none when there are none."""
    found = await payments.latest(turn.db, most=MOST)
    return payments_screen(await _lines(turn, found), payer=None) if found else None


async def line_of(turn: Turn, payment_id: int) -> PaymentLine:
    """This function will load one payment that stands. Raises NotFound and AlreadyReversed."""
    payment = await payments.get(turn.db, payment_id)
    if payment.reversed_at is not None:
        raise AlreadyReversed()
    return (await _lines(turn, [payment]))[0]


async def _lines(turn: Turn, found: Sequence[Payment]) -> list[PaymentLine]:
    names = await payers.names(turn.db, [one.payer_id for one in found])
    lines = []
    for one in found:
        shares = await unplaced.shares_of(turn.db, one.id)
        numbers = tuple(each.number for each in await invoices.listed(turn.db, sorted(shares)))
        rest = one.amount
        for amount in shares.values():
            rest -= amount
        lines.append(PaymentLine(payment=one, payer=names[one.payer_id], numbers=numbers, credit=rest))
    return lines
