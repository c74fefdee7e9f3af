"""SQLite's own thread, asked once for each statement.

aiosqlite runs everything in a thread beside the event loop: opening a cursor, executing, fetching and closing are four
trips, and every trip wakes two threads. Here a statement and its first rows are one trip; only a longer answer needs
further ones, and is never held in memory as a whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Self

import aiosqlite

ROWS_AT_ONCE = 1000

Rows = list[Any]


class Cursor:
    """One statement and its rows, in the form SQLAlchemy's adapter asks for."""

    def __init__(self, connection: Connection) -> None:
        self.arraysize = 1
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: Rows = []
        self._has_more = False

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> Self:
        await self._connection.in_thread(self._execute, operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Sequence[Any]) -> Self:
        await self._connection.in_thread(self._execute_many, operation, parameters)
        return self

    async def fetchall(self) -> Rows:
        taken, self._rows = self._rows, []
        while self._has_more:
            await self._connection.in_thread(self._fetch)
            taken += self._rows
            self._rows = []
        return taken

    async def fetchmany(self, size: int | None = None) -> Rows:
        most = self.arraysize if size is None else size
        while self._has_more and len(self._rows) < most:
            await self._connection.in_thread(self._fetch)
        taken, self._rows = self._rows[:most], self._rows[most:]
        return taken

    async def fetchone(self) -> Any:
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        if self._has_more and self._cursor is not None:
            self._has_more = False
            await self._connection.in_thread(self._cursor.close)

    @property
    def description(self) -> Any:
        return None if self._cursor is None else self._cursor.description

    @property
    def rowcount(self) -> int:
        return -1 if self._cursor is None else self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return None if self._cursor is None else self._cursor.lastrowid

    # In SQLite's thread

    def _execute(self, operation: str, parameters: Sequence[Any]) -> None:
        self._cursor = self._connection.opened.execute(operation, parameters)
        self._rows, self._has_more = [], self._cursor.description is not None
        if self._has_more:
            self._fetch()

    def _execute_many(self, operation: str, parameters: Sequence[Any]) -> None:
        self._cursor = self._connection.opened.executemany(operation, parameters)
        self._rows, self._has_more = [], False

    def _fetch(self) -> None:
        """The next rows; after the last one the statement is over, and holds nothing open."""
        found = [] if self._cursor is None else self._cursor.fetchmany(ROWS_AT_ONCE)
        self._rows += found
        self._has_more = len(found) == ROWS_AT_ONCE


class Connection(aiosqlite.Connection):
    """A connection whose cursors make one trip a statement."""

    def cursor(self) -> Cursor:  # type: ignore[override]
        return Cursor(self)

    @property
    def opened(self) -> sqlite3.Connection:
        return self._conn

    async def in_thread(self, deed: Any, *more: Any) -> Any:
        """This function will do something in SQLite's thread, after everything that was asked of it before."""
        return await self._execute(deed, *more)  # type: ignore[no-untyped-call]


def connect(database: str, **options: Any) -> Connection:
    """This function will give a connection that is opened when it is awaited; its thread keeps no process alive."""
    connection = Connection(lambda: sqlite3.connect(database, **options), ROWS_AT_ONCE)
    connection._thread.daemon = True  # as SQLAlchemy sets it for its own connections
    return connection
