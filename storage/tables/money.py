"""Money on its way to the books: cash in a collector's hand, giros, credit notes, deductions, exchanged invoices."""

from __future__ import annotations

from sqlalchemy import Index, Table
from sqlalchemy import text as sql

from sop.cash import CashState
from sop.credit import CreditKind
from sop.deductions import Deduction, DeductionState
from sop.giro import GiroState
from storage.tables.columns import coded, day, instant, key, link, metadata, money, text

_STANDS = sql("state <> 'withdrawn'")

cash_receipt = Table(
    "cash_receipt",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    money("amount"),
    text("number"),  # of the receipt the customer holds
    coded("state", CashState),
    link("photo_id", "attachment", optional=True),
    link("taken_by_id", "person", index=True),
    instant("taken_at"),
    day("told_on", optional=True),  # the day it last went to the managers
    link("closed_by_id", "person", optional=True),
    instant("closed_at", optional=True),
    link("payment_id", "payment", optional=True),
    link("outcome_id", "outcome", optional=True),
    # Written twice it is a mistake, or worse; what was undone frees its number.
    Index("uq_cash_number", "number", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
)

cash_receipt_invoice = Table(
    "cash_receipt_invoice",
    metadata,
    key(),
    link("cash_receipt_id", "cash_receipt", index=True),
    link("invoice_id", "invoice", index=True),
    money("amount"),
)

giro = Table(
    "giro",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    money("amount"),
    text("number"),
    text("bank"),
    day("effective_on", index=True),
    coded("state", GiroState),
    link("photo_id", "attachment", optional=True),
    link("taken_by_id", "person"),
    instant("taken_at"),
    day("reminded_on", optional=True),
    day("asked_on", optional=True),  # the day finance was last asked whether it cleared
    link("closed_by_id", "person", optional=True),
    instant("closed_at", optional=True),
    link("payment_id", "payment", optional=True),
    link("outcome_id", "outcome", optional=True),
)

giro_invoice = Table(
    "giro_invoice",
    metadata,
    key(),
    link("giro_id", "giro", index=True),
    link("invoice_id", "invoice", index=True),
    money("amount"),
)

credit_note = Table(
    "credit_note",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    coded("kind", CreditKind),
    text("number", optional=True, unique=True),
    money("amount"),
    day("issued_on"),
    text("note", optional=True),
    link("paper_id", "attachment", optional=True),
    link("payment_id", "payment", optional=True),  # the transfer that earned a discount: reversed together
    link("posted_by_id", "person", optional=True),
    instant("captured_at"),
    instant("reversed_at", optional=True),
    link("reversed_by_id", "person", optional=True),
    text("reversal_reason", optional=True),
)

credit_share = Table(
    "credit_share",
    metadata,
    key(),
    link("credit_note_id", "credit_note", index=True),
    link("invoice_id", "invoice", index=True),
    money("amount"),
)

deduction = Table(
    "deduction",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    link("invoice_id", "invoice", index=True),
    link("payment_id", "payment", optional=True),
    coded("kind", Deduction, optional=True),  # none: nobody has said yet which of the fitting ones it is
    money("amount"),
    coded("state", DeductionState),
    text("document_number", optional=True),
    link("paper_id", "attachment", optional=True),
    instant("asked_at"),
    day("told_on", optional=True),
    link("closed_by_id", "person", optional=True),
    instant("closed_at", optional=True),
    link("credit_note_id", "credit_note", optional=True),
)

invoice_exchange = Table(
    "invoice_exchange",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    link("invoice_id", "invoice", index=True),
    text("receipt_number", optional=True),
    link("photo_id", "attachment", optional=True),
    day("previous_due_on"),
    day("due_on"),
    link("person_id", "person"),
    instant("at"),
    instant("undone_at", optional=True),
    link("outcome_id", "outcome", optional=True),
)
