"""Receivable lists that came in: files waiting for a decision, and which were imported."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, String, Table

from storage.tables.columns import instant, key, link, metadata, record, text

upload = Table(
    "upload",
    metadata,
    key(),
    link("person_id", "person", index=True),
    Column("chat_id", BigInteger, nullable=False),
    text("filename"),
    Column("content", LargeBinary, nullable=True),  # emptied once decided: customers' numbers are not kept twice
    record("answers"),
    instant("at"),
    instant("closed_at", optional=True),
)

list_import = Table(
    "list_import",
    metadata,
    key(),
    Column("digest", String(64), nullable=False, index=True),  # of the file and of the answers it was read with
    Column("fingerprint", String(64), nullable=False, index=True),  # of its headers: the next list is read alike
    record("answers"),
    record("counts"),
    link("person_id", "person", optional=True),
    instant("at"),
)
