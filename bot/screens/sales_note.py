"""A late customer as his sales person sees him: no phone, no talk, only what helps him to ask (section 2; 004)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.buttons import OpenSalesNote, SalesSpoke
from bot.reply import Screen, screen, tap
from sop.ledger import Invoice, days_past_due
from sop.money import Money
from sop.sales_help import SalesWord


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteFacts:
    """What the note says; `rests`: nothing is to be asked of him now, `word` what was said last."""

    payer_id: int
    payer: str
    invoices: tuple[Invoice, ...]
    today: date
    most_invoices: int
    collectors: tuple[str, ...]
    delivery_held: bool
    rests: bool
    word: SalesWord | None
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LateLine:
    """One customer of the morning's list."""

    payer_id: int
    payer: str
    amount: Money
    days_late: int


def subject_of(payer_id: int) -> str:
    return f"sales_note:{payer_id}"


def note_screen(facts: NoteFacts) -> Screen:
    """This function will draw the note with its answer; paid or resting it has none."""
    amount = Money.total(one.balance for one in facts.invoices)
    listed = facts.invoices[: facts.most_invoices]
    row = (tap("spoken", SalesSpoke(facts.payer_id)),) if amount and not facts.rests else ()
    return screen(
        "sales/note",
        row,
        subject=subject_of(facts.payer_id),
        payer=facts.payer,
        amount=amount,
        invoices=[_line(one, today=facts.today) for one in listed],
        others=len(facts.invoices) - len(listed),
        collectors=list(facts.collectors),
        delivery_held=facts.delivery_held,
        rests=facts.rests,
        word=word_of(facts.word, zone=facts.zone),
    )


def late_screen(lines: Sequence[LateLine], *, name: str, most: int) -> Screen:
    """This function will draw a sales person's late customers, a button each."""
    listed = lines[:most]
    rows = [(tap("sales_row", OpenSalesNote(one.payer_id), payer=one.payer),) for one in listed]
    return screen(
        "sales/late",
        *rows,
        name=name,
        count=len(lines),
        customers=[{"payer": one.payer, "amount": one.amount, "days_late": one.days_late} for one in listed],
        others=len(lines) - len(listed),
        total=Money.total(one.amount for one in lines),
    )


def word_of(word: SalesWord | None, *, zone: str) -> dict[str, Any] | None:
    """This function will write what a sales person said last for a message."""
    if word is None:
        return None
    return {"at": word.at.astimezone(ZoneInfo(zone)), "by": word.by, "words": word.words}


def _line(one: Invoice, *, today: date) -> dict[str, Any]:
    return {"number": one.number, "balance": one.balance, "days_late": days_past_due(one, today=today)}
