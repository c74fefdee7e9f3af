"""What Alembic runs: always on the connection that `storage.schema` has opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.tables import metadata
from storage.tables.columns import CodedType, InstantType, MoneyType

WRITTEN = {
    CodedType: "sa.String(length=40)",
    InstantType: "sa.DateTime(timezone=True)",
    MoneyType: "sa.BigInteger()",
}


def as_plain_type(kind: str, written: Any, _context: Any) -> str | Literal[False]:
    """A revision must mean the same for ever, so it names the database's types and none of ours."""
    return WRITTEN.get(type(written), False) if kind == "type" else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_item=as_plain_type,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite changes a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
