"""A part kept back, perhaps for tax: what it could be, and the two answers (section 8)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import DocumentReceived, RejectDeduction
from bot.reply import Screen, screen, tap
from sop.deductions import Deduction, DeductionState, KeptBack
from sop.ledger import Invoice

SUBJECT = "deduction:"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeductionFacts:
    """A deduction with its invoice; `fits` are the kinds it could be by its amount."""

    kept: KeptBack
    invoice: Invoice
    payer: str
    fits: tuple[Deduction, ...]


def deduction_screen(facts: DeductionFacts) -> Screen:
    """This function will draw a deduction as it is now; both answers as long as it is open."""
    kept, is_open = facts.kept, facts.kept.state is DeductionState.ASKED
    yes, no = tap("document_received", DocumentReceived(kept.id)), tap("not_a_deduction", RejectDeduction(kept.id))
    return screen(
        "finance/deduction",
        *(((yes, no),) if is_open else ()),
        subject=f"{SUBJECT}{kept.id}",
        payer=facts.payer,
        number=facts.invoice.number,
        amount=kept.amount,
        of=facts.invoice.amount,
        fits=list(facts.fits if kept.kind is None else (kept.kind,)),
        state=kept.state,
        document=kept.document_number,
    )
