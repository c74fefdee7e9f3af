"""What every test may use: real databases with the schema (tests/databases.py), and the store opened on one.

Storage is imported only where it is used: the tests of the rules run though it be broken.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

if TYPE_CHECKING:
    from storage import Store
    from tests.databases import Prepare

pytest_plugins = ["tests.databases"]

# How fast something is, benchmarks say; on a busy machine a generated case must not fail for its time.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

# A fault is logged plainly: to draw every variable of every frame takes longer than the test it happens in.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)


@pytest.fixture(scope="session")
def prepare_database() -> Prepare:
    """The schema goes once a worker into a template; every test gets a copy."""
    from storage import Store

    async def lay(url: str) -> None:
        store = Store(url)
        await store.create_schema()
        await store.close()

    return lambda url: asyncio.run(lay(url))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """The open database of this test, on SQLite and then on PostgreSQL."""
    from storage import Store

    opened = Store(database_url)
    yield opened
    await opened.close()
