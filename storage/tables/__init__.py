"""Every table of the database, one subject a file. Only `storage` may import this package."""

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
from storage.tables.people import chat_group, invite, person
from storage.tables.work import day_mark, draft, follow_up, invoice_step, job_run, lease, outcome, question

__all__ = [
    "allocation",
    "balance_snapshot",
    "chat_group",
    "claim",
    "claim_invoice",
    "contact_event",
    "contact_person",
    "content_template",
    "customer",
    "day_mark",
    "dispute",
    "draft",
    "escalation",
    "escalation_invoice",
    "extension",
    "extension_invoice",
    "follow_up",
    "hold",
    "inbox",
    "invite",
    "invoice",
    "invoice_step",
    "job_run",
    "journal",
    "journal_head",
    "journal_payload",
    "lease",
    "list_import",
    "metadata",
    "outbox",
    "outcome",
    "payer",
    "payment",
    "person",
    "plan_request",
    "promise",
    "promise_invoice",
    "question",
    "screen",
    "upload",
]
