"""Cash and giros as finance sees them, and what a collector still has in his hand (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.buttons import AnswerCash, AnswerGiro
from bot.reply import Screen, Tap, in_columns, screen, tap
from sop.cash import TRANSITIONS as CASH_TRANSITIONS
from sop.cash import CashReceipt, CashState
from sop.giro import TRANSITIONS as GIRO_TRANSITIONS
from sop.giro import Giro, GiroState
from sop.ledger import Invoice
from sop.money import Money

_CASH_LABELS = {
    CashState.DEPOSITED: "cash_deposited",
    CashState.NOT_RECEIVED: "cash_not_received",
    CashState.WITHDRAWN: "cash_mistaken",  # only after finance has said that nothing came
}
_GIRO_LABELS = {GiroState.CLEARED: "giro_cleared", GiroState.BOUNCED: "giro_bounced"}


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenFacts:
    """What finance reads of cash or a giro besides itself; `taken_at` in the company's time."""

    payer: str
    by: str
    taken_at: datetime
    invoices: tuple[Invoice, ...]
    most_invoices: int


def cash_subject(cash_id: int) -> str:
    return f"cash:{cash_id}"


def giro_subject(giro_id: int) -> str:
    return f"giro:{giro_id}"


def cash_screen(receipt: CashReceipt, facts: TakenFacts) -> Screen:
    """This function will draw cash with the answers it still takes."""
    return screen(
        "finance/cash",
        *in_columns(_cash_taps(receipt), columns=2),
        subject=cash_subject(receipt.id),
        amount=receipt.amount,
        number=receipt.number,
        state=receipt.state,
        **_values(facts, receipt.shares),
    )


def giro_screen(giro: Giro, facts: TakenFacts, *, today: date) -> Screen:
    """This function will draw a giro; it takes answers from its effective date on, the bank knows nothing before."""
    is_effective = today >= giro.effective_on
    labels = {to: label for to, label in _GIRO_LABELS.items() if to in GIRO_TRANSITIONS[giro.state]}
    taps = [tap(label, AnswerGiro(giro.id, to)) for to, label in labels.items()] if is_effective else []
    return screen(
        "finance/giro",
        *in_columns(taps, columns=2),
        subject=giro_subject(giro.id),
        amount=giro.amount,
        number=giro.number,
        bank=giro.bank,
        effective_on=giro.effective_on,
        is_effective=is_effective,
        state=giro.state,
        **_values(facts, giro.shares),
    )


def in_hand_screen(receipts: Sequence[tuple[CashReceipt, str]]) -> Screen:
    """This function will list what somebody has not deposited yet, each with its payer's name."""
    listed = [
        {"payer": payer, "amount": one.amount, "number": one.number, "state": one.state} for one, payer in receipts
    ]
    return screen("collector/cash_in_hand", receipts=listed, total=Money.total(one.amount for one, _ in receipts))


def _cash_taps(receipt: CashReceipt) -> list[Tap]:
    offered = set(CASH_TRANSITIONS[receipt.state])
    if receipt.state is CashState.IN_HAND:
        offered.discard(CashState.WITHDRAWN)
    return [tap(label, AnswerCash(receipt.id, to)) for to, label in _CASH_LABELS.items() if to in offered]


def _values(facts: TakenFacts, shares: Any) -> dict[str, Any]:
    listed = facts.invoices[: facts.most_invoices]
    return {
        "payer": facts.payer,
        "by": facts.by,
        "taken_at": facts.taken_at,
        "invoices": [{"number": one.number, "amount": shares.get(one.id, Money.ZERO)} for one in listed],
        "others": len(facts.invoices) - len(listed),
    }
