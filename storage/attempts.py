"""A part of a transaction that may fail alone: what it wrote goes, everything before it stays."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.engine import Database


@asynccontextmanager
async def attempt(db: Database) -> AsyncIterator[None]:
    """This function will undo what the block wrote when it raises, and let the error pass on."""
    async with db.begin_nested():
        yield
