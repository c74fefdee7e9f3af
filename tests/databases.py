"""Real databases for tests: a SQLite file, and a PostgreSQL database, each new for every test.

`database_url` runs a test once on each. The schema is laid once a worker, by `prepare_database`. Of a SQLite file every
test gets a copy; a PostgreSQL database is emptied for the next one, which is twenty times as fast as a new one.
PostgreSQL is looked for at SANTUN_TEST_POSTGRES; without one these tests are skipped by name, or fail where
SANTUN_REQUIRE_POSTGRES=1.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

DEFAULT_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
DIALECTS = ("sqlite", "postgres")

Prepare = Callable[[str], None]

# Whoever is still connected is put out; rows go without asking their links, and numbers begin at 1 again.
PUT_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
EMPTY = """
DO $$
DECLARE
  named text;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR named IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM %I', named);
  END LOOP;
  FOR named IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', named);
  END LOOP;
END $$
"""


class PostgresServer:
    """A running server, and the databases one test worker made there."""

    def __init__(self, url: str, prefix: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True, connect_timeout=5)
        self._url = url
        self._prefix = prefix
        self._number = count(1)
        self._alive: set[str] = set()

    def create(self) -> str:
        """Make an empty database; returns its URL."""
        name = f"{self._prefix}_{next(self._number)}"
        self._connection.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(name)))
        self._alive.add(name)
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{name}"))

    def drop(self, url: str) -> None:
        """Drop a database made here, open connections included."""
        name = _name_of(url)
        self._connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        self._alive.discard(name)

    def close(self) -> None:
        """Drop what is left and leave."""
        for name in sorted(self._alive):
            self.drop(f"postgresql://x/{name}")
        self._connection.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class LaidDatabase:
    """A PostgreSQL database with the schema, and a connection that empties it."""

    url: str
    connection: psycopg.Connection

    def empty(self) -> None:
        """Make it as it was after the schema was laid."""
        self.connection.execute(PUT_OUT)
        self.connection.execute(EMPTY)


def _name_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server; the test is skipped, or fails, where there is none."""
    url = os.environ.get("SANTUN_TEST_POSTGRES", DEFAULT_SERVER)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    try:
        server = PostgresServer(url, prefix=f"santun_test_{worker}_{os.getpid()}")
    except psycopg.OperationalError:
        reason = f"no PostgreSQL answers at {urlsplit(url).hostname}:{urlsplit(url).port or 5432}"
        if os.environ.get("SANTUN_REQUIRE_POSTGRES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield server
    server.close()


@pytest.fixture(scope="session")
def prepare_database() -> Prepare:
    """Lays the schema into the template; tests/conftest.py says how."""
    return lambda _url: None


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, prepare_database: Prepare) -> Path:
    """A SQLite file with the schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "santun.db"
    prepare_database(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_laid(postgres_server: PostgresServer, prepare_database: Prepare) -> Iterator[LaidDatabase]:
    """The worker's PostgreSQL database with the schema."""
    url = postgres_server.create()
    prepare_database(url)
    with psycopg.connect(url, autocommit=True) as connection:
        yield LaidDatabase(url=url, connection=connection)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A new SQLite database with the schema."""
    path = tmp_path / "santun.db"
    if sqlite_template.exists():
        shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_laid: LaidDatabase) -> Iterator[str]:
    """A PostgreSQL database with the schema and nothing in it."""
    yield postgres_laid.url
    postgres_laid.empty()


@pytest.fixture(params=DIALECTS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A new database with the schema, on SQLite and then on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DIALECTS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database without any table, for the migrations' own tests."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url
    server.drop(url)
