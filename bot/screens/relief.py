"""Asking for relief, or for another credit term (section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.buttons import ChooseOutcome, ChooseTerm, ConfirmRelief, OpenCard
from bot.reply import Screen, in_columns, screen, tap
from bot.screens.card import subject_of
from sop.money import Money
from sop.outcomes import Outcome
from sop.relief import ReliefKind


@dataclass(frozen=True, kw_only=True, slots=True)
class ReliefFacts:
    """What is asked to be let off of `total`; `until_on` is the last day of a settlement."""

    follow_up_id: int
    payer: str
    total: Money
    amount: Money = Money.ZERO
    until_on: date | None = None


def asked_screen(facts: ReliefFacts, *, is_unclear: bool = False) -> Screen:
    """This function will ask how much is to be let off, and until when."""
    back = (tap("back", OpenCard(facts.follow_up_id)),)
    values = {"payer": facts.payer, "total": facts.total, "is_unclear": is_unclear}
    return screen("collector/relief_asked", back, subject=subject_of(facts.follow_up_id), **values)


def echo_screen(facts: ReliefFacts) -> Screen:
    """This function will say it back; the kind of relief is the tap that saves."""
    number = facts.follow_up_id
    kinds = (ReliefKind.SETTLEMENT_DISCOUNT, ReliefKind.PENALTY_WAIVED)
    saving = tuple(tap(kind.value, ConfirmRelief(number, kind)) for kind in kinds)
    change = (tap("change", ChooseOutcome(number, Outcome.RELIEF)), tap("back", OpenCard(number)))
    values = {
        "payer": facts.payer,
        "total": facts.total,
        "amount": facts.amount,
        "rest": facts.total - facts.amount,
        "until_on": facts.until_on,
    }
    return screen("collector/relief_echo", saving, change, subject=subject_of(number), **values)


def terms_screen(follow_up_id: int, payer: str, before: int | None, choices: tuple[int, ...]) -> Screen:
    """This function will ask which credit term he wants for invoices to come."""
    taps = [tap("term_days", ChooseTerm(follow_up_id, days), days=days) for days in choices if days != before]
    back = (tap("back", OpenCard(follow_up_id)),)
    values = {"payer": payer, "before": before}
    return screen(
        "collector/terms_asked", *in_columns(taps, columns=2), back, subject=subject_of(follow_up_id), **values
    )
