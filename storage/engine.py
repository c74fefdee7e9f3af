"""Opening the database, and transactions on it: SQLite with one writer, or PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage import sqlite_thread
from storage.tables import metadata

Database: TypeAlias = AsyncConnection

BUSY_WAIT_SECONDS = 10  # the command line may write beside a running server


class NotFound(Exception):
    """There is no such row, or not for this person; the two are not told apart on purpose."""


class Conflict(Exception):
    """Somebody else was faster; nothing was changed."""


class Store:
    """The open database; hands out transactions."""

    def __init__(self, url: str, *, is_guest: bool = False) -> None:
        """`is_guest`: a command beside a server that may be running; only the server checkpoints."""
        self._url = driver_url(url)
        self._engine = _engine(self._url)
        if is_guest and self.is_sqlite:
            event.listen(self._engine.sync_engine, "connect", _leave_checkpoints)

    @property
    def is_sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Database]:
        """This function will give a connection whose work is kept only when the block ends without an error."""
        async with self._engine.begin() as db:
            yield db

    async def create_schema(self) -> None:
        """This function will create all tables at once, for a fresh test or demo database."""
        async with self._engine.begin() as db:
            await db.run_sync(metadata.create_all)

    async def close(self) -> None:
        await self._engine.dispose()


def driver_url(url: str) -> URL:
    """This function will read a DATABASE_URL in the common forms and name our async driver in it."""
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername="sqlite+aiosqlite")
    return parsed.set(drivername="postgresql+psycopg")


def plain_url(url: URL) -> URL:
    """This function will name the driver that works without an event loop, for changing the schema."""
    backend = url.get_backend_name()
    return url.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() != "sqlite":
        counted = {"preserve_rowcount": True}  # psycopg forgets how many rows an INSERT ... SELECT wrote otherwise
        return create_async_engine(
            url, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True, execution_options=counted
        )
    # One connection: SQLite has one writer anyway, and two could corrupt the log of versions before 3.51.3.
    engine = create_async_engine(
        url,
        hide_parameters=True,  # an error's text goes into the log; names and numbers must not
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
        connect_args={"timeout": BUSY_WAIT_SECONDS},
    )
    event.listen(engine.sync_engine, "do_connect", _connect_by_ours)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _connect_by_ours(_dialect: Any, _record: Any, _places: Any, options: dict[str, Any]) -> None:
    options["async_creator_fn"] = sqlite_thread.connect


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: a late lock would lose updates
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _leave_checkpoints(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA wal_autocheckpoint=0")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
