"""Work beside the calls, as whoever does it sees it: one errand, and the list of them (section 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.buttons import FinishErrand, ListErrands, OpenCard, OpenErrand
from bot.reply import Rows, Screen, screen, tap
from sop.errand import Errand, ErrandState, Result


@dataclass(frozen=True, kw_only=True, slots=True)
class ErrandFacts:
    """An errand with the names it is known by; `invoice` is the number of the invoice it is about."""

    errand: Errand
    payer: str
    invoice: str | None
    today: date


def errand_screen(facts: ErrandFacts) -> Screen:
    """This function will draw one errand, with `Selesai` while it is open."""
    errand = facts.errand
    rows: Rows = ()
    if errand.state is ErrandState.OPEN:
        label = "invoice_exchanged" if errand.rule.result is Result.OUTCOME else "errand_done"
        rows = ((tap(label, FinishErrand(errand.id)),), (tap("back", ListErrands()),))
    values = _line(facts)
    values.update(state=errand.state, needs=errand.rule.result, result=errand.result)
    return screen("collector/errand", *rows, subject=f"errand:{errand.id}", **values)


def errands_screen(
    listed: Sequence[ErrandFacts], *, follow_up_id: int | None, count: int, today: date, is_reminder: bool = False
) -> Screen:
    """This function will draw the list of what is to be done; from a card with the way back to it."""
    rows = [
        (tap("errand_row", OpenErrand(one.errand.id), kind=one.errand.kind.value, payer=one.payer),) for one in listed
    ]
    back = (tap("back", OpenCard(follow_up_id)),) if follow_up_id is not None else ()
    values: dict[str, Any] = {"others": count - len(listed), "on": today, "is_reminder": is_reminder}
    return screen("collector/errands", *rows, back, errands=errand_lines(listed), **values)


def errand_lines(listed: Sequence[ErrandFacts]) -> list[dict[str, Any]]:
    """This function will write errands for a message, one a line."""
    return [_line(one) for one in listed]


def _line(facts: ErrandFacts) -> dict[str, Any]:
    errand = facts.errand
    return {
        "kind": errand.kind,
        "payer": facts.payer,
        "invoice": facts.invoice,
        "note": errand.note,
        "due_on": errand.due_on,
        "days_late": max(0, (facts.today - errand.due_on).days),
    }
