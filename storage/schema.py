"""The schema's history: bringing a database up to date, and saying whether it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.engine import BUSY_WAIT_SECONDS, driver_url, plain_url

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 7_260_031  # of several replicas that start together, one changes the schema


class DatabaseUnreachable(Exception):
    """The database does not answer, or is none of ours: `reason` is the driver's own word, without the address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def upgrade(url: str) -> None:
    """This function will bring the schema up to date; it writes nothing when it is. Raises DatabaseUnreachable."""
    if revision(url) == head():
        return
    engine = _engine(driver_url(url), writes=True)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
            configured = config()
            configured.attributes["connection"] = connection
            command.upgrade(configured, "head")
    except DBAPIError as fault:
        raise DatabaseUnreachable(_reason(fault)) from None
    finally:
        engine.dispose()


def revision(url: str) -> str | None:
    """This function will say at which revision a database is; none: it has no schema of ours."""
    engine = _engine(driver_url(url), writes=False)
    try:
        with engine.connect() as connection:
            return _revision(connection)
    except DBAPIError as fault:
        raise DatabaseUnreachable(_reason(fault)) from None
    finally:
        engine.dispose()


def head() -> str:
    """This function will name the newest revision this program knows."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def config() -> Config:
    """Alembic's settings, without a file: the database is always the one that is open."""
    configured = Config()
    configured.set_main_option("script_location", str(MIGRATIONS))
    configured.set_main_option("path_separator", "os")
    return configured


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _engine(url: URL, *, writes: bool) -> Engine:
    waits = {"timeout": BUSY_WAIT_SECONDS} if url.get_backend_name() == "sqlite" else {"connect_timeout": 10}
    engine = create_engine(plain_url(url), poolclass=NullPool, hide_parameters=True, connect_args=waits)
    if writes and url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _leave_transactions_to_us(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # the driver would commit before each CREATE TABLE


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _reason(fault: DBAPIError) -> str:
    """The driver's first line: it names host and port, but never the password."""
    return str(fault.orig).strip().splitlines()[0] if fault.orig is not None else type(fault).__name__
