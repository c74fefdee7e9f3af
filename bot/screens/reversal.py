"""Payments as finance looks back on them, and how one is taken back: which, why, `Benar` (section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.buttons import AskReversal, Cancel, ConfirmReversal, ReversalReasonChosen
from bot.reply import Screen, in_columns, screen, tap
from sop.money import Money
from sop.payment import Payment, ReversalReason


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentLine:
    """One payment with the name of who paid and the invoices it stands on."""

    payment: Payment
    payer: str
    numbers: tuple[str, ...]
    credit: Money


def payments_screen(lines: Sequence[PaymentLine], *, payer: str | None) -> Screen:
    """This function will list payments, the newest first, each that stands with its `Batalkan`."""
    standing = [one.payment for one in lines if one.payment.reversed_at is None]
    rows = [(tap("reverse_row", AskReversal(one.id), amount=one.amount, paid_on=one.paid_on),) for one in standing]
    return screen("finance/payments_listed", *rows, payer=payer, payments=[_line(one) for one in lines])


def reason_screen(line: PaymentLine) -> Screen:
    """This function will ask why a payment is taken back."""
    taps = [tap(one.value, ReversalReasonChosen(line.payment.id, one)) for one in ReversalReason]
    rows = (*in_columns(taps, columns=2), (tap("cancel", Cancel()),))
    return screen("finance/reversal_asked", *rows, reason=None, **_line(line))


def confirm_screen(line: PaymentLine, reason: ReversalReason) -> Screen:
    """This function will say what is taken back and why; nothing happens before `Benar`."""
    row = (tap("correct", ConfirmReversal(line.payment.id, reason)), tap("cancel", Cancel()))
    return screen("finance/reversal_asked", row, reason=reason, **_line(line))


def _line(one: PaymentLine) -> dict[str, Any]:
    return {
        "payer": one.payer,
        "amount": one.payment.amount,
        "paid_on": one.payment.paid_on,
        "numbers": list(one.numbers),
        "credit": one.credit,
        "reversed": one.payment.reversed_at is not None,
    }
