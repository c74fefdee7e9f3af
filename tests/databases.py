"""Real databases for tests: a SQLite file, and a PostgreSQL database, each new for every test.

`database_url` runs a test once on each. The schema is laid once a worker, by `prepare_database`, into a template, and
every test gets a copy. PostgreSQL is looked for at SANTUN_TEST_POSTGRES; without one these tests are skipped by name,
or fail where SANTUN_REQUIRE_POSTGRES=1.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

DEFAULT_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
DIALECTS = ("sqlite", "postgres")

Prepare = Callable[[str], None]


class PostgresServer:
    """A running server, and the databases one test worker made there."""

    def __init__(self, url: str, prefix: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True, connect_timeout=5)
        self._url = url
        self._prefix = prefix
        self._number = count(1)
        self._alive: set[str] = set()

    def create(self, *, template: str | None = None) -> str:
        """Make a database, empty or a copy of another; returns its URL."""
        name = f"{self._prefix}_{next(self._number)}"
        source = Identifier(_name_of(template) if template else "template0")
        self._connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), source))
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
def postgres_template(postgres_server: PostgresServer, prepare_database: Prepare) -> str:
    """The URL of a PostgreSQL database with the schema, to be copied."""
    url = postgres_server.create()
    prepare_database(url)
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A new SQLite database with the schema."""
    path = tmp_path / "santun.db"
    if sqlite_template.exists():
        shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A new PostgreSQL database with the schema."""
    url = postgres_server.create(template=postgres_template)
    yield url
    postgres_server.drop(url)


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
