"""`Sudah tukar faktur` on its way: which invoices, when they are paid, and the receipt (section 3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.buttons import ExchangeInvoice, ExchangeOn, OpenCard
from bot.reply import Rows, Screen, in_columns, screen, tap
from bot.screens.card import subject_of
from sop.ledger import Invoice

MOST_LISTED, MOST_TOGGLES = 10, 20


@dataclass(frozen=True, kw_only=True, slots=True)
class ExchangeFacts:
    """What is exchanged: of the `candidates` those that were not taken out; `offered` are days for paying."""

    follow_up_id: int
    payer: str
    candidates: tuple[Invoice, ...]
    left_out: frozenset[int]
    offered: tuple[date, ...]

    @property
    def chosen(self) -> tuple[Invoice, ...]:
        return tuple(one for one in self.candidates if one.id not in self.left_out)


def exchange_screen(facts: ExchangeFacts) -> Screen:
    """This function will ask when the customer pays what he took in; an invoice is taken out with its own button."""
    card_id = facts.follow_up_id
    listed = facts.chosen[:MOST_LISTED]
    days = [tap("decision_day", ExchangeOn(card_id, on), on=on) for on in facts.offered]
    return screen(
        "collector/exchange_asked",
        *in_columns(days, columns=2),
        *_toggles(card_id, facts.candidates, facts.left_out),
        (tap("back", OpenCard(card_id)),),
        subject=subject_of(card_id),
        payer=facts.payer,
        invoices=[{"number": one.number, "amount": one.balance, "due_on": one.due_on} for one in listed],
        others=len(facts.chosen) - len(listed),
    )


def _toggles(card_id: int, candidates: Sequence[Invoice], left_out: Collection[int]) -> Rows:
    if len(candidates) < 2:  # noqa: PLR2004 - one invoice is not chosen among
        return ()
    labels = {one.id: "exchange_out" if one.id in left_out else "exchange_in" for one in candidates}
    return tuple(
        (tap(labels[one.id], ExchangeInvoice(card_id, one.id), number=one.number),) for one in candidates[:MOST_TOGGLES]
    )
