"""The proof of what was done (000-VI.2): the append-only journal, the contacts, the daily balances."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from sop.contact import Channel, Direction
from storage.tables.columns import Key, coded, day, instant, key, link, metadata, money, record, text

journal = Table(
    "journal",
    metadata,
    Column("seq", Key, primary_key=True, autoincrement=False),
    instant("at"),
    text("actor"),
    text("kind"),
    Column("payer_id", BigInteger, nullable=True, index=True),
    text("policy_version"),
    Column("digest", String(64), nullable=False),  # of the salted payload, which may be erased
    Column("chain", String(64), nullable=False),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
)

journal_payload = Table(
    "journal_payload",
    metadata,
    Column("seq", Key, primary_key=True, autoincrement=False),
    Column("salt", String(32), nullable=False),
    Column("body", Text, nullable=False),
)

contact_event = Table(
    "contact_event",
    metadata,
    key(),
    link("payer_id", "payer"),
    link("follow_up_id", "follow_up", optional=True, index=True),
    link("outcome_id", "outcome", optional=True),
    instant("at"),
    coded("channel", Channel),
    coded("direction", Direction),
    text("result"),
    Column("is_answer", Boolean, nullable=False),  # the customer himself was reached, or wrote
    link("person_id", "person", optional=True),
    record("details", optional=True),
    instant("undone_at", optional=True),
    Index("ix_contact_event_payer", "payer_id", "at"),
)

balance_snapshot = Table(
    "balance_snapshot",
    metadata,
    day("taken_on"),
    link("invoice_id", "invoice"),
    money("balance"),
    Column("days_past_due", Integer, nullable=False),
    PrimaryKeyConstraint("taken_on", "invoice_id"),
)
