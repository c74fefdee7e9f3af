"""Who owes what: payers, customers, their contact persons, invoices and the money that came in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, UniqueConstraint
from sqlalchemy import text as sql

from sop.payment import PaymentSource
from sop.people import ConsentState, ContactState
from sop.terms import TermBasis
from storage.tables.columns import coded, day, instant, key, link, metadata, money, record, text

payer = Table(
    "payer",
    metadata,
    key(),
    text("name"),
    text("zone", optional=True),  # his first customer's: when the day's plan is made for him
    instant("wrote_at", optional=True),  # the customer's own last message: opens the 24-hour window
    instant("delivery_held_at", optional=True),  # deliveries wait for payment, by a manager's decision (5)
)

customer = Table(
    "customer",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    text("code", optional=True, unique=True),
    text("name"),
    text("zone", optional=True),  # unknown stays unknown: then only hours legal in all zones count
    text("segment", optional=True),
    text("consequence_clause", optional=True),  # the contract's own words; without them no consequence is named
    link("collector_id", "person", optional=True, index=True),
    text("listed_collector", optional=True),  # as the list names him: who is invited later takes his customers
    link("sales_id", "person", optional=True, index=True),
    text("listed_sales", optional=True),
    text("address", optional=True),  # where a letter goes and a visit leads
    text("city", optional=True),
    money("credit_limit", optional=True),
    Column("term_days", Integer, nullable=True),  # the agreed credit term
    coded("term_basis", TermBasis, optional=True),  # from which day it counts
    record("pay_days", optional=True),  # {"weekdays": [4], "month_days": [25]}: when he pays
    record("exchange_days", optional=True),  # the same form: when he takes invoices in (tukar faktur)
)

contact_person = Table(
    "contact_person",
    metadata,
    key(),
    link("customer_id", "customer", index=True),
    text("name", optional=True),
    text("salutation", optional=True),
    text("address"),  # E.164, or the identifier WhatsApp gives a customer who hides the number
    Column("on_whatsapp", Boolean, nullable=False),  # a landline can only be called
    coded("state", ContactState),
    coded("consent", ConsentState),
    text("consent_how", optional=True),
    instant("consent_at", optional=True),
    UniqueConstraint("customer_id", "address"),
    Index(None, "address"),
)

invoice = Table(
    "invoice",
    metadata,
    key(),
    link("customer_id", "customer", index=True),
    link("payer_id", "payer", index=True),
    text("number", unique=True),
    text("segment", optional=True),  # its own policy, before the customer's (2.7)
    day("issued_on", optional=True),
    day("due_on"),
    money("amount"),
    money("paid"),
    money("credited"),
    money("balance"),  # amount - paid - credited, kept by storage.invoices alone
    day("listed_on"),  # the day it first stood in a list: earlier steps are not replayed
    # Planning asks "open, due on one of these dates": the cost follows what is due, not what exists.
    Index("ix_invoice_open_due", "due_on", "payer_id", "customer_id"),
)

_STANDS = sql("reversed_at IS NULL")

payment = Table(
    "payment",
    metadata,
    key(),
    link("payer_id", "payer", index=True),
    money("amount"),
    day("paid_on"),
    instant("captured_at"),
    coded("source", PaymentSource),
    text("reference", optional=True),  # the sender's own number
    link("posted_by_id", "person", optional=True),
    instant("asked_at", optional=True),  # `Untuk faktur mana?`; until it is answered nobody is chased (8)
    instant("answered_at", optional=True),
    day("told_on", optional=True),  # the day finance or the managers were last reminded of it
    record("chosen", optional=True),  # the invoices finance has ticked so far, for everybody who looks
    instant("reversed_at", optional=True),
    link("reversed_by_id", "person", optional=True),
    text("reversal_reason", optional=True),
    # The same payment counts once; one that was reversed may be posted again.
    Index("uq_payment_reference", "reference", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
)

allocation = Table(
    "allocation",
    metadata,
    key(),
    link("payment_id", "payment", index=True),
    link("invoice_id", "invoice", index=True),
    money("amount"),
)
