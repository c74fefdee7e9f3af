"""A question to the managers as one message that is edited as it lives (section 5); no phone, address or chat text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.buttons import Decide, ExplainStop, OpenEscalation, Reassigned, ReassignToday, ResumeChase
from bot.reply import Rows, Screen, Tap, in_columns, screen, tap
from bot.screens.sales_note import word_of
from sop.case import Case
from sop.contact import Contact
from sop.escalation import OFFERED, REQUESTS, UNDECIDED, Decision, Escalation, EscalationReason, EscalationState
from sop.ledger import Invoice, days_past_due
from sop.masking import without_phones
from sop.money import Money
from sop.outcomes import Outcome
from sop.people import Person
from sop.promise import PromiseState
from sop.sales_help import SalesWord

_OUTCOMES = frozenset(one.value for one in Outcome)
_NEEDS_A_DAY = frozenset({Decision.GRANT_TIME, Decision.VISIT, Decision.CHANGE})
WITH_DATE = frozenset({EscalationReason.PROMISE_BEYOND, EscalationReason.EXTENSION_BEYOND})
"""Requests whose `Ubah` is another day; the others are changed in words."""

ASKED = ("on", "amount", "because", "made_on", "plan", "relief", "cash", "giro")
"""What a question may be about beside the invoices; what it is not about is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EscalationFacts:
    """All that a question shows; `asked` is what a request asks for, `zone` where the managers sit."""

    escalation: Escalation
    zone: str
    case: Case | None = None
    invoices: tuple[Invoice, ...] = ()
    most_invoices: int = 8
    contacts: tuple[Contact, ...] = ()
    collectors: tuple[str, ...] = ()
    asked: dict[str, Any] = field(default_factory=lambda: dict.fromkeys(ASKED))
    delivery_held: bool = False
    stopped: bool = False
    sales_word: SalesWord | None = None


def subject_of(escalation_id: int) -> str:
    return f"escalation:{escalation_id}"


def escalation_screen(facts: EscalationFacts) -> Screen:
    """This function will draw a question with the answers it still takes."""
    return screen("manager/escalation", *_rows(facts), subject=subject_of(facts.escalation.id), **values_of(facts))


def values_of(facts: EscalationFacts) -> dict[str, Any]:
    """This function will give what the text of a question says."""
    return {**_values(facts), **_of_payer(facts)}


def covers_screen(facts: EscalationFacts, covers: Iterable[Person]) -> Screen:
    """This function will draw the question with the collectors who may take over a day."""
    one = facts.escalation
    collector_id = one.subject_id or 0
    taps = [tap("cover_name", Reassigned(collector_id, person.id), name=person.name) for person in covers]
    rows = (*in_columns(taps, columns=2), (tap("back", OpenEscalation(one.id)),))
    values = values_of(facts) | {"asks_day": Decision.REASSIGN_TODAY}
    return screen("manager/escalation", *rows, subject=subject_of(one.id), **values)


def cover_asked_screen(absent: Person, covers: Iterable[Person]) -> Screen:
    """This function will ask who takes over a day about which no question is open."""
    taps = [tap("cover_name", Reassigned(absent.id, person.id), name=person.name) for person in covers]
    return screen("manager/cover_asked", *in_columns(taps, columns=2), name=absent.name)


def _rows(facts: EscalationFacts) -> Rows:
    one = facts.escalation
    if one.state in UNDECIDED:
        taps = [_tap(one, decision) for decision in _answers(facts)]
        return in_columns(taps, columns=3 if one.reason in REQUESTS else 2)
    if one.state is EscalationState.DECIDED and Decision.HOLD_DELIVERY in OFFERED[one.reason]:
        measures = [_delivery(facts)] + [Decision.INVOLVE_SALES] * (one.decision is not Decision.INVOLVE_SALES)
        return (tuple(_tap(one, decision) for decision in measures), _after_stop(facts))
    if facts.delivery_held:  # paid or stopped, and the goods still wait: opening it again is proposed
        return ((_tap(one, Decision.RELEASE_DELIVERY),),)
    return ()


def _after_stop(facts: EscalationFacts) -> tuple[Tap, ...]:
    """Why it was stopped, as long as nobody has said so, and the way back."""
    one = facts.escalation
    if not facts.stopped or one.decision not in (Decision.STOP, Decision.TO_LEGAL):
        return ()
    why = () if one.instruction else (tap("explain_stop", ExplainStop(one.id)),)
    return (*why, tap("resume_chase", ResumeChase(one.payer_id or 0)))


def _answers(facts: EscalationFacts) -> list[Decision]:
    """The decisions on offer; of holding and releasing a delivery only the one that would change something."""
    other = {Decision.HOLD_DELIVERY, Decision.RELEASE_DELIVERY} - {_delivery(facts)}
    taken = {Decision.TAKE} if facts.escalation.state is EscalationState.TAKEN else set()
    return [one for one in OFFERED[facts.escalation.reason] if one not in other | taken]


def _delivery(facts: EscalationFacts) -> Decision:
    return Decision.RELEASE_DELIVERY if facts.delivery_held else Decision.HOLD_DELIVERY


def _tap(one: Escalation, decision: Decision) -> Tap:
    if decision is Decision.REASSIGN_TODAY:
        return tap(decision.value, ReassignToday(one.subject_id or 0))
    return tap(decision.value, Decide(one.id, decision))


def needs_a_day(one: Escalation, decision: Decision) -> bool:
    """This function will say whether a decision is complete only with a day."""
    if decision is Decision.CHANGE:
        return one.reason in WITH_DATE
    return decision in _NEEDS_A_DAY


def needs_words(one: Escalation, decision: Decision) -> bool:
    """This function will say whether a decision is complete only with an instruction in words."""
    return decision is Decision.RETURN or (decision is Decision.CHANGE and one.reason not in WITH_DATE)


def _values(facts: EscalationFacts) -> dict[str, Any]:
    one = facts.escalation
    return {
        "number": one.id,
        "reason": one.reason,
        "state": one.state,
        "level": one.level,
        "note": None if one.note is None else without_phones(one.note),
        "deadline": one.deadline_at.astimezone(ZoneInfo(facts.zone)),
        "owner": one.owner,
        "decided_by": one.decided_by,
        "decision": one.decision,
        "decided_for": one.decided_for,
        "instruction": None if one.instruction is None else without_phones(one.instruction),
        "collectors": list(facts.collectors),
        "asked": facts.asked,
        "delivery_held": facts.delivery_held,
        "stopped": facts.stopped,
        "sales_word": _sales_word(facts),
        "asks_day": None,
    }


def _sales_word(facts: EscalationFacts) -> dict[str, Any] | None:
    said = word_of(facts.sales_word, zone=facts.zone)
    return None if said is None else said | {"words": without_phones(said["words"])}


def _of_payer(facts: EscalationFacts) -> dict[str, Any]:
    case = facts.case
    if case is None:
        return {"payer": None}
    still_open = [one for one in facts.invoices if one.balance > Money.ZERO]
    listed, others = still_open[: facts.most_invoices], still_open[facts.most_invoices :]
    states = [one.state for one in case.promises]
    return {
        "payer": case.name,
        "invoices": [_invoice(one, today=case.today) for one in listed],
        "others": len(others),
        "others_amount": Money.total(one.balance for one in others),
        "amount": Money.total(one.balance for one in still_open),
        "total": case.exposure.total,
        "days_late": case.exposure.days_late,
        "kept": states.count(PromiseState.KEPT),
        "partial": states.count(PromiseState.PARTIAL),
        "broken": states.count(PromiseState.BROKEN),
        "promise": None if case.open_promise is None else _promise(case),
        "claim": case.waiting_claim is not None,
        "disputes": len(case.open_disputes),
        "contacts": [_contact(one, facts.zone) for one in facts.contacts if one.result in _OUTCOMES],
    }


def _promise(case: Case) -> dict[str, Any]:
    promise = case.open_promise
    return {} if promise is None else {"on": promise.promised_on, "amount": promise.amount}


def _invoice(one: Invoice, *, today: date) -> dict[str, Any]:
    late = days_past_due(one, today=today)
    return {"number": one.number, "balance": one.balance, "due_on": one.due_on, "days_late": late}


def _contact(one: Contact, zone: str) -> dict[str, Any]:
    return {"at": one.at.astimezone(ZoneInfo(zone)), "result": one.result, "by": one.by}
