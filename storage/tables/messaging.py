"""What came in, what must go out, and which screens stand where."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from sop.guard import MessageKind
from sop.outbox import OutboxState, Way
from storage.tables.columns import coded, instant, key, link, metadata, record, text

inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("channel", String(20), nullable=False),
    Column("external_id", String(120), nullable=False),
    instant("taken_at"),
    text("parked", optional=True),  # why it could not be handled; such an event waits for an admin
    UniqueConstraint("channel", "external_id"),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    coded("way", Way),
    coded("kind", MessageKind),
    coded("state", OutboxState),
    Column("business_key", String(120), nullable=True, unique=True),  # customer, message, step, day: once
    Column("urgency", Integer, nullable=False),  # 0 answers to taps, 5 urgent news, 9 bulk
    Column("chat_id", BigInteger, nullable=True),
    Column("edits", BigInteger, nullable=True),  # the message to redraw; none: a new message
    link("contact_person_id", "contact_person", optional=True),
    link("payer_id", "payer", optional=True, index=True),
    link("follow_up_id", "follow_up", optional=True, index=True),
    link("outcome_id", "outcome", optional=True, index=True),
    text("message"),
    text("language"),
    record("values"),
    record("taps"),
    link("attachment_id", "attachment", optional=True),  # a photo or paper that goes with the words
    text("subject", optional=True),  # what the screen shows, such as "follow_up:12"
    instant("send_after"),
    instant("expires_at", optional=True),
    instant("leased_until", optional=True),
    Column("attempts", Integer, nullable=False),
    text("body", optional=True),  # the exact words that left
    text("provider_id", optional=True),
    Column("error_code", String(40), nullable=True),
    text("hold_reason", optional=True),
    Column("is_repeat", Boolean, nullable=False, server_default="0"),  # it may have reached the staff before
    instant("created_at"),
    instant("sent_at", optional=True),
    instant("delivered_at", optional=True),
    instant("read_at", optional=True),
    Index("ix_outbox_due", "state", "send_after"),
    Index("ix_outbox_provider", "provider_id"),
)

screen = Table(
    "screen",
    metadata,
    key(),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    text("subject"),
    Column("live", Boolean, nullable=False),  # its keyboard may still be pressed
    instant("shown_at"),
    UniqueConstraint("chat_id", "message_id"),
    Index("ix_screen_subject", "subject", "live"),
)

content_template = Table(
    "content_template",
    metadata,
    key(),
    text("message"),
    text("language"),
    text("version"),
    text("content_sid"),
    text("approval", optional=True),
    text("rejection", optional=True),
    instant("pushed_at"),
    UniqueConstraint("message", "language", "version"),
)
