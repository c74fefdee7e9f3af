"""The values that customers' messages have in common: whom, about which invoices, from whom, how to pay.

A template variable is one line without tabs and never empty (WhatsApp refuses others), so every value here is made so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.render import label_named
from bot.reply import Plain, plain
from bot.turn import Desk
from sop.case import Case
from sop.ledger import Invoice
from sop.money import Money
from sop.payer import Reached
from sop.people import ContactPerson, Person
from storage import absences, people


def values_for(
    desk: Desk, case: Case, *, officer: Person | None, invoices: Sequence[Invoice], **more: Any
) -> dict[str, Any]:
    """This function will give what a customer's message says of him, his invoices and us; `more` adds or replaces.

    `amount` and `balance` are the sum of the balances (sen), `due_on` the oldest due date, unless `more` has them.
    """
    language, company = desk.company.language, desk.company
    total = Money.total(one.balance for one in invoices)
    values: dict[str, Any] = {
        "salutation_name": salutation_of(case.contact, language),
        "business": _one_line(case.name),
        "invoices": invoices_line(invoices, language),
        "amount": total,
        "balance": total,
        "due_on": min((one.due_on for one in invoices), default=None),
        "officer": _one_line(company.name if officer is None else officer.name),
        **sender_of(desk),
    }
    return {name: _clean(value) for name, value in (values | more).items()}


def sender_of(desk: Desk) -> dict[str, str]:
    """This function will give what a message says of us; also for one that names no customer and no bill."""
    company, language = desk.company, desk.company.language
    return {
        "company": _one_line(company.name),
        "phone": _one_line(company.phone) or label_named("phone_not_set", language, {}),
        "pay_to": _one_line(company.payment_instructions) or label_named("pay_to_not_set", language, {}),
    }


def invoices_line(invoices: Sequence[Invoice], language: str) -> str:
    """This function will name the invoices in one line: a single one by number, else how many, total and oldest."""
    if len(invoices) == 1:
        return label_named("invoice_one", language, {"number": _one_line(invoices[0].number)})
    values = {
        "count": len(invoices),
        "total": Money.total(one.balance for one in invoices).sen,
        "oldest": plain(min((one.due_on for one in invoices), default=None)),
    }
    return label_named("invoices_line" if invoices else "invoices_none", language, values)


def upcoming_values(upcoming: Sequence[Reached], language: str) -> dict[str, Any]:
    """This function will give what a reminder says, without urgency, of invoices that are not late. (2.1)"""
    named = invoices_line([one.invoice for one in upcoming], language)
    if len(upcoming) > 1:
        named = label_named("upcoming_line", language, {"count": len(upcoming)})
    return {
        "upcoming": named,
        "upcoming_amount": Money.total(one.chaseable for one in upcoming),
        "upcoming_on": min(one.invoice.due_on for one in upcoming),
    }


def salutation_of(contact: ContactPerson | None, language: str) -> str:
    """This function will give the polite name; without a salutation on record both are said, nothing is guessed."""
    said = None if contact is None else contact.salutation
    name = "" if contact is None else contact.name or ""
    return _one_line(f"{said or label_named('salutation_both', language, {})} {name}")


async def officer_of(desk: Desk, case: Case) -> Person | None:
    """This function will find whose name stands under a message no person causes: the payer's collector, if any.

    While he is away his cover is named, since it is he who can be reached; with the pool nobody is.
    """
    owner_id = next((one.collector_id for one in case.customers if one.collector_id is not None), None)
    worker_id = await absences.worker_of(desk.db, owner_id)
    return None if worker_id is None else await people.get(desk.db, worker_id)


def _clean(value: Any) -> Plain:
    return _one_line(value) if isinstance(value, str) else plain(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())
