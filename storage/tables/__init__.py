"""Every table of the database, one subject a file. Only `storage` may import this package."""

from storage.tables.agreements import errand, instalment, letter, letter_invoice, plan, plan_invoice, relief, visit
from storage.tables.casework import (
    claim,
    claim_invoice,
    dispute,
    escalation,
    escalation_invoice,
    extension,
    extension_invoice,
    hold,
    plan_request,
    promise,
    promise_invoice,
)
from storage.tables.columns import metadata
from storage.tables.evidence import balance_snapshot, contact_event, journal, journal_head, journal_payload
from storage.tables.ledger import allocation, contact_person, customer, invoice, payer, payment
from storage.tables.listing import list_import, upload
from storage.tables.messaging import content_template, inbox, outbox, screen
from storage.tables.money import (
    cash_receipt,
    cash_receipt_invoice,
    credit_note,
    credit_share,
    deduction,
    giro,
    giro_invoice,
    invoice_exchange,
)
from storage.tables.papers import attachment
from storage.tables.people import chat_group, invite, person
from storage.tables.staffing import absence, assignment, chase_check, payer_standing
from storage.tables.work import day_mark, draft, follow_up, invoice_step, job_run, lease, outcome, question

__all__ = [
    "absence",
    "allocation",
    "assignment",
    "attachment",
    "balance_snapshot",
    "cash_receipt",
    "cash_receipt_invoice",
    "chase_check",
    "chat_group",
    "claim",
    "claim_invoice",
    "contact_event",
    "contact_person",
    "content_template",
    "credit_note",
    "credit_share",
    "customer",
    "day_mark",
    "deduction",
    "dispute",
    "draft",
    "errand",
    "escalation",
    "escalation_invoice",
    "extension",
    "extension_invoice",
    "follow_up",
    "giro",
    "giro_invoice",
    "hold",
    "inbox",
    "instalment",
    "invite",
    "invoice",
    "invoice_exchange",
    "invoice_step",
    "job_run",
    "journal",
    "journal_head",
    "journal_payload",
    "lease",
    "letter",
    "letter_invoice",
    "list_import",
    "metadata",
    "outbox",
    "outcome",
    "payer",
    "payer_standing",
    "payment",
    "person",
    "plan",
    "plan_invoice",
    "plan_request",
    "promise",
    "promise_invoice",
    "question",
    "relief",
    "screen",
    "upload",
    "visit",
]
