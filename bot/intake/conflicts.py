"""What must be one and the same for a customer, though every row of the list states it again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

from bot.intake.result import ListedInvoice, Question, Reason
from sop.zones import ZONES, zone_of_province

UNKNOWN = "unknown"
_CONSENT = {"ya": True, "tidak": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """The invoices of customers who agree with themselves, and the questions about the others."""

    invoices: tuple[ListedInvoice, ...]
    questions: tuple[Question, ...]


def agree(invoices: tuple[ListedInvoice, ...], answers: Mapping[str, str]) -> Agreed:
    """Settles time zone and consent per customer.

    Provinces of one customer may differ inside a zone (branches); in two zones a person decides. A province that is
    not known leaves the zone unknown: then only hours legal in all three zones are used. (sop 7)
    """
    customers: dict[Hashable, list[ListedInvoice]] = {}
    for invoice in invoices:
        customers.setdefault(_customer_key(invoice), []).append(invoice)
    settled = [_settled(rows, answers) for rows in customers.values()]
    kept = sorted((invoice for one in settled for invoice in one.invoices), key=lambda invoice: invoice.row)
    return Agreed(invoices=tuple(kept), questions=tuple(question for one in settled for question in one.questions))


def _customer_key(invoice: ListedInvoice) -> Hashable:
    return ("code", invoice.customer_code) if invoice.customer_code else ("name", invoice.customer.casefold())


def _settled(rows: list[ListedInvoice], answers: Mapping[str, str]) -> Agreed:
    zone, zone_questions = _zone(rows, answers)
    consent, consent_questions = _consent(rows, answers)
    questions = zone_questions + consent_questions
    invoices = () if questions else tuple(replace(row, zone=zone, consent=consent) for row in rows)
    return Agreed(invoices=invoices, questions=questions)


def _zone(rows: list[ListedInvoice], answers: Mapping[str, str]) -> tuple[str | None, tuple[Question, ...]]:
    zones = {zone_of_province(row.province) for row in rows if row.province}
    known = {zone for zone in zones if zone is not None}
    if len(known) <= 1:
        return (zones.pop() if len(zones) == 1 else None), ()
    key = f"zone.{_name(rows)}"
    if answers.get(key) in (*ZONES, UNKNOWN):
        return (None if answers[key] == UNKNOWN else answers[key]), ()
    provinces = ", ".join(sorted({row.province for row in rows if row.province}))
    return None, (_question(key, "which_zone", (rows, provinces), (*(z for z in ZONES if z in known), UNKNOWN)),)


def _consent(rows: list[ListedInvoice], answers: Mapping[str, str]) -> tuple[bool | None, tuple[Question, ...]]:
    said = {row.consent for row in rows if row.consent is not None}
    if len(said) <= 1:
        return next(iter(said), None), ()
    key = f"consent.{_name(rows)}"
    if answers.get(key) in _CONSENT:
        return _CONSENT[answers[key]], ()
    return None, (_question(key, "which_consent", (rows, "ya, tidak"), tuple(_CONSENT)),)


def _name(rows: list[ListedInvoice]) -> str:
    """The customer in a question's key: his code, which no spelling changes, else his name."""
    return rows[0].customer_code or rows[0].customer


def _question(key: str, reason: str, about: tuple[list[ListedInvoice], str], choices: tuple[str, ...]) -> Question:
    rows, found = about
    values = {"customer": rows[0].customer, "found": found}
    return Question(
        key=key, reason=Reason(key=reason, values=values), choices=choices, rows=tuple(row.row for row in rows)
    )
