"""The clock: aware, in UTC, and the simulator's when it is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession, web

from bot.clock import Clock, ClockSilent, FixedClock, RemoteClock, WallClock

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture
async def told() -> dict[str, str]:
    """What the simulator's clock answers."""
    return {"now": "2026-11-23T12:00:00+07:00"}


@pytest.fixture
async def clock(told: dict[str, str]) -> AsyncIterator[RemoteClock]:
    """A clock that asks a small server on this computer."""

    async def answer(_request: web.Request) -> web.Response:
        return web.json_response(told) if told else web.Response(status=503)

    app = web.Application()
    app.router.add_get("/sim/clock", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with ClientSession() as session:
        yield RemoteClock(f"http://127.0.0.1:{port}/sim/clock", session)
    await runner.cleanup()


async def test_the_wall_clock_tells_utc() -> None:
    clock: Clock = WallClock()
    first, second = await clock.now(), await clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


async def test_the_remote_clock_tells_the_simulators_moment_in_utc(clock: RemoteClock, told: dict[str, str]) -> None:
    assert await clock.now() == NOON
    assert (await clock.now()).tzinfo is UTC
    told["now"] = "2027-01-01T00:00:00Z"  # asked anew each time: the simulator travels
    assert await clock.now() == datetime(2027, 1, 1, tzinfo=UTC)


async def test_a_moment_without_a_zone_is_refused(clock: RemoteClock, told: dict[str, str]) -> None:
    told["now"] = "2027-01-01T00:00:00"
    with pytest.raises(ClockSilent, match="without a time zone"):
        await clock.now()


async def test_a_clock_that_does_not_answer_is_an_error(clock: RemoteClock, told: dict[str, str]) -> None:
    told.clear()
    with pytest.raises(ClockSilent):
        await clock.now()


async def test_a_fixed_clock_moves_only_when_moved() -> None:
    clock = FixedClock(NOON)
    assert await clock.now() == await clock.now() == NOON
    clock.advance(timedelta(days=1))
    assert await clock.now() == NOON + timedelta(days=1)
    clock.set(NOON)
    assert await clock.now() == NOON
    with pytest.raises(ValueError, match="without a time zone"):
        clock.set(NOON.replace(tzinfo=None))
