"""A visit as the collector in the field sees it, and as the manager who ordered it does (section 9; 001, 003)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.buttons import AskVisitProof, AssignVisit, CallOffVisit, OpenVisit, VisitMet, VisitNotMet, VisitOn
from bot.reply import Rows, Screen, in_columns, screen, tap
from sop.case import Case
from sop.ledger import days_past_due
from sop.outcomes import Outcome
from sop.people import Person
from sop.promise import PromiseState
from sop.visit import NotMet, Visit, VisitState, is_unreported

COLUMNS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitFacts:
    """All that a field card shows; `today` is the reader's day, `needs_certificate` what the law asks of who goes."""

    visit: Visit
    case: Case
    officer: str
    today: date
    most_invoices: int
    outcome: Outcome | None = None
    needs_certificate: bool = False


def subject_of(visit_id: int) -> str:
    return f"visit:{visit_id}"


def visit_screen(facts: VisitFacts) -> Screen:
    """This function will draw the field card; its address is for private chats alone (G17)."""
    visit, case = facts.visit, facts.case
    listed = case.invoices[: facts.most_invoices]
    return screen(
        "collector/visit",
        *_rows(facts),
        subject=subject_of(visit.id),
        **_values(facts),
        address=visit.address,
        contact=None if case.contact is None else {"name": case.contact.name, "address": case.contact.address},
        invoices=[
            {
                "number": one.number,
                "balance": one.balance,
                "due_on": one.due_on,
                "days_late": days_past_due(one, today=case.today),
            }
            for one in listed
        ],
        others=len(case.invoices) - len(listed),
        kept=sum(one.state is PromiseState.KEPT for one in case.promises),
        broken=sum(one.state is PromiseState.BROKEN for one in case.promises),
        needs_certificate=facts.needs_certificate,
    )


def ordered_screen(facts: VisitFacts) -> Screen:
    """This function will draw a visit for the manager: who goes when, and what came of it."""
    rows: Rows = ()
    if facts.visit.state is VisitState.PLANNED:
        number = facts.visit.id
        rows = (
            (tap("visit_other_day", VisitOn(number)), tap("visit_other_person", AssignVisit(number))),
            (tap("visit_call_off", CallOffVisit(number)),),
        )
    shown = {**_values(facts), "needs_certificate": facts.needs_certificate}
    return screen("manager/visit", *rows, subject=f"visit_order:{facts.visit.id}", **shown)


def reasons_screen(facts: VisitFacts) -> Screen:
    """This function will offer why nobody was met."""
    number = facts.visit.id
    taps = [tap(f"not_met_{reason.value}", VisitNotMet(number, reason)) for reason in NotMet]
    back = (tap("back", OpenVisit(number)),)
    return screen(
        "collector/visit_not_met", *in_columns(taps, columns=COLUMNS), back, subject=subject_of(number), **_short(facts)
    )


def days_screen(facts: VisitFacts, days: Sequence[date], *, subject: str) -> Screen:
    """This function will offer other days for a visit."""
    taps = [tap("decision_day", VisitOn(facts.visit.id, day), on=day) for day in days]
    back = (tap("back", OpenVisit(facts.visit.id)),)
    return screen("collector/visit_day", *in_columns(taps, columns=COLUMNS), back, subject=subject, **_short(facts))


def people_screen(facts: VisitFacts, people: Sequence[Person]) -> Screen:
    """This function will offer who else may go."""
    rows = [(tap("cover_name", AssignVisit(facts.visit.id, one.id), name=one.name),) for one in people]
    back = (tap("back", OpenVisit(facts.visit.id)),)
    return screen("manager/visit_person", *rows, back, subject=f"visit_order:{facts.visit.id}", payer=facts.case.name)


def _rows(facts: VisitFacts) -> Rows:
    visit, number = facts.visit, facts.visit.id
    proof = () if visit.photo_id is not None and visit.has_place else (tap("visit_proof", AskVisitProof(number)),)
    other_day = tap("visit_other_day", VisitOn(number))
    if visit.state is VisitState.PLANNED and visit.planned_on > facts.today:
        return ((other_day,),)
    if visit.state is VisitState.PLANNED:
        return ((tap("visit_met", VisitMet(number)), tap("visit_not_met", VisitNotMet(number))), proof, (other_day,))
    if visit.state is VisitState.NOT_MET:
        return ((tap("visit_met", VisitMet(number)), other_day), proof)
    return (proof,) if visit.state is VisitState.MET else ()


def _short(facts: VisitFacts) -> dict[str, Any]:
    return {"payer": facts.case.name, "on": facts.visit.planned_on}


def _values(facts: VisitFacts) -> dict[str, Any]:
    visit = facts.visit
    return {
        **_short(facts),
        "hour": visit.hour,
        "officer": facts.officer,
        "assignment_number": visit.assignment_number,
        "state": visit.state,
        "reason": visit.note if visit.state is VisitState.NOT_MET else None,
        "outcome": facts.outcome,
        "photo": visit.photo_id is not None,
        "place": visit.has_place,
        "is_late": is_unreported(visit, today=facts.today),
        "total": facts.case.exposure.total,
        "is_today": visit.planned_on <= facts.today,
    }
