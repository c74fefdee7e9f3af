"""Photos, slips, letters and other papers of a case, kept in the database so that one backup holds everything."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, String, Table

from sop.attachment import AttachmentKind
from storage.tables.columns import coded, instant, key, link, metadata, text

attachment = Table(
    "attachment",
    metadata,
    key(),
    link("payer_id", "payer", optional=True, index=True),
    link("invoice_id", "invoice", optional=True, index=True),
    coded("kind", AttachmentKind),
    text("filename", optional=True),
    text("media_type"),
    text("telegram_file_id", optional=True),  # Telegram keeps what was sent through it: no second upload
    Column("content", LargeBinary, nullable=True),
    Column("digest", String(64), nullable=True),
    link("added_by_id", "person", optional=True),
    instant("added_at"),
)
