"""The managers' list of open questions: a button a row, and small requests approved together (section 5)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.buttons import ApproveTogether, ListEscalations, OpenEscalation
from bot.reply import Screen, Tap, screen, tap
from sop.escalation import Escalation
from sop.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedEscalation:
    """One row of the managers' list."""

    escalation: Escalation
    payer: str
    balance: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class ListFacts:
    """The page of a list, what all of it sums up to, and the requests that may be approved together."""

    rows: tuple[ListedEscalation, ...]
    page: int
    has_more: bool
    count: int
    total: Money
    small: int
    approvable: int
    approve_up_to: Money


def list_screen(facts: ListFacts) -> Screen:
    """This function will draw the list of open questions, a button a row (more than five in a run)."""
    rows = [(_list_tap(one),) for one in facts.rows]
    together = (tap("approve_together", ApproveTogether(), amount=facts.approve_up_to),) if facts.approvable else ()
    before = (tap("earlier", ListEscalations(facts.page - 1)),) if facts.page else ()
    after = (tap("later_page", ListEscalations(facts.page + 1)),) if facts.has_more else ()
    return screen(
        "manager/escalation_list",
        *rows,
        together,
        (*before, *after),
        subject=f"escalations:{facts.page}",
        count=facts.count,
        total=facts.total,
        small=facts.small,
        approvable=facts.approvable,
        approve_up_to=facts.approve_up_to,
    )


def _list_tap(one: ListedEscalation) -> Tap:
    reason = one.escalation.reason.value
    return tap("escalation_row", OpenEscalation(one.escalation.id), payer=one.payer, amount=one.balance, reason=reason)
