"""The offices of the journeys; chat.py says how to use them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.journeys.chat import Office, opened_office


@pytest.fixture
def journey_database(sqlite_url: str) -> str:
    """Where the journeys keep their books; a test may override it to run on PostgreSQL."""
    return sqlite_url


@pytest.fixture
async def open_office(journey_database: str) -> AsyncIterator[Callable[..., Awaitable[Office]]]:
    """Opens an office with other settings: `office = await open_office(whatsapp="twilio", start=...)`."""
    async with AsyncExitStack() as doors:

        async def open_one(**how: Any) -> Office:
            return await doors.enter_async_context(opened_office(journey_database, **how))

        yield open_one


@pytest.fixture
async def office(open_office: Callable[..., Awaitable[Office]]) -> Office:
    """An office that sends WhatsApp by hand (the default), before the day's plan."""
    return await open_office()
