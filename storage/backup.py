"""A copy of a SQLite database while it is used, and putting one back. PostgreSQL has its own tools for this."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.engine import BUSY_WAIT_SECONDS, driver_url


class NotACopy(Exception):
    """The file is no sound database of ours."""


class InUse(Exception):
    """The database cannot be replaced while somebody has it open."""


def sqlite_path(url: str) -> Path | None:
    """This function will give the file of a SQLite database; none for any other database."""
    parsed = driver_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def copy_out(database: Path, target: Path) -> None:
    """This function will write one consistent copy beside a running server. Raises FileExistsError."""
    if target.exists():
        raise FileExistsError(target)
    with closing(sqlite3.connect(database, timeout=BUSY_WAIT_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def put_back(copy: Path, database: Path) -> Path | None:
    """This function will replace a database by a copy; gives where the replaced one is kept, if there was one.

    Raises NotACopy before anything is touched, InUse when the program still runs on the database.
    """
    _prove(copy)
    kept = _set_aside(database) if database.exists() else None
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(database)) as target:
        source.backup(target)
    return kept


def _prove(copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    except sqlite3.DatabaseError:
        raise NotACopy(copy) from None
    if not (sound and ours):
        raise NotACopy(copy)


def _set_aside(database: Path) -> Path:
    """The database under another name, its log of changes written into it first."""
    with closing(sqlite3.connect(database, timeout=1)) as connection:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        try:
            connection.execute("PRAGMA journal_mode=DELETE")  # fails while anybody else has it open
        except sqlite3.OperationalError:
            raise InUse(database) from None
    if busy:
        raise InUse(database)
    number = 1
    while (kept := database.with_name(f"{database.name}.replaced-{number}")).exists():
        number += 1
    return database.rename(kept)
