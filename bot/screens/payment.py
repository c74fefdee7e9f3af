"""The echo of `/bayar`: what will be posted where, before it is (section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons import AskWhichLater, Cancel, ConfirmPayment
from bot.reply import Rows, Screen, screen, tap
from sop.ledger import Invoice
from sop.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentFacts:
    """A payment that waits for `Benar`; `over` is what the named invoice (none: none is named) does not take."""

    question_id: int
    payer: str
    invoice: Invoice | None
    amount: Money
    paid_on: date
    over: Money
    has_others: bool


def payment_screen(facts: PaymentFacts, *, owed: Money = Money.ZERO) -> Screen:
    """This function will echo a payment: nothing is posted before `Benar`. `owed`: all that is open of the payer."""
    named = facts.invoice
    balance = owed if named is None else named.balance
    return screen(
        "finance/payment_asked",
        *_rows(facts),
        payer=facts.payer,
        number=None if named is None else named.number,
        balance=balance,
        amount=facts.amount,
        paid_on=facts.paid_on,
        over=facts.over,
        left=(balance - facts.amount).positive(),
        has_others=facts.has_others,
    )


def _rows(facts: PaymentFacts) -> Rows:
    """What is over goes to the oldest others or stays as credit: a person says which."""
    cancel = tap("cancel", Cancel())
    if not (facts.over and facts.has_others):
        return ((tap("correct", ConfirmPayment(facts.question_id)), cancel),)
    oldest = tap("rest_to_oldest", ConfirmPayment(facts.question_id, oldest_first=True))
    choose = tap("choose_invoices", AskWhichLater(facts.question_id))
    return (oldest,), (choose,), (tap("rest_as_credit", ConfirmPayment(facts.question_id)),), (cancel,)
