"""A claim as finance sees it: who says he has paid what, and the three answers (section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons import AnswerClaim, MarkPosted
from bot.reply import Screen, in_columns, screen, tap
from sop.claim import TRANSITIONS, Claim, ClaimState
from sop.ledger import Invoice
from sop.money import Money

_LABELS = {
    ClaimState.CONFIRMED: "claim_confirmed",
    ClaimState.NOT_FOUND: "claim_not_found",
    ClaimState.OTHER_ACCOUNT: "claim_other_account",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimFacts:
    """A claim with its invoices; `by` is the collector who took it down, none: the customer wrote it himself."""

    claim: Claim
    payer: str
    invoices: tuple[Invoice, ...]
    made_on: date
    by: str | None
    most_invoices: int


def subject_of(claim_id: int) -> str:
    return f"claim:{claim_id}"


def claim_screen(facts: ClaimFacts) -> Screen:
    """This function will draw a claim with the answers it still takes."""
    claim, listed = facts.claim, facts.invoices[: facts.most_invoices]
    answers = [one for one in _LABELS if one in TRANSITIONS[claim.state]]
    taps = [tap(_LABELS[one], AnswerClaim(claim.id, one)) for one in answers]
    total = Money.total(one.balance for one in facts.invoices)
    return screen(
        "finance/claim",
        *in_columns(taps, columns=2),
        subject=subject_of(claim.id),
        payer=facts.payer,
        state=claim.state,
        amount=claim.amount or total,
        is_part=claim.amount is not None,
        invoices=[{"number": one.number, "balance": one.balance, "due_on": one.due_on} for one in listed],
        others=len(facts.invoices) - len(listed),
        made_on=facts.made_on,
        by=facts.by,
        has_slip=claim.slip_id is not None,
    )


def morning_screen(on: date, *, claims: int, is_reminder: bool = False) -> Screen:
    """This function will ask finance whether yesterday's bank statement is posted; the day stands in the button."""
    message = "finance/morning_reminded" if is_reminder else "finance/morning"
    return screen(message, (tap("bank_posted", MarkPosted(on)),), subject=f"posted:{on:%Y%m%d}", claims=claims, on=on)
